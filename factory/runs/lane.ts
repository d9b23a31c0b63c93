import { FactoryError } from "../factory-error";
import type { Pipeline } from "../pipelines/pipeline";
import { Places } from "../places";

/** Runs that may wait for one pipeline; the service refuses more. */
const LONGEST_QUEUE = 100;

/** The runs of one pipeline: those side by side, and those that wait for one of them to end. */
export class Lane {
  private readonly places: Places;

  constructor(private current: Pipeline) {
    this.places = new Places(current.concurrency);
  }

  /** As it is defined now. */
  get pipeline(): Pipeline {
    return this.current;
  }

  /** Further runs are of this definition; those that run and those that wait stay in the lane. */
  redefine(pipeline: Pipeline): void {
    this.current = pipeline;
    this.places.resize(pipeline.concurrency);
  }

  /** How many further runs are taken now. */
  get room(): number {
    return this.places.free + LONGEST_QUEUE - this.places.waiting;
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
    if (this.places.free <= 0) {
      this.assertRoom();
      signal.throwIfAborted();
      onWait();
    }
    await this.places.enter(signal);
  }

  leave(): void {
    this.places.leave();
  }
}
