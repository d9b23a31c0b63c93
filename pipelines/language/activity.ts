import type { ActivityBase, ActivityPolicy } from "./activity-base";
import type { DatabricksNotebookActivity } from "./databricks-notebook";
import type { Expression } from "./expression";

/** An activity of any type that a pipeline may have. */
export type Activity =
  DatabricksNotebookActivity | IfConditionActivity | WaitActivity | WebActivity | ExecutePipelineActivity;

/** Lets time pass, without a cluster. */
export interface WaitActivity extends ActivityBase {
  readonly type: "Wait";
  /** A whole number from 1. No expression: Terraform's provider refuses it, though the service takes it. */
  readonly seconds: number;
}

/** Posts JSON to Azure Resource Manager, as the factory's user-assigned identity. */
export interface WebActivity extends ActivityBase {
  readonly type: "WebActivity";
  readonly url: Expression;
  /** Must give a text of JSON. */
  readonly body: Expression;
  /** Name of the factory's credential for the identity. */
  readonly credential: string;
  readonly policy: ActivityPolicy;
}

/** Starts another pipeline of the factory, without parameters, and does not wait for it. */
export interface ExecutePipelineActivity extends ActivityBase {
  readonly type: "ExecutePipeline";
  readonly pipeline: { readonly name: string };
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
  return activity.type === "IfCondition" ? [activity.ifTrueActivities, activity.ifFalseActivities ?? []] : [];
}

/** Names of the pipelines that activities start. */
export function executedBy(activities: readonly Activity[]): readonly string[] {
  return activities
    .flatMap(withNested)
    .flatMap((activity) => (activity.type === "ExecutePipeline" ? [activity.pipeline.name] : []));
}
