export { type Clock, systemClock } from "./clock";
export { Factory, type FactoryProps } from "./factory";
export { FactoryError } from "./factory-error";
export { isObject, type Json, type JsonObject } from "./json";
export { type CheckedFactory, type FactoryDefinition, loadFactory, openFactory, parseFactory } from "./load";
export type { AttemptError, JobRunner, NotebookRunner, PythonFileRunner } from "./pipelines/activities/activity";
export type { StartOptions } from "./runs/active-runs";
export type { FactoryEvent, FactoryObserver, RunIdentity } from "./runs/events";
export { queryActivityRuns, queryRuns, queryTriggerRuns } from "./management/queries";
export type { Page } from "./management/query";
export { type LastCall, lastCall, notebookNames } from "./runs/last-call";
export { type Problem, problemLine } from "./problem";
export { planRerun, type Rerun } from "./runs/rerun";
export {
  type BegunActivity,
  type MonitoredActivityRun,
  type MonitoredPipelineRun,
  type MonitoredTriggerRun,
  monitoredActivities,
  monitoredRuns,
  monitoredTriggerRuns,
} from "./runs/monitoring";
export type { ActivityRun, ActivityStatus, Invocation, PipelineRun, RunUnderWay, TriggerRun } from "./runs/records";
export { FileHistory, type HistoryContent, MemoryHistory, readHistory, type RunHistory } from "./runs/run-history";
export { AzureBlobStore } from "./storage/azure-blob-store";
export type { BlobStore, StoredBlob } from "./storage/blob-store";
export { readStubs, type Stub, type StubFunction, type StubOutcome, type Stubs } from "./runs/stubs";
export type { FactorySource, PipelineSource, TriggerSource } from "./source";
export type { BlobEvent, BlobItem } from "./triggers/blob";
export { BlobEvents, matches, type RaisedEvent } from "./triggers/blob-events";
export { type Firing, type PlannedTrigger, planTriggers } from "./triggers/firings";
export { HandledBlobs } from "./triggers/handled-blobs";
export { Schedules } from "./triggers/schedules";
export type { RuntimeState } from "./triggers/trigger-states";
export { TumblingWindows, type WindowRun, type WindowStatus } from "./triggers/tumbling-windows";
export { VirtualClock } from "./virtual-clock";
