/** What has to be undone at the end, however the end comes; the last thing started is the first to stop. */
export class Cleanup {
  private readonly tasks: (() => Promise<void> | void)[] = [];

  add(task: () => Promise<void> | void): void {
    this.tasks.unshift(task);
  }

  /** Stops what a promise is going to give, also when nobody waits for it any more. */
  addWhenStarted<T>(started: Promise<T>, stop: (value: T) => Promise<void> | void): Promise<T> {
    this.add(() => started.then(stop, () => undefined));
    return started;
  }

  /** Undoes everything; returns the errors of what could not be undone. */
  async run(): Promise<readonly unknown[]> {
    const problems: unknown[] = [];
    for (const task of this.tasks.splice(0))
      await Promise.resolve()
        .then(task)
        .catch((error) => problems.push(error));
    return problems;
  }
}
