import type { Activity, ActivityBase } from "./activity";
import type { Expression } from "./expression";

/** Runs one of two groups of activities; fails when an activity of that group does. */
export interface IfConditionActivity extends ActivityBase {
  readonly type: "IfCondition";
  /** Must give true or false. */
  readonly expression: Expression;
  readonly ifTrueActivities: readonly Activity[];
  /** Default: nothing is run. */
  readonly ifFalseActivities?: readonly Activity[];
}
