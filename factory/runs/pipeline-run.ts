import type { Clock } from "../clock";
import { evaluateJson } from "../expressions/template";
import type { Scope } from "../expressions/evaluator";
import type { Json, JsonObject } from "../json";
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
import { NO_POLICY, type PolicyDefinition, readPolicy, withPolicy } from "../pipelines/policy";
import type { FactoryObserver, RunIdentity } from "./events";
import { detailOf, failureOf, known } from "./failures";
import { Frame } from "./frame";
import type { Rerun } from "./rerun";
import type { ActivityRun, ActivityStatus } from "./run-history";
import { runScope, withActivities } from "./run-scope";
import { HIDDEN, messageOf, withoutValues } from "./secure";
import type { StubTable } from "./stub-table";
import { Variables } from "./variables";

export interface PipelineRunProps {
  readonly identity: RunIdentity;
  readonly pipeline: Pipeline;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly hasSecureParameters: boolean;
  /** The earlier run that this one goes on from; `undefined` where it begins anew. */
  readonly rerun: Rerun | undefined;
  readonly factoryName: string;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly services: Services;
  /** What runs in the place of an activity's own work. */
  readonly stubs: StubTable;
  readonly clock: Clock;
  /** False: no activity is tried again, whatever its policy says. */
  readonly retries: boolean;
  readonly observe: FactoryObserver;
  /** Starts another pipeline for one of the activities. */
  readonly execute: (call: PipelineCall, options: { isSecure: boolean; signal: AbortSignal }) => StartedPipeline;
  readonly signal: AbortSignal;
}

type Outcome = Omit<ActivityRun, "name" | "type" | "start" | "end">;

/** Runs a pipeline's activities; never throws, whatever they do. */
export async function runPipeline(props: PipelineRunProps): Promise<EndedPipeline> {
  return new Run(props).run();
}

class Run {
  private readonly start: Date;
  private readonly activityRuns: (ActivityRun | { readonly name: string; readonly start: string })[] = [];
  private readonly variables: Variables;
  private readonly base: Scope;
  private isReturnValueSecure = false;

  constructor(private readonly props: PipelineRunProps) {
    this.start = props.clock.now();
    this.variables = new Variables(props.pipeline.variables);
    this.base = runScope({ ...props, start: this.start, variables: this.variables });
    if (props.rerun !== undefined) this.variables.restore(keptOf(props.rerun), props.pipeline);
  }

