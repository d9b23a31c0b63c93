import { createHash } from "node:crypto";
import type { Scope } from "../expressions/evaluator";
import type { Json } from "../json";
import type {
  Activity,
  EndedPipeline,
  InnerOptions,
  InnerResult,
  PipelineCall,
  Services,
  StartedPipeline,
  WorkContext,
} from "../pipelines/activities/activity";
import { ActivityError } from "../pipelines/activities/activity-error";
import { withItem } from "../pipelines/activities/items";
import { decisive, isMet } from "../pipelines/dependencies";
import type { Pipeline } from "../pipelines/pipeline";
import { ActivityRunner, type ActivityRunnerProps, type Turn } from "./activity-runner";
import { Frame } from "./frame";
import type { ActivityRun, ActivityStatus } from "./records";
import { insideOf, keptOf } from "./rerun";
import { runScope, withActivities } from "./run-scope";
import { messageOf, withoutValues } from "./secure";
import { Variables } from "./variables";

export interface PipelineRunProps extends ActivityRunnerProps {
  readonly pipeline: Pipeline;
  readonly start: Date;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly hasSecureParameters: boolean;
  readonly factoryName: string;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly services: Services;
  readonly ownApi: WorkContext["ownApi"];
  /** Starts another pipeline for one of the activities. */
  readonly execute: (call: PipelineCall, options: { isSecure: boolean; signal: AbortSignal }) => StartedPipeline;
  readonly signal: AbortSignal;
}

/** Runs a pipeline's activities; never throws, whatever they do. */
export async function runPipeline(props: PipelineRunProps): Promise<EndedPipeline> {
  return new Run(props).run();
}

class Run {
  private readonly activityRuns: (ActivityRun | { readonly name: string; readonly start: string })[] = [];
  private readonly variables: Variables;
  private readonly base: Scope;
  private readonly runner: ActivityRunner;
  private isReturnValueSecure = false;

  constructor(private readonly props: PipelineRunProps) {
    this.variables = new Variables(props.pipeline.variables);
    this.base = runScope({ ...props, variables: this.variables });
    this.runner = new ActivityRunner(props);
  }

  async run(): Promise<EndedPipeline> {
    const { identity, hasSecureParameters, parameters, pipeline, signal, start } = this.props;
    const problem = this.beginVariables();
    const [failed] =
      problem === undefined ? await this.runActivities(new Frame(pipeline.activities, this.base), signal) : [];
    const failure = problem ?? (failed && `Operation on target ${failed.name} failed: ${messageOf(failed)}`);
    const status = signal.aborted ? "Cancelled" : failure !== undefined ? "Failed" : "Succeeded";
    return {
      run: {
        ...identity,
        parameters: hasSecureParameters ? {} : parameters,
        ...(hasSecureParameters && { hasSecureParameters }),
        status,
        ...(status === "Failed" && failure !== undefined && { message: failure }),
        start: start.toISOString(),
        end: this.now(),
        activities: this.activityRuns.filter((run): run is ActivityRun => "status" in run),
      },
      failure,
      returnValue: this.variables.returnValue,
      isReturnValueSecure: this.isReturnValueSecure,
    };
  }

  /** Why a variable has no value to begin with; `undefined` where all have. */
  private beginVariables(): string | undefined {
    const { pipeline, rerun } = this.props;
    try {
      this.variables.begin(this.base);
    } catch (error) {
      return `The default of a variable cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (rerun !== undefined) this.variables.restore(keptOf(rerun), pipeline);
    return undefined;
  }

  private now(): string {
    return this.props.clock.now().toISOString();
  }

  /** Starts every activity as soon as those it depends on have ended; returns the runs that make the whole a failure. */
  private async runActivities(frame: Frame, signal: AbortSignal): Promise<readonly ActivityRun[]> {
    const started = new Map<string, Promise<void>>();
    const statusOf = (name: string): ActivityStatus => frame.get(name)!.status;
    const settle = (activity: Activity): Promise<void> => {
      const running = started.get(activity.name) ?? follow(activity);
      started.set(activity.name, running);
      return running;
    };
    const follow = async (activity: Activity): Promise<void> => {
      await Promise.all(activity.dependsOn.map((dependency) => settle(frame.find(dependency.activity))));
      frame.end(await this.runActivity(activity, frame, isMet(activity.dependsOn, statusOf), signal));
    };
    await Promise.all(frame.activities.map(settle));
    return decisive(frame.activities, statusOf)
      .map(({ name }) => frame.get(name)!)
      .filter(({ status }) => status !== "Succeeded");
  }

  /** Returns the run with all its values; those of a secure activity are not in what is told and kept. */
  private async runActivity(
    activity: Activity,
    frame: Frame,
    isMet: boolean,
    signal: AbortSignal,
  ): Promise<ActivityRun> {
    const { name, type } = activity;
    const { identity, observe } = this.props;
    const start = this.now();
    const place = this.activityRuns.push({ name, start }) - 1;
    const scope = withActivities(frame.base, identity.runId, () => frame.before(activity));
    const context = this.contextOf(activity, frame, scope);
    const outcome = await this.runner.run({ activity, isMet, scope, signal, context });
    if (outcome.kept && activity.work.hidesInner !== true) frame.keepInside(name, insideOf(activity, this.props.rerun));
    const { iteration } = frame;
    const run: ActivityRun = {
      ...{ name, type, ...outcome, start, end: this.now() },
      ...(iteration !== undefined && { iteration }),
    };
    const shown = run.isSecure ? withoutValues(run) : run;
    this.activityRuns[place] = shown;
    observe({ kind: "activityEnded", run: identity, activity: shown });
    return run;
  }

  private contextOf(activity: Activity, frame: Frame, scope: Scope): Turn["context"] {
    const { services, clock, ownApi, execute } = this.props;
    const { isSecure } = activity;
    let times = 0;
    return (signal) => ({
      scope,
      signal,
      services,
      clock,
      ownApi,
      variables: {
        set: (name, value) => this.variables.set(name, value),
        append: (name, value) => this.variables.append(name, value),
        setReturnValue: (values) => {
          this.isReturnValueSecure ||= isSecure;
          this.variables.setReturnValue(values);
        },
      },
      execute: (call) => execute(call, { isSecure, signal }),
      runInner: (activities, options) =>
        this.runInner(activities, { frame, activity, time: times++ }, { signal, ...options }),
    });
  }

  private async runInner(
    activities: readonly Activity[],
    outside: { readonly frame: Frame; readonly activity: Activity; readonly time: number },
    { item, signal }: InnerOptions & { readonly signal: AbortSignal },
  ): Promise<InnerResult> {
    const { frame, activity, time } = outside;
    const { runId } = this.props.identity;
    const base = item === undefined ? frame.base : withItem(frame.base, item);
    const iteration = activity.work.isLoop
      ? hash(frame.iteration ?? runId, activity.name, String(time))
      : frame.iteration;
    const inner = new Frame(activities, base, outside, iteration);
    const [failed] = await this.runActivities(inner, signal);
    if (activity.work.hidesInner !== true) frame.keepInside(activity.name, inner.own());
    return {
      failure:
        failed &&
        new ActivityError(
          `Activity failed because an inner activity failed; Inner activity name: ${failed.name}, Error: ${messageOf(failed)}`,
          {},
        ),
      scope: withActivities(base, runId, () => inner.after()),
    };
  }
}

function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}
