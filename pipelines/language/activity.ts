import type { ActivityBase, ActivityPolicy } from "./activity-base";
import type { DatabricksNotebookActivity } from "./databricks-notebook";
import type { Expression } from "./expression";

/** An activity of any type that a pipeline may have. */
export type Activity =
  | DatabricksNotebookActivity
  | IfConditionActivity
  | ForEachActivity
  | WaitActivity
  | WebActivity
  | ExecutePipelineActivity;

/** Lets time pass, without a cluster. */
export interface WaitActivity extends ActivityBase {
  readonly type: "Wait";
  /** A whole number from 1. No expression: Terraform's provider refuses it, though the service takes it. */
  readonly seconds: number;
}

/** Posts JSON as the factory's user-assigned identity. */
export interface WebActivity extends ActivityBase {
  readonly type: "WebActivity";
  readonly url: Expression | string;
  /** Whom the identity's token is for. Default: Azure Resource Manager. */
  readonly resource?: string;
  /** Must give a text of JSON. */
  readonly body: Expression;
  /** Name of the factory's credential for the identity. */
  readonly credential: string;
  /** Whether 202 is an answer. Default: it is not, the service asks at its `Location` until the work there is done. */
  readonly turnOffAsync?: true;
  readonly policy: ActivityPolicy;
}

/** Starts another pipeline of the factory, and does not wait for it. */
export interface ExecutePipelineActivity extends ActivityBase {
  readonly type: "ExecutePipeline";
  readonly pipeline: { readonly name: string };
  /** Must give texts. Default: none, each has the value that its pipeline states. */
  readonly parameters?: Readonly<Record<string, Expression>>;
}

/** Runs its activities for each item of a list, several items at a time; fails when an activity does, after all have run. */
export interface ForEachActivity extends ActivityBase {
  readonly type: "ForEach";
  /** Must give a list. */
  readonly items: Expression;
  /** Items at a time, 1 to 50. */
  readonly batchCount: number;
  readonly activities: readonly Activity[];
}

/** Runs one of two groups of activities; fails when an activity of that group does. */
export interface IfConditionActivity extends ActivityBase {
  readonly type: "IfCondition";
  /** Must give true or false. */
  readonly expression: Expression;
  readonly ifTrueActivities: readonly Activity[];
  /** Default: nothing is run. */
  readonly ifFalseActivities?: readonly Activity[];
}

/** An activity and the activities it contains, outermost first. */
export function withNested(activity: Activity): readonly Activity[] {
  return [activity, ...scopesOf(activity).flat().flatMap(withNested)];
}

/** The groups of activities that an activity contains; activities of one group may depend on each other. */
export function scopesOf(activity: Activity): readonly (readonly Activity[])[] {
  switch (activity.type) {
    case "IfCondition":
      return [activity.ifTrueActivities, activity.ifFalseActivities ?? []];
    case "ForEach":
      return [activity.activities];
    default:
      return [];
  }
}

/** Names of the pipelines that activities start. */
export function executedBy(activities: readonly Activity[]): readonly string[] {
  return activities
    .flatMap(withNested)
    .flatMap((activity) => (activity.type === "ExecutePipeline" ? [activity.pipeline.name] : []));
}
