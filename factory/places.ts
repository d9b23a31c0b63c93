/** A number of places; who finds none waits, and is let in by its turn. */
export class Places {
  private taken = 0;
  private queue: readonly (() => void)[] = [];

  constructor(private count: number) {}

  /** From now on there are so many: those who wait are let in where there are more, and nobody has to go where there are less. */
  resize(count: number): void {
    this.count = count;
    while (this.free > 0 && this.queue.length > 0) {
      this.taken += 1;
      this.leave();
    }
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.queue.length;
  }

  /** How many places nobody has. */
  get free(): number {
    return this.count - this.taken;
  }

  /** Takes a place, or waits for one. Rejects with the signal's reason when it is aborted before. */
  async enter(signal: AbortSignal): Promise<void> {
    if (this.free > 0) {
      this.taken += 1;
      return;
    }
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const give = (): void => {
        signal.removeEventListener("abort", withdraw);
        resolve();
      };
      const withdraw = (): void => {
        this.queue = this.queue.filter((other) => other !== give);
        reject(signal.reason);
      };
      this.queue = [...this.queue, give];
      signal.addEventListener("abort", withdraw, { once: true });
    });
  }

  /** Hands the place to the next who waits. */
  leave(): void {
    const [next, ...rest] = this.free < 0 ? [] : this.queue;
    if (next === undefined) {
      this.taken -= 1;
      return;
    }
    this.queue = rest;
    next();
  }
}
