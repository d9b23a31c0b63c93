import type { EndedPipeline } from "../pipelines/activities/activity";
import type { RunIdentity } from "./events";
import type { Invocation, PipelineRun, RunUnderWay } from "./records";

/** A run that has not ended. */
export class ActiveRun {
  private readonly cancellation = new AbortController();
  /** Aborted where it is to end. */
  readonly signal: AbortSignal;
  /** The runs that it started without waiting for them, and what these started. */
  readonly followUps: Promise<readonly PipelineRun[]>[] = [];
  private start: string;
  private status: RunUnderWay["status"] = "Queued";
  private ending: Promise<unknown> = Promise.resolve();

  constructor(
    readonly identity: RunIdentity & { readonly invocation: Invocation },
    /** Those that may be shown. */
    private readonly parameters: RunUnderWay["parameters"],
    outer: AbortSignal | undefined,
  ) {
    const { signal } = this.cancellation;
    this.signal = outer === undefined ? signal : AbortSignal.any([signal, outer]);
    this.start = identity.invocation.time;
  }

  get shown(): RunUnderWay {
    const { identity, parameters, start, status, signal } = this;
    return { ...identity, parameters, status: signal.aborted ? "Canceling" : status, start };
  }

  /** Notes that it is no longer queued. */
  began(time: Date): void {
    this.start = time.toISOString();
    this.status = "InProgress";
  }

  /** Resolves with the run's end, and `forget` is called then, whatever became of it. */
  follow(ended: Promise<EndedPipeline>, forget: () => void): Promise<EndedPipeline> {
    this.ending = ended.then(forget, forget);
    return ended;
  }

  cancel(): void {
    this.cancellation.abort(new Error("cancelled"));
  }

  /** Resolves when it has ended. */
  async ended(): Promise<void> {
    await this.ending;
  }
}
