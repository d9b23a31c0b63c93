import type { JsonObject } from "../json";
import type { ActivityRun, Invocation, ParentRun, PipelineRun } from "./records";

/** What the factory tells while it works. */
export type FactoryEvent =
  | { readonly kind: "runQueued"; readonly run: RunIdentity }
  | { readonly kind: "runStarted"; readonly run: RunIdentity }
  | {
      readonly kind: "activityStarted";
      readonly run: RunIdentity;
      readonly activity: string;
      readonly type: string;
    }
  | {
      /** What the activity that has begun works with; never of one whose policy hides it. */
      readonly kind: "inputKnown";
      readonly run: RunIdentity;
      readonly activity: string;
      readonly input: JsonObject;
    }
  | {
      readonly kind: "attemptFailed";
      readonly run: RunIdentity;
      readonly activity: string;
      /** The whole story: message, and a notebook's traceback. */
      readonly detail: string;
      /** Seconds until the next attempt; `undefined` when there is none. */
      readonly nextInSeconds: number | undefined;
      /** Why there is none, though the policy has some left; else `undefined`. */
      readonly notRetried: string | undefined;
    }
  | { readonly kind: "activityEnded"; readonly run: RunIdentity; readonly activity: ActivityRun }
  | { readonly kind: "runEnded"; readonly run: PipelineRun };

export interface RunIdentity {
  readonly runId: string;
  readonly pipeline: string;
  /** Name of the trigger or of the pipeline that executed it, or `manual`. */
  readonly invokedBy: string;
  readonly invocation?: Invocation;
  /** The run whose ExecutePipeline started this one. */
  readonly parent?: ParentRun;
  /** The first of the runs that this one goes on from. */
  readonly rerunOf?: string;
}

export type FactoryObserver = (event: FactoryEvent) => void;
