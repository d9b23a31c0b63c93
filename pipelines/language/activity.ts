import type { ActivityBase } from "./activity-base";
import type { DatabricksNotebookActivity } from "./databricks-notebook";
import type { Expression } from "./expression";

/** An activity of any type that a pipeline may have. */
export type Activity = DatabricksNotebookActivity | IfConditionActivity;

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
