import { findName } from "../json";
import { spelled, type Unknown, type Vocabulary } from "./spelling";

const inner: Vocabulary[string] = (activities, unknown) => spelledActivities(activities, unknown);

/** The properties of types whose names are known, those that run here and some more. Of other types none is told. */
const TYPES: Readonly<Record<string, Vocabulary>> = {
  AppendVariable: { variableName: true, value: true },
  DatabricksJob: { jobId: true, jobParameters: true },
  DatabricksNotebook: { notebookPath: true, baseParameters: true, libraries: true },
  DatabricksSparkPython: { pythonFile: true, parameters: true, libraries: true },
  ExecutePipeline: {
    pipeline: { referenceName: true, name: true, type: true },
    parameters: true,
    waitOnCompletion: true,
  },
  Fail: { message: true, errorCode: true },
  Filter: { items: true, condition: true },
  ForEach: { items: true, isSequential: true, batchCount: true, activities: inner },
  GetMetadata: { dataset: true, fieldList: true, storeSettings: true, formatSettings: true },
  IfCondition: { expression: true, ifTrueActivities: inner, ifFalseActivities: inner },
  Lookup: { source: true, dataset: true, firstRowOnly: true, treatDecimalAsString: true },
  SetVariable: { variableName: true, value: true, setSystemVariable: true },
  Switch: { on: true, expression: true, cases: { value: true, activities: inner }, defaultActivities: inner },
  Until: { expression: true, timeout: true, activities: inner },
  Validation: { dataset: true, timeout: true, sleep: true, minimumSize: true, childItems: true },
  Wait: { waitTimeInSeconds: true },
  WebActivity: {
    authentication: true,
    body: true,
    connectVia: true,
    datasets: true,
    disableCertValidation: true,
    headers: true,
    httpRequestTimeout: true,
    linkedServices: true,
    method: true,
    turnOffAsync: true,
    url: true,
  },
};

function vocabularyOf(type: unknown): Vocabulary {
  const known = typeof type === "string" ? findName(Object.keys(TYPES), type) : undefined;
  return {
    connectVia: true,
    dependsOn: { activity: true, dependencyConditions: true },
    description: true,
    inputs: true,
    linkedServiceName: true,
    name: true,
    onInactiveMarkAs: true,
    outputs: true,
    policy: { timeout: true, retry: true, retryIntervalInSeconds: true, secureInput: true, secureOutput: true },
    state: true,
    type: true,
    typeProperties: (known === undefined ? undefined : TYPES[known]) ?? true,
    userProperties: true,
  };
}

/** Activities with their properties spelled as the service does; `unknown` is told the others, each with its activity. */
export function spelledActivities(activities: unknown, unknown: Unknown): unknown {
  if (!Array.isArray(activities)) return activities;
  return activities.map((activity: unknown) => {
    const name = propertyOf(activity, "name");
    return spelled(activity, vocabularyOf(propertyOf(activity, "type")), (property, known, inside) =>
      unknown(property, known, inside ?? (typeof name === "string" ? name : undefined)),
    );
  });
}

function propertyOf(json: unknown, name: string): unknown {
  if (typeof json !== "object" || json === null) return undefined;
  const found = findName(Object.keys(json), name);
  return Object.entries(json).find(([key]) => key === found)?.[1];
}
