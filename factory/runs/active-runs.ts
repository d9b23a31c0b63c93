import type { Clock } from "../clock";
import type { Current } from "../current";
import { FactoryError } from "../factory-error";
import type { Json } from "../json";
import { OwnApi } from "../management/own-api";
import type { EndedPipeline, PipelineCall, Services, StartedPipeline } from "../pipelines/activities/activity";
import { ActiveRun } from "./active-run";
import type { FactoryObserver } from "./events";
import { identityOf, type Origin } from "./identity";
import type { Lane } from "./lane";
import { monitoredRuns } from "./monitoring";
import { type PipelineRunProps, runPipeline } from "./pipeline-run";
import type { RunUnderWay } from "./records";
import type { Rerun } from "./rerun";
import type { RunHistory } from "./run-history";

export interface ActiveRunsProps {
  readonly services: Services;
  readonly current: Current;
  readonly clock: Clock;
  readonly history: RunHistory;
  readonly observe: FactoryObserver;
  readonly retries: boolean;
}

/** How a run begins. */
export interface StartOptions extends Pick<Origin, "invokedBy" | "invocation"> {
  /** Default: none, the pipeline's own defaults hold. */
  readonly parameters?: Readonly<Record<string, Json>>;
}

/** A run that is to begin, by whatever. */
export interface Begin extends StartOptions, Pick<Origin, "parent"> {
  readonly pipeline: string;
  readonly rerun?: Rerun;
  readonly hasSecureParameters?: boolean;
  /** Ends the run. Default: only the factory's end and {@link ActiveRuns.cancel} do. */
  readonly signal?: AbortSignal;
}

/** The runs of a factory that have not ended. */
export class ActiveRuns {
  private readonly active = new Map<string, ActiveRun>();
  private readonly ownApi: OwnApi;
  private isStopped = false;

  constructor(private readonly props: ActiveRunsProps) {
    const { current, history } = props;
    const { name } = current.defined.definition;
    this.ownApi = new OwnApi(name, () => monitoredRuns([...history.runs, ...this.underWay]));
  }

  /** In the order in which they were asked for. */
  get underWay(): readonly RunUnderWay[] {
    return [...this.active.values()].map(({ shown }) => shown);
  }

  /** Cancels one run and those that it waits for, and waits for its end. Rejects with a `FactoryError` where there is none. */
  async cancel(runId: string): Promise<void> {
    const run = this.active.get(runId);
    if (run === undefined) throw new FactoryError(`no run "${runId}" is under way`);
    run.cancel();
    await run.ended();
  }

  /** Cancels every run, and those that begin from now on, and waits for them to end. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const runs = [...this.active.values()];
    runs.forEach((run) => run.cancel());
    await Promise.all(runs.map((run) => run.ended()));
  }

  /** Begins a run without waiting for it. Throws a `FactoryError` where none is taken, or none with such parameters. */
  begin(begin: Begin): StartedPipeline {
    const lane = this.props.current.lane(begin.pipeline);
    const parameters = lane.pipeline.valuesOf(begin.parameters ?? {});
    lane.assertRoom();
    const { rerun, hasSecureParameters = false, signal } = begin;
    const identity = identityOf(lane.pipeline.name, { ...begin, earlier: rerun?.run }, this.props.clock.now());
    const run = new ActiveRun(identity, hasSecureParameters ? {} : parameters, signal);
    if (this.isStopped) run.cancel();
    const { runId } = identity;
    this.active.set(runId, run);
    const given = { parameters, hasSecureParameters, rerun };
    const ended = run.follow(this.queueAndRun(lane, run, given), () => this.active.delete(runId));
    const settled = ended.then(async (first) => [first.run, ...(await Promise.all(run.followUps)).flat()]);
    // Whoever waits hears of a run that was cancelled before it began; nobody has to.
    settled.catch(() => undefined);
    return { runId, ended, settled };
  }

  private async queueAndRun(
    lane: Lane,
    run: ActiveRun,
    given: Pick<PipelineRunProps, "parameters" | "hasSecureParameters" | "rerun">,
  ): Promise<EndedPipeline> {
    const { identity, signal } = run;
    const { current, services, retries, history, observe, clock } = this.props;
    const { definition, stubs, globalParameters } = current.defined;
    const { pipeline } = lane;
    await lane.enter(signal, () => observe({ kind: "runQueued", run: identity }));
    try {
      signal.throwIfAborted();
      const start = clock.now();
      run.began(start);
      observe({ kind: "runStarted", run: identity });
      const ended = await runPipeline({
        identity,
        ...given,
        start,
        pipeline,
        factoryName: definition.name,
        globalParameters,
        services,
        stubs,
        retries,
        observe,
        clock,
        ownApi: this.ownApi,
        execute: (call, options) => this.execute(run, call, options),
        signal,
      });
      this.active.delete(identity.runId);
      history.add(ended.run);
      observe({ kind: "runEnded", run: ended.run });
      return ended;
    } finally {
      lane.leave();
    }
  }

  private execute(
    { identity, followUps }: ActiveRun,
    call: PipelineCall,
    { isSecure, signal }: { readonly isSecure: boolean; readonly signal: AbortSignal },
  ): StartedPipeline {
    const { runId, pipeline, parent } = identity;
    const parameters = this.props.current.lane(call.pipeline).pipeline.declared(call.parameters);
    const started = this.begin({
      pipeline: call.pipeline,
      parameters,
      invokedBy: pipeline,
      parent: { runId, pipeline, groupId: parent?.groupId ?? runId },
      hasSecureParameters: isSecure,
      ...(call.isBound && { signal }),
    });
    followUps.push(call.isBound ? withoutFirst(started.settled) : started.settled);
    return started;
  }
}

/** What becomes of a run that is waited for is known to the one that waits. */
function withoutFirst(settled: StartedPipeline["settled"]): StartedPipeline["settled"] {
  const others = settled.then((runs) => runs.slice(1));
  others.catch(() => undefined);
  return others;
}