  async run(): Promise<EndedPipeline> {
    const { identity, hasSecureParameters, parameters, pipeline, signal } = this.props;
    const [failed] = await this.runActivities(new Frame(pipeline.activities, this.base), signal);
    return {
      run: {
        ...identity,
        parameters: hasSecureParameters ? {} : parameters,
        ...(hasSecureParameters && { hasSecureParameters }),
        status: signal.aborted ? "Cancelled" : failed !== undefined ? "Failed" : "Succeeded",
        start: this.start.toISOString(),
        end: this.now(),
        activities: this.activityRuns.filter((run): run is ActivityRun => "status" in run),
      },
      failure: failed && `Operation on target ${failed.name} failed: ${messageOf(failed)}`,
      returnValue: this.variables.returnValue,
      isReturnValueSecure: this.isReturnValueSecure,
    };
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
  private async runActivity(activity: Activity, frame: Frame, met: boolean, signal: AbortSignal): Promise<ActivityRun> {
    const { name, type } = activity;
    const { identity, observe } = this.props;
    const start = this.now();
    const place = this.activityRuns.push({ name, start }) - 1;
    const outcome = await this.perform(activity, frame, met, signal);
    const run: ActivityRun = { name, type, ...outcome, start, end: this.now() };
    const shown = run.isSecure ? withoutValues(run) : run;
    this.activityRuns[place] = shown;
    observe({ kind: "activityEnded", run: identity, activity: shown });
    return run;
  }

  private async perform(activity: Activity, frame: Frame, met: boolean, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return { status: "Cancelled", attempts: 0 };
    if (!met) return { status: "Skipped", attempts: 0 };
    const kept = this.props.rerun?.kept.get(activity.name);
    if (kept !== undefined) {
      const { status, output, isSecure } = kept;
      return { status, attempts: 0, kept: true, ...(output && { output }), ...(isSecure && { isSecure }) };
    }
    if (activity.inactive !== undefined) return { status: activity.inactive, attempts: 0 };
    const { identity, observe } = this.props;
    observe({ kind: "activityStarted", run: identity, activity: activity.name });
    const scope = withActivities(frame.base, () => frame.before(activity));
    const stub = this.props.stubs.find(identity.pipeline, activity.name);
    let attempts = 0;
    let isSecure = activity.isSecure;
    const failed = (error: unknown, nextInSeconds?: number, notRetried?: string): void =>
      observe({
        kind: "attemptFailed",
        run: identity,
        activity: activity.name,
        detail: isSecure ? HIDDEN : detailOf(error),
        nextInSeconds,
        notRetried,
      });
    try {
      const policy = activity.work.hasPolicy ? readPolicy(evaluated(activity.policy, scope)) : NO_POLICY;
      const output = await withPolicy({
        policy,
        signal,
        attempt: async (attemptSignal) => {
          attempts += 1;
          const hideOutput = (): void => void (isSecure = true);
          return stub === undefined
            ? activity.work.run({ ...this.context(activity, frame, scope, attemptSignal), hideOutput })
            : stub(evaluatedInput(activity.input, scope));
        },
        clock: this.props.clock,
        isFinal: (error) => this.whyFinal(error) !== undefined,
        onFailure: (error, left) => {
          const notRetried = left > 0 ? this.whyFinal(error) : undefined;
          failed(error, left > 0 && notRetried === undefined ? policy.retryIntervalInSeconds : undefined, notRetried);
        },
      });
      return { status: "Succeeded", attempts, output, ...(isSecure && { isSecure }) };
    } catch (error) {
      if (signal.aborted) return { status: "Cancelled", attempts };
      if (attempts === 0) failed(error);
      return { status: "Failed", attempts, ...failureOf(error, activity.name), ...(isSecure && { isSecure }) };
    }
  }

  /** Why no attempt follows an error, whatever the policy says; `undefined` where the policy decides. */
  private whyFinal(error: unknown): string | undefined {
    if (!this.props.retries) return "retries are off";
    return known(error).isFinal === true ? "waiting does not mend an error of the program" : undefined;
  }

  private context(
    activity: Activity,
    frame: Frame,
    scope: Scope,
    signal: AbortSignal,
  ): Omit<WorkContext, "hideOutput"> {
    const { services, clock, execute } = this.props;
    const { isSecure } = activity;
    return {
      scope,
      signal,
      services,
      clock,
      variables: {
        set: (name, value) => this.variables.set(name, value),
        append: (name, value) => this.variables.append(name, value),
        setReturnValue: (values) => {
          this.isReturnValueSecure ||= isSecure;
          this.variables.setReturnValue(values);
        },
      },
      execute: (call) => execute(call, { isSecure, signal }),
      runInner: (activities, options) => this.runInner(activities, { frame, activity }, { signal, ...options }),
    };
  }

  private async runInner(
    activities: readonly Activity[],
    outside: { readonly frame: Frame; readonly activity: Activity },
    { item, signal }: InnerOptions & { readonly signal: AbortSignal },
  ): Promise<InnerResult> {
    const base = item === undefined ? outside.frame.base : withItem(outside.frame.base, item);
    const frame = new Frame(activities, base, outside);
    const [failed] = await this.runActivities(frame, signal);
    return {
      failure:
        failed &&
        new ActivityError(
          `Activity failed because an inner activity failed; Inner activity name: ${failed.name}, Error: ${messageOf(failed)}`,
          {},
        ),
      scope: withActivities(base, () => frame.after()),
    };
  }
}

/** All that a rerun does not run again, what a loop did included. */
function keptOf({ run, kept }: Rerun): readonly ActivityRun[] {
  return run.activities.filter(({ name, attempts, kept: before }) => kept.has(name) && (attempts > 0 || before));
}

function evaluatedInput(input: JsonObject, scope: Scope): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, evaluateJson(value, scope)]));
}

function evaluated({ timeout, retry, retryIntervalInSeconds }: PolicyDefinition, scope: Scope): PolicyDefinition {
  const value = (written: Json | undefined) => (written === undefined ? written : evaluateJson(written, scope));
  return { timeout: value(timeout), retry: value(retry), retryIntervalInSeconds: value(retryIntervalInSeconds) };
}
