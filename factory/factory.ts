import { type Clock, systemClock } from "./clock";
import { Current, type DefinitionProps } from "./current";
import { FactoryError } from "./factory-error";
import type { Json } from "./json";
import type { FactoryDefinition } from "./load";
import type { Services, StartedPipeline } from "./pipelines/activities/activity";
import { ActiveRuns, type StartOptions } from "./runs/active-runs";
import type { FactoryObserver } from "./runs/events";
import { MANUAL } from "./runs/identity";
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

/** A Data Factory on this machine. */
export class Factory {
  readonly clock: Clock;
  readonly history: RunHistory;
  private readonly current: Current;
  private readonly active: ActiveRuns;
  /** Which triggers start runs now. */
  readonly triggers: TriggerStates;

  constructor(
    definition: FactoryDefinition,
    private readonly props: FactoryProps,
  ) {
    this.clock = props.clock ?? systemClock;
    this.history = props.history ?? new MemoryHistory();
    this.triggers = new TriggerStates(definition);
    this.current = new Current(definition, props);
    const { clock, current, history } = this;
    const { observe = () => undefined, retries = true } = props;
    this.active = new ActiveRuns({ services: props, current, clock, history, observe, retries });
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
    return this.active.begin({ ...options, pipeline: pipelineName });
  }

  /** Runs a pipeline like an earlier time, from one of its activities on: see {@link planRerun}. Rejects as {@link run} does. */
  async rerun(rerun: Rerun): Promise<PipelineRun> {
    return (await this.startRerun(rerun).ended).run;
  }

  /** Begins what {@link rerun} runs without waiting for it. Throws what {@link run} rejects with. */
  startRerun(rerun: Rerun): StartedPipeline {
    const { pipeline, parameters, invokedBy } = rerun.run;
    this.check(pipeline);
    return this.active.begin({ pipeline, parameters, invokedBy, rerun });
  }

  /** The runs that have not ended, in the order in which they were asked for. */
  get underWay(): readonly RunUnderWay[] {
    return this.active.underWay;
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
    await this.active.cancel(runId);
  }

  /** Cancels every run and waits for them to end; those that are queued never start. */
  async stop(): Promise<void> {
    await this.active.stop();
  }

  private check(pipelineName: string): void {
    const missing = this.current.defined.stubs.missing(this.current.lane(pipelineName).pipeline.name, this.props);
    if (missing.length > 0) throw new FactoryError(missing);
  }
}
