import type { Dependency } from "../dependencies";
import type { Clock } from "../../clock";
import type { Scope } from "../../expressions/evaluator";
import type { Json, JsonObject } from "../../json";
import type { PolicyDefinition } from "../policy";
import type { ActivityStatus } from "../../runs/run-history";

/** An activity of a pipeline, loaded and checked. */
export interface Activity {
  readonly name: string;
  readonly type: string;
  readonly dependsOn: readonly Dependency[];
  readonly policy: PolicyDefinition;
  /** The status of an activity that is deactivated; `undefined` while it is active. */
  readonly inactive: ActivityStatus | undefined;
  readonly work: Work;
}

/** What one type of activity does. */
export interface Work {
  /** The activities inside: the branches of an IfCondition. */
  readonly inner: readonly Activity[];
  /** Returns the activity's output; an error fails the attempt. */
  run(context: WorkContext): Promise<JsonObject>;
}

export interface WorkContext {
  readonly scope: Scope;
  /** Aborted on timeout and on cancellation. */
  readonly signal: AbortSignal;
  readonly notebooks: NotebookRunner;
  readonly clock: Clock;
  setVariable(name: string, value: Json): void;
  /** Runs activities within the same pipeline run; throws when they fail. */
  runBranch(activities: readonly Activity[], signal: AbortSignal): Promise<void>;
}

/** Why an attempt failed, where more is known of it than its message. */
export interface AttemptError extends Error {
  readonly traceback?: string;
  /** The same attempt fails again, however long one waits. */
  readonly isFinal?: boolean;
}

/** Runs the notebook at a workspace path; rejects with an {@link AttemptError}. */
export interface NotebookRunner {
  run(
    path: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<{ readonly exitValue: string | undefined; readonly seconds: number }>;
}
