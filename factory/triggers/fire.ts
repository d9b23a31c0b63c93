import { randomUUID } from "node:crypto";
import type { Factory } from "../factory";
import type { Json, JsonObject } from "../json";
import type { PipelineRun } from "../runs/records";
import { triggerParameters } from "./parameters";
import type { TriggeredPipeline } from "./trigger-source";

/** What of a trigger counts when it fires. */
interface Fired {
  readonly name: string;
  readonly properties: { readonly type: string; readonly pipelines: readonly TriggeredPipeline[] };
}

/** Why a trigger fires. */
export interface Occasion {
  /** What `trigger()` reads, besides its name and its start. */
  readonly values: JsonObject;
  /** What `triggerBody()` reads. Default: null. */
  readonly body?: Json;
  /** What monitoring shows of it. */
  readonly properties: Readonly<Record<string, string>>;
}

/** A run that a trigger starts; both promises reject where it does not begin. */
export interface FiredRun {
  readonly ended: Promise<PipelineRun>;
  /** The run and those that it started without waiting for them. */
  readonly settled: Promise<readonly PipelineRun[]>;
}

/**
 * Starts the pipelines of a trigger, and keeps its run in the history. A run does not begin where the parameters of a pipeline cannot be
 * evaluated, or the factory takes no run of it.
 */
export function fire(factory: Factory, { name, properties }: Fired, occasion: Occasion): readonly FiredRun[] {
  const { values, body = null } = occasion;
  const time = factory.clock.now().toISOString();
  const invocation = { id: randomUUID(), type: properties.type, time };
  const read = { name, startTime: time, ...values };
  const runs: Record<string, string> = {};
  const problems: string[] = [];
  const started = properties.pipelines.map((pipeline) => {
    const { referenceName } = pipeline.pipelineReference;
    try {
      const parameters = triggerParameters(pipeline, read, body, factory.clock);
      const { runId, ended, settled } = factory.start(referenceName, { parameters, invokedBy: name, invocation });
      runs[referenceName] = runId;
      return heard({ ended: ended.then(({ run }) => run), settled });
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      const refused = Promise.reject(error);
      return heard({ ended: refused, settled: refused });
    }
  });
  factory.history.addTriggerRun({
    ...{ triggerRunId: invocation.id, trigger: name, type: properties.type, time },
    status: problems.length === 0 ? "Succeeded" : "Failed",
    ...(problems.length > 0 && { message: problems.join("\n") }),
    properties: { TriggerTime: time, ...occasion.properties },
    runs,
  });
  return started;
}

/** Whoever waits for one of the two hears of a failure; nobody has to wait for both. */
function heard(run: FiredRun): FiredRun {
  run.ended.catch(() => undefined);
  run.settled.catch(() => undefined);
  return run;
}
