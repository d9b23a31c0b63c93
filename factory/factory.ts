import { type Clock, systemClock } from "./clock";
import { Current, type DefinitionProps } from "./current";
import { FactoryError } from "./factory-error";
import type { Json } from "./json";
import type { FactoryDefinition } from "./load";
import { OwnApi } from "./management/own-api";
import type { EndedPipeline, PipelineCall, Services, StartedPipeline } from "./pipelines/activities/activity";
import { ActiveRun } from "./runs/active-run";
import type { FactoryObserver } from "./runs/events";
import { identityOf, MANUAL, type Origin } from "./runs/identity";
import type { Lane } from "./runs/lane";
import { monitoredRuns } from "./runs/monitoring";
import { type PipelineRunProps, runPipeline } from "./runs/pipeline-run";
import type { PipelineRun, RunUnderWay } from "./runs/records";
import type { Rerun } from "./runs/rerun";
import { MemoryHistory, type RunHistory } from "./runs/run-history";
import { TriggerStates } from "./triggers/trigger-states";

/** What a factory works with. */
export interface FactoryProps extends Services, DefinitionProps {
  /** Default: the time of this machine. */
  readonly clock?: Clock;
  /** Where runs that ended are kept. Default: in memory. */
  readonly history?: RunHistory;
  /** Told of everything that happens. Default: nobody. */
  readonly observe?: FactoryObserver;
  /** False: no activity is tried again, whatever its policy says. Default: true. */
  readonly retries?: boolean;
}

/** How a run begins. */
export interface StartOptions extends Pick<Origin, "invokedBy" | "invocation"> {
  /** Default: none, the pipeline's own defaults hold. */
  readonly parameters?: Readonly<Record<string, Json>>;
}

/** A run that is to begin, by whatever. */
interface Begin extends StartOptions, Pick<Origin, "parent"> {
  readonly pipeline: string;
  readonly rerun?: Rerun;
  readonly hasSecureParameters?: boolean;
  /** Ends the run. Default: only the factory's end and {@link Factory.cancel} do. */
  readonly signal?: AbortSignal;
}

/** A Data Factory on this machine. */
export class Factory {
  readonly clock: Clock;
  readonly history: RunHistory;
  private readonly observe: FactoryObserver;
  private readonly active = new Map<string, ActiveRun>();
  private readonly ownApi: OwnApi;
  private readonly current: Current;
  private isStopped = false;
  /** Which triggers start runs now. */
  readonly triggers: TriggerStates;

  constructor(
    definition: FactoryDefinition,
    private readonly props: FactoryProps,
  ) {
    this.clock = props.clock ?? systemClock;
    this.history = props.history ?? new MemoryHistory();
    this.observe = props.observe ?? (() => undefined);
    this.triggers = new TriggerStates(definition);
    this.current = new Current(definition, props);
    this.ownApi = new OwnApi(definition.name, () => monitoredRuns([...this.history.runs, ...this.underWay]));
  }

  get definition(): FactoryDefinition {
    return this.current.defined.definition;
  }

  /**
   * From now on this is the factory: what is deployed to it. A run that has begun, or waits for its turn, stays as it was defined when it was asked
   * for. Triggers are on where the JSON says so.
   */
  redefine(definition: FactoryDefinition, changes: DefinitionProps = {}): void {
    this.triggers.retain(definition);
    this.current.redefine(definition, { ...this.props, ...changes });
    this.triggers.adopt(definition);
  }

  /**
   * Runs a pipeline, after those before it where its concurrency says so; resolves when the run has ended, whatever became of it. Rejects with
   * a {@link FactoryError} for a pipeline or a parameter that does not exist, for an activity that it may reach and that needs a stub, and where
   * 100 runs are queued.
   */
  async run(
    pipelineName: string,
    parameters: Readonly<Record<string, Json>> = {},
    invokedBy = MANUAL,
  ): Promise<PipelineRun> {
    return (await this.start(pipelineName, { parameters, invokedBy }).ended).run;
  }

  /** Begins a run without waiting for it: its id is known at once. Throws what {@link run} rejects with. */
  start(pipelineName: string, options: StartOptions = {}): StartedPipeline {
    this.check(pipelineName);
    return this.begin({ ...options, pipeline: pipelineName });
  }

  /** Runs a pipeline like an earlier time, from one of its activities on: see {@link planRerun}. Rejects as {@link run} does. */
  async rerun(rerun: Rerun): Promise<PipelineRun> {
    return (await this.startRerun(rerun).ended).run;
  }

  /** Begins what {@link rerun} runs without waiting for it. Throws what {@link run} rejects with. */
  startRerun(rerun: Rerun): StartedPipeline {
    const { pipeline, parameters, invokedBy } = rerun.run;
    this.check(pipeline);
    return this.begin({ pipeline, parameters, invokedBy, rerun });
  }

  /** The runs that have not ended, in the order in which they were asked for. */
  get underWay(): readonly RunUnderWay[] {
    return [...this.active.values()].map(({ shown }) => shown);
  }

  /** How many further runs of a pipeline are taken now; {@link run} refuses others. */
  room(pipelineName: string): number {
    return this.current.lane(pipelineName).room;
  }

  /** Whether a run of each of these pipelines is taken now; one that is named twice is run twice. */
  takes(pipelineNames: readonly string[]): boolean {
    const lanes = pipelineNames.map((name) => this.current.lane(name));
    return lanes.every((lane) => lane.room >= lanes.filter((other) => other === lane).length);
  }

  /**
   * Cancels one run and those that it waits for, and waits for its end; one that is queued never starts. Rejects with a {@link FactoryError}
   * where no such run is under way.
   */
  async cancel(runId: string): Promise<void> {
    const run = this.active.get(runId);
    if (run === undefined) throw new FactoryError(`no run "${runId}" is under way`);
    run.cancel();
    await run.ended();
  }

  /** Cancels every run and waits for them to end; those that are queued never start. */
  async stop(): Promise<void> {
    this.isStopped = true;
    const runs = [...this.active.values()];
    runs.forEach((run) => run.cancel());
    await Promise.all(runs.map((run) => run.ended()));
  }

  private check(pipelineName: string): void {
    const missing = this.current.defined.stubs.missing(this.current.lane(pipelineName).pipeline.name, this.props);
    if (missing.length > 0) throw new FactoryError(missing);
  }

  private begin(begin: Begin): StartedPipeline {
    const lane = this.current.lane(begin.pipeline);
    const parameters = lane.pipeline.valuesOf(begin.parameters ?? {});
    lane.assertRoom();
    const { rerun, hasSecureParameters = false, signal } = begin;
    const identity = identityOf(lane.pipeline.name, { ...begin, earlier: rerun?.run }, this.clock.now());
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
    const { props, history, observe, clock } = this;
    const { definition, stubs, globalParameters } = this.current.defined;
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
        services: props,
        stubs,
        retries: props.retries ?? true,
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
    const parameters = this.current.lane(call.pipeline).pipeline.declared(call.parameters);
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
