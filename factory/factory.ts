import { randomUUID } from "node:crypto";
import { type Clock, systemClock } from "./clock";
import { FactoryError } from "./factory-error";
import type { Json } from "./json";
import type { FactoryDefinition } from "./load";
import type { NotebookRunner } from "./pipelines/activities/activity";
import type { Pipeline } from "./pipelines/pipeline";
import type { FactoryObserver, RunIdentity } from "./runs/events";
import { runPipeline } from "./runs/pipeline-run";
import type { Rerun } from "./runs/rerun";
import { MemoryHistory, type PipelineRun, type RunHistory } from "./runs/run-history";

/** Runs that may wait for one pipeline; the service refuses more. */
const LONGEST_QUEUE = 100;

/** What a factory works with. */
export interface FactoryProps {
  readonly notebooks: NotebookRunner;
  /** Values in the place of the definition's. Default: none. */
  readonly globalParameters?: Readonly<Record<string, Json>>;
  /** Default: the time of this machine. */
  readonly clock?: Clock;
  /** Where runs that ended are kept. Default: in memory. */
  readonly history?: RunHistory;
  /** Told of everything that happens. Default: nobody. */
  readonly observe?: FactoryObserver;
  /** False: no activity is tried again, whatever its policy says. Default: true. */
  readonly retries?: boolean;
}

interface Lane {
  readonly pipeline: Pipeline;
  running: number;
  readonly waiting: (() => void)[];
}

/** A Data Factory on this machine. */
export class Factory {
  readonly clock: Clock;
  readonly history: RunHistory;
  private readonly observe: FactoryObserver;
  private readonly lanes: ReadonlyMap<string, Lane>;
  private readonly cancellation = new AbortController();
  private readonly active = new Set<Promise<PipelineRun>>();

  constructor(
    readonly definition: FactoryDefinition,
    private readonly props: FactoryProps,
  ) {
    this.clock = props.clock ?? systemClock;
    this.history = props.history ?? new MemoryHistory();
    this.observe = props.observe ?? (() => undefined);
    this.lanes = new Map(
      definition.pipelines.map((pipeline) => [pipeline.name, { pipeline, running: 0, waiting: [] }]),
    );
  }

  /**
   * Runs a pipeline, after those before it where its concurrency says so; resolves when the run has ended, whatever became of it. Rejects with
   * a {@link FactoryError} for a pipeline or a parameter that does not exist, and where 100 runs are queued.
   */
  run(
    pipelineName: string,
    parameters: Readonly<Record<string, Json>> = {},
    invokedBy = "manual",
  ): Promise<PipelineRun> {
    return this.follow(this.queueAndRun(this.lane(pipelineName), parameters, invokedBy));
  }

  /** Runs a pipeline like an earlier time, from one of its activities on: see {@link planRerun}. */
  rerun({ run, kept }: Rerun): Promise<PipelineRun> {
    return this.follow(this.queueAndRun(this.lane(run.pipeline), run.parameters, run.invokedBy, kept));
  }

  private follow(run: Promise<PipelineRun>): Promise<PipelineRun> {
    this.active.add(run);
    void run.catch(() => undefined).then(() => this.active.delete(run));
    return run;
  }

  /** How many further runs of a pipeline are taken now; {@link run} refuses others. */
  room(pipelineName: string): number {
    const { pipeline, running, waiting } = this.lane(pipelineName);
    return pipeline.concurrency - running + LONGEST_QUEUE - waiting.length;
  }

  /** Whether a run of each of these pipelines is taken now; one that is named twice is run twice. */
  takes(pipelineNames: readonly string[]): boolean {
    return pipelineNames.every((name) => this.room(name) >= pipelineNames.filter((other) => other === name).length);
  }

  /** Cancels every run and waits for them to end; those that are queued never start. */
  async stop(): Promise<void> {
    this.cancellation.abort(new Error("cancelled"));
    await Promise.allSettled(this.active);
  }

  private async queueAndRun(
    lane: Lane,
    given: Readonly<Record<string, Json>>,
    invokedBy: string,
    kept: Rerun["kept"] = new Map(),
  ): Promise<PipelineRun> {
    const { definition, props, history, observe, clock } = this;
    const { pipeline } = lane;
    const parameters = pipeline.parameters(given);
    const identity: RunIdentity = { runId: randomUUID(), pipeline: pipeline.name, invokedBy };
    await this.enter(lane, identity);
    try {
      this.cancellation.signal.throwIfAborted();
      observe({ kind: "runStarted", run: identity });
      const run = await runPipeline({
        identity,
        pipeline,
        parameters,
        kept,
        factoryName: definition.name,
        globalParameters: { ...definition.globalParameters, ...props.globalParameters },
        notebooks: props.notebooks,
        retries: props.retries ?? true,
        observe,
        clock,
        signal: this.cancellation.signal,
      });
      history.add(run);
      observe({ kind: "runEnded", run });
      return run;
    } finally {
      leave(lane);
    }
  }

  private lane(pipelineName: string): Lane {
    const lane = this.lanes.get(pipelineName);
    if (lane !== undefined) return lane;
    const known = [...this.lanes.keys()].join(", ") || "none";
    throw new FactoryError(`the factory has no pipeline "${pipelineName}", it has: ${known}`);
  }

  private async enter(lane: Lane, identity: RunIdentity): Promise<void> {
    if (lane.running < lane.pipeline.concurrency) {
      lane.running += 1;
      return;
    }
    if (lane.waiting.length >= LONGEST_QUEUE)
      throw new FactoryError(
        `pipeline "${lane.pipeline.name}": ${LONGEST_QUEUE} runs are queued, the service takes no more`,
      );
    this.observe({ kind: "runQueued", run: identity });
    await new Promise<void>((resolve) => lane.waiting.push(resolve));
  }
}

/** Hands the place to the next run that waits. */
function leave(lane: Lane): void {
  const next = lane.waiting.shift();
  if (next === undefined) lane.running -= 1;
  else next();
}
