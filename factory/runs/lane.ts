import { FactoryError } from "../factory-error";
import type { Pipeline } from "../pipelines/pipeline";

/** Runs that may wait for one pipeline; the service refuses more. */
const LONGEST_QUEUE = 100;

/** The runs of one pipeline: those side by side, and those that wait for one of them to end. */
export class Lane {
  private running = 0;
  private waiting: readonly (() => void)[] = [];

  constructor(readonly pipeline: Pipeline) {}

  /** How many further runs are taken now. */
  get room(): number {
    return this.pipeline.concurrency - this.running + LONGEST_QUEUE - this.waiting.length;
  }

  /** Throws a `FactoryError` where no further run is taken. */
  assertRoom(): void {
    if (this.room <= 0)
      throw new FactoryError(
        `pipeline "${this.pipeline.name}": ${LONGEST_QUEUE} runs are queued, the service takes no more`,
      );
  }

  /** Takes a place, or waits for one after `onWait`. Rejects with the signal's reason when it is aborted before. */
  async enter(signal: AbortSignal, onWait: () => void): Promise<void> {
    if (this.running < this.pipeline.concurrency) {
      this.running += 1;
      return;
    }
    this.assertRoom();
    signal.throwIfAborted();
    onWait();
    await new Promise<void>((resolve, reject) => {
      const give = (): void => {
        signal.removeEventListener("abort", withdraw);
        resolve();
      };
      const withdraw = (): void => {
        this.waiting = this.waiting.filter((other) => other !== give);
        reject(signal.reason);
      };
      this.waiting = [...this.waiting, give];
      signal.addEventListener("abort", withdraw, { once: true });
    });
  }

  /** Hands the place to the next run that waits. */
  leave(): void {
    const [next, ...rest] = this.waiting;
    this.waiting = rest;
    if (next === undefined) this.running -= 1;
    else next();
  }
}
