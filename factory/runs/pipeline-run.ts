import type { Clock } from "../clock";
import type { Activity, AttemptError, NotebookRunner, WorkContext } from "../pipelines/activities/activity";
import { decisive, isMet } from "../pipelines/dependencies";
import type { FactoryObserver, RunIdentity } from "./events";
import type { Scope } from "../expressions/evaluator";
import { evaluateJson } from "../expressions/template";
import type { Json } from "../json";
import type { Pipeline } from "../pipelines/pipeline";
import { type PolicyDefinition, readPolicy, withPolicy } from "../pipelines/policy";
import { runScope, Variables } from "./run-scope";
import type { ActivityRun, ActivityStatus, PipelineRun } from "./run-history";

export interface PipelineRunProps {
  readonly identity: RunIdentity;
  readonly pipeline: Pipeline;
  readonly parameters: Readonly<Record<string, Json>>;
  /** Activities that are not run: their outcome is that of an earlier run. */
  readonly kept: ReadonlyMap<string, ActivityRun>;
  readonly factoryName: string;
  readonly globalParameters: Readonly<Record<string, Json>>;
  readonly notebooks: NotebookRunner;
  readonly clock: Clock;
  /** False: no activity is tried again, whatever its policy says. */
  readonly retries: boolean;
  readonly observe: FactoryObserver;
  readonly signal: AbortSignal;
}

type Outcome = Pick<ActivityRun, "status" | "attempts"> & Partial<Pick<ActivityRun, "output" | "error" | "kept">>;

/** Runs a pipeline's activities; never throws, whatever they do. */
export async function runPipeline(props: PipelineRunProps): Promise<PipelineRun> {
  return new Run(props).run();
}

class Run {
  private readonly start: Date;
  private readonly activityRuns: (ActivityRun | { readonly name: string; readonly start: string })[] = [];
  private readonly variables: Variables;
  private readonly scope: Scope;

  constructor(private readonly props: PipelineRunProps) {
    this.start = props.clock.now();
    this.variables = new Variables(props.pipeline.variables);
    this.scope = runScope({ ...props, start: this.start, variables: this.variables, ended: () => this.ended });
  }

  async run(): Promise<PipelineRun> {
    const { identity, parameters, pipeline, signal } = this.props;
    const failed = await this.runActivities(pipeline.activities, signal);
    return {
      ...identity,
      parameters,
      status: signal.aborted ? "Cancelled" : failed.length > 0 ? "Failed" : "Succeeded",
      start: this.start.toISOString(),
      end: this.now(),
      activities: this.ended,
    };
  }

  private now(): string {
    return this.props.clock.now().toISOString();
  }

  private get ended(): readonly ActivityRun[] {
    return this.activityRuns.filter((run): run is ActivityRun => "status" in run);
  }

  /** Starts every activity as soon as those it depends on have ended; returns the runs that make the whole a failure. */
  private async runActivities(activities: readonly Activity[], signal: AbortSignal): Promise<readonly ActivityRun[]> {
    const byName = new Map(activities.map((activity) => [activity.name, activity]));
    const runs = new Map<string, ActivityRun>();
    const started = new Map<string, Promise<void>>();
    const statusOf = (name: string): ActivityStatus => runs.get(name)!.status;
    const settle = (activity: Activity): Promise<void> => {
      const running = started.get(activity.name) ?? follow(activity);
      started.set(activity.name, running);
      return running;
    };
    const follow = async (activity: Activity): Promise<void> => {
      await Promise.all(activity.dependsOn.map((dependency) => settle(byName.get(dependency.activity)!)));
      runs.set(activity.name, await this.runActivity(activity, isMet(activity.dependsOn, statusOf), signal));
    };
    await Promise.all(activities.map(settle));
    return decisive(activities, statusOf)
      .map(({ name }) => runs.get(name)!)
      .filter(({ status }) => status !== "Succeeded");
  }

  private async runActivity(activity: Activity, met: boolean, signal: AbortSignal): Promise<ActivityRun> {
    const { name, type } = activity;
    const { identity, observe } = this.props;
    const start = this.now();
    const place = this.activityRuns.push({ name, start }) - 1;
    const outcome = await this.perform(activity, met, signal);
    const run: ActivityRun = { name, type, ...outcome, start, end: this.now() };
    this.activityRuns[place] = run;
    observe({ kind: "activityEnded", run: identity, activity: run });
    return run;
  }

  private async perform(activity: Activity, met: boolean, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) return { status: "Cancelled", attempts: 0 };
    if (!met) return { status: "Skipped", attempts: 0 };
    const kept = this.props.kept.get(activity.name);
    if (kept !== undefined)
      return { status: kept.status, attempts: 0, kept: true, ...(kept.output && { output: kept.output }) };
    if (activity.inactive !== undefined) return { status: activity.inactive, attempts: 0 };
    const { identity, observe } = this.props;
    observe({ kind: "activityStarted", run: identity, activity: activity.name });
    let attempts = 0;
    try {
      const policy = readPolicy(this.evaluated(activity.policy));
      const attempt = (attemptSignal: AbortSignal) => {
        attempts += 1;
        return activity.work.run(this.context(attemptSignal));
      };
      const output = await withPolicy({
        policy,
        signal,
        attempt,
        clock: this.props.clock,
        isFinal: (error) => this.whyFinal(error) !== undefined,
        onFailure: (error, left) => {
          const notRetried = left > 0 ? this.whyFinal(error) : undefined;
          observe({
            kind: "attemptFailed",
            run: identity,
            activity: activity.name,
            detail: detail(error),
            nextInSeconds: left > 0 && notRetried === undefined ? policy.retryIntervalInSeconds : undefined,
            notRetried,
          });
        },
      });
      return { status: "Succeeded", attempts, output };
    } catch (error) {
      if (signal.aborted) return { status: "Cancelled", attempts };
      if (attempts === 0)
        observe({
          kind: "attemptFailed",
          run: identity,
          activity: activity.name,
          detail: detail(error),
          nextInSeconds: undefined,
          notRetried: undefined,
        });
      return { status: "Failed", attempts, error: known(error).message };
    }
  }

  private evaluated({ timeout, retry, retryIntervalInSeconds }: PolicyDefinition): PolicyDefinition {
    const value = (written: Json | undefined) => (written === undefined ? written : evaluateJson(written, this.scope));
    return { timeout: value(timeout), retry: value(retry), retryIntervalInSeconds: value(retryIntervalInSeconds) };
  }

  /** Why no attempt follows an error, whatever the policy says; `undefined` where the policy decides. */
  private whyFinal(error: unknown): string | undefined {
    if (!this.props.retries) return "retries are off";
    return known(error).isFinal === true ? "waiting does not mend an error of the program" : undefined;
  }

  private context(signal: AbortSignal): WorkContext {
    return {
      scope: this.scope,
      signal,
      notebooks: this.props.notebooks,
      clock: this.props.clock,
      setVariable: (name, value) => this.variables.set(name, value),
      runBranch: async (activities, branchSignal) => {
        const [failed] = await this.runActivities(activities, branchSignal);
        if (failed !== undefined)
          throw new Error(`inner activity "${failed.name}" ended ${failed.status}: ${failed.error ?? "no error"}`);
      },
    };
  }
}

/** An error with what may be known of it besides its message. */
function known(error: unknown): AttemptError {
  return error instanceof Error ? error : new Error(String(error));
}

function detail(error: unknown): string {
  const { traceback, message } = known(error);
  return traceback ?? message;
}
