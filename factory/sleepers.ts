interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Those who wait for a time of a clock that somebody moves; times are in milliseconds. */
export class Sleepers {
  private waiting: readonly Sleeper[] = [];

  /** When the first of them wakes; `undefined` where nobody sleeps. */
  get next(): number | undefined {
    return this.first?.until;
  }

  /** Resolves when it is woken; rejects with the signal's reason when it is aborted before. */
  sleep(until: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.waiting = this.waiting.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const sleeper = { until, wake };
      if (signal?.aborted === true) return stop();
      this.waiting = [...this.waiting, sleeper];
      signal?.addEventListener("abort", stop, { once: true });
    });
  }

  /** Wakes the first; of several at one time, the one that fell asleep first. */
  wakeNext(): void {
    const { first } = this;
    this.waiting = this.waiting.filter((other) => other !== first);
    first?.wake();
  }

  private get first(): Sleeper | undefined {
    return this.waiting.reduce<Sleeper | undefined>(
      (one, other) => (one === undefined || other.until < one.until ? other : one),
      undefined,
    );
  }
}
