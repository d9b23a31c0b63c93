import { randomUUID } from "node:crypto";
import { UserError } from "../../command-line/user-error";
import type { NotebookRunner } from "./activities/activity";
import type { FactoryObserver, RunIdentity } from "./events";
import type { Json } from "./json";
import type { Pipeline } from "./pipeline";
import type { Rerun } from "./rerun";
import { runPipeline } from "./pipeline-run";
import type { PipelineRun, RunHistory } from "./runs";

/** Runs that may wait for one pipeline; the service refuses more. */
const LONGEST_QUEUE = 100;

export interface FactoryProps {
  readonly name: string;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly pipelines: readonly Pipeline[];
  readonly notebooks: NotebookRunner;
  /** False: no activity is tried again, whatever its policy says. */
  readonly retries: boolean;
  readonly history: RunHistory;
  readonly observe: FactoryObserver;
}

interface Lane {
  readonly pipeline: Pipeline;
  running: number;
  readonly waiting: (() => void)[];
}

/** The synthesized Data Factory, on this machine. */
export class Factory {
  private readonly lanes: ReadonlyMap<string, Lane>;
  private readonly cancellation = new AbortController();
  private readonly active = new Set<Promise<PipelineRun>>();

  constructor(private readonly props: FactoryProps) {
    this.lanes = new Map(props.pipelines.map((pipeline) => [pipeline.name, { pipeline, running: 0, waiting: [] }]));
  }

  /** Runs a pipeline, after those before it where its concurrency says so; resolves when the run has ended. */
  run(pipelineName: string, parameters: Readonly<Record<string, Json>>, invokedBy: string): Promise<PipelineRun> {
    return this.follow(this.queueAndRun(this.lane(pipelineName), parameters, invokedBy));
  }

  /** Runs a pipeline like an earlier time, from one of its activities on. */
  runAgain({ run: { pipeline, parameters, invokedBy }, kept }: Rerun): Promise<PipelineRun> {
    return this.follow(this.queueAndRun(this.lane(pipeline), parameters, invokedBy, kept));
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
    const { history, notebooks, observe, name, globalParameters, retries } = this.props;
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
        factoryName: name,
        globalParameters,
        notebooks,
        retries,
        observe,
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
    throw new UserError(`the factory has no pipeline "${pipelineName}", it has: ${known}`);
  }

  private async enter(lane: Lane, identity: RunIdentity): Promise<void> {
    if (lane.running < lane.pipeline.concurrency) {
      lane.running += 1;
      return;
    }
    if (lane.waiting.length >= LONGEST_QUEUE)
      throw new UserError(
        `pipeline "${lane.pipeline.name}": ${LONGEST_QUEUE} runs are queued, the service takes no more`,
      );
    this.props.observe({ kind: "runQueued", run: identity });
    await new Promise<void>((resolve) => lane.waiting.push(resolve));
  }
}

/** Hands the place to the next run that waits. */
function leave(lane: Lane): void {
  const next = lane.waiting.shift();
  if (next === undefined) lane.running -= 1;
  else next();
}
