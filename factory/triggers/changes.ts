/** Tells those who wait that something has changed. */
export class Changes {
  private waiting: (() => void)[] = [];

  tell(): void {
    const told = this.waiting;
    this.waiting = [];
    told.forEach((wake) => wake());
  }

  /** Resolves at the next change; rejects with the signal's reason when it is aborted before. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
      this.waiting.push(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      });
    });
  }
}
