import { randomUUID } from "node:crypto";
import type { RunIdentity } from "./events";
import type { Invocation, PipelineRun } from "./records";

/** What a run is invoked by where a person started it. */
export const MANUAL = "manual";

/** What a run comes from. */
export interface Origin {
  /** Name of the trigger or of the pipeline. Default: `manual`. */
  readonly invokedBy?: string;
  /** What of the trigger fired, and when. Default: nothing did, the run is started by hand or by a pipeline now. */
  readonly invocation?: Invocation;
  readonly parent?: RunIdentity["parent"];
  /** The run that this one goes on from. */
  readonly earlier?: PipelineRun | undefined;
}

/** The identity of a new run. */
export function identityOf(
  pipeline: string,
  origin: Origin,
  now: Date,
): RunIdentity & { readonly invocation: Invocation } {
  const { invokedBy = MANUAL, parent, earlier } = origin;
  const type = parent === undefined ? "Manual" : "PipelineActivity";
  const invocation = origin.invocation ?? { id: randomUUID(), type, time: now.toISOString() };
  const rerunOf = earlier?.rerunOf ?? earlier?.runId;
  return {
    ...{ runId: randomUUID(), pipeline, invokedBy, invocation },
    ...(parent && { parent }),
    ...(rerunOf !== undefined && { rerunOf }),
  };
}

/** What the service calls the trigger of a run: by an id where another pipeline started it. */
export function triggerName({ invocation, invokedBy, parent }: RunIdentity): string {
  if (invokedBy === MANUAL) return "Manual";
  return parent === undefined ? invokedBy : (invocation?.id ?? invokedBy);
}

/** The service's type of what invoked a run. */
export function triggerType({ invocation, invokedBy }: RunIdentity): string {
  return invocation?.type ?? (invokedBy === MANUAL ? "Manual" : "");
}

/** The run that this one and others were made of: by rerunning it, or by executing pipelines. */
export function groupId({ parent, rerunOf, runId }: RunIdentity): string {
  return parent?.groupId ?? rerunOf ?? runId;
}
