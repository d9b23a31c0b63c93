import type { Dependency } from "../dependencies";
import type { Clock } from "../../clock";
import type { Scope } from "../../expressions/evaluator";
import type { Json, JsonObject } from "../../json";
import type { OwnApi } from "../../management/own-api";
import type { PolicyDefinition } from "../policy";
import type { ActivityRun, ActivityStatus, PipelineRun } from "../../runs/records";
import type { BlobStore } from "../../storage/blob-store";
import type { ActivityError } from "./activity-error";

/** An activity of a pipeline, loaded and checked. */
export interface Activity {
  readonly name: string;
  readonly type: string;
  readonly dependsOn: readonly Dependency[];
  readonly policy: PolicyDefinition;
  /** Whether the policy says `secureInput` or `secureOutput`: nothing of its values is written down. */
  readonly isSecure: boolean;
  /** The status of an activity that is deactivated; `undefined` while it is active. */
  readonly inactive: ActivityStatus | undefined;
  /** What a stub is given in the place of the work: the type's properties, before they are evaluated. */
  readonly input: JsonObject;
  /** The linked service that it names; `undefined` where it names none. */
  readonly linkedService: string | undefined;
  /** What of it may hold expressions, by the names of its properties and without the activities inside. */
  readonly expressions: Readonly<Record<string, unknown>>;
  readonly work: Work;
}

/** What one type of activity does. */
export interface Work {
  /** The activities inside: those of all branches or of the loop. */
  readonly inner: readonly Activity[];
  /** Whether the type has a timeout and retries; what only controls the flow has none. */
  readonly hasPolicy: boolean;
  /** Whether the activities inside run more than once. */
  readonly isLoop?: boolean;
  /** Whether the activities inside are not read from outside, as there is one of them for each item. */
  readonly hidesInner?: boolean;
  /** The ways that it may take, by the names that {@link WorkContext.take} is called with; absent where there is but one. */
  readonly branches?: readonly string[];
  /** The variable of the pipeline that it sets or appends to. */
  readonly variable?: string | undefined;
  /** Why the activity cannot run here without a stub, whatever services there are; absent or `undefined` where it can. */
  readonly onlyByStub?: string | undefined;
  /** Why the activity cannot run here without a stub; `undefined` where it can. */
  needsStub?(services: Services): string | undefined;
  /** Returns the activity's output; an error fails the attempt. */
  run(context: WorkContext): Promise<JsonObject>;
  /** Repeats what a run that is kept did to the variables of its pipeline. */
  restore?(output: JsonObject, context: Pick<WorkContext, "variables">): void;
}

/** What stands on this machine for the services that activities call. */
export interface Services {
  /** Default: DatabricksNotebook runs by stubs only. */
  readonly notebooks?: NotebookRunner;
  /** Default: DatabricksSparkPython runs by stubs only. */
  readonly pythonFiles?: PythonFileRunner;
  /** Default: DatabricksJob runs by stubs only. */
  readonly jobs?: JobRunner;
  /** The blobs of all linked services that are not in `blobsOf`. Default: what reads and writes blobs runs by stubs only. */
  readonly blobs?: BlobStore;
  /** The blobs of linked services by their names, where `blobs` is not theirs. Default: none. */
  readonly blobsOf?: Readonly<Record<string, BlobStore>>;
}

export interface WorkContext {
  readonly scope: Scope;
  readonly activityName: string;
  /** The service's `activityRunId`. */
  readonly activityRunId: string;
  /** Aborted on timeout and on cancellation. */
  readonly signal: AbortSignal;
  readonly services: Services;
  readonly clock: Clock;
  /** What Azure Resource Manager answers about this factory. */
  readonly ownApi: Pick<OwnApi, "answer">;
  readonly variables: VariableStore;
  /** Starts another pipeline of the factory. Throws where it takes no run, or none with such parameters. */
  execute(call: PipelineCall): StartedPipeline;
  /** What the history keeps as the input. Where it is not called, that is the evaluated properties. */
  keepInput(input: JsonObject): void;
  /** Notes which of its branches it takes. */
  take(branch: string): void;
  /** Keeps the output out of the history, as if the policy said `secureOutput`. */
  hideOutput(): void;
  /** Runs activities within the same pipeline run. */
  runInner(activities: readonly Activity[], options?: InnerOptions): Promise<InnerResult>;
}

export interface InnerOptions {
  /** What `item()` is there. Default: what it is outside. */
  readonly item?: Json;
  /** Default: the signal of the activity. */
  readonly signal?: AbortSignal;
}

export interface InnerResult {
  /** Why the activities failed as a whole; `undefined` where they succeeded. */
  readonly failure: ActivityError | undefined;
  /** Reads what the activities left, as the condition of a loop does. */
  readonly scope: Scope;
}

export interface PipelineCall {
  readonly pipeline: string;
  readonly parameters: JsonObject;
  /** Whether the run ends with the activity that started it. */
  readonly isBound: boolean;
}

export interface StartedPipeline {
  readonly runId: string;
  /** Rejects where the run was cancelled before it began. */
  readonly ended: Promise<EndedPipeline>;
  /** The run and those that it started without waiting for them, and so on, once all have ended. Rejects where one of them was cancelled before it began. */
  readonly settled: Promise<readonly PipelineRun[]>;
}

export interface EndedPipeline {
  readonly run: PipelineRun;
  /** Why it failed; `undefined` unless it did. */
  readonly failure: string | undefined;
  /** What it returns to a pipeline that executes it; `undefined` where it says nothing. */
  readonly returnValue: JsonObject | undefined;
  /** Whether an activity whose values are kept out of the history set a part of it. */
  readonly isReturnValueSecure: boolean;
}

/** The variables of a pipeline run. */
export interface VariableStore {
  /** Throws where the pipeline has no such variable, or it has another type. */
  set(name: string, value: Json): void;
  /** Adds a value to the end of an array. */
  append(name: string, value: Json): void;
  /** Sets names of the value that the pipeline returns to the one that executes it. */
  setReturnValue(values: JsonObject): void;
}

/** Why an attempt failed, where more is known of it than its message. */
export interface AttemptError extends Error, Partial<Pick<ActivityRun, "errorCode" | "failureType" | "target">> {
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

/** Runs the Python file at a URI of the cluster; rejects with an {@link AttemptError}. */
export interface PythonFileRunner {
  run(file: string, parameters: readonly string[], signal: AbortSignal): Promise<{ readonly seconds: number }>;
}

/** Runs a job of the workspace by its id; rejects with an {@link AttemptError}. */
export interface JobRunner {
  run(
    jobId: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<{ readonly seconds: number }>;
}
