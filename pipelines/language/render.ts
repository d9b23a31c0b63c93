import type { Activity, ExecutePipelineActivity, IfConditionActivity, WebActivity } from "./activity";
import type { ActivityBase, ActivityPolicy } from "./activity-base";
import type { DatabricksNotebookActivity } from "./databricks-notebook";
import type { Expression } from "./expression";
import type { NotebookRelease } from "./notebooks";
import type { Pipeline } from "./pipeline";

// The service's own shape: what it would add (defaults) is here, what it would drop (nulls, empty branches) is not.
// Anything else comes back different from what Terraform wrote, and every plan would show a change.

/** A pipeline's activities as the service's JSON. */
export function activitiesJson({ activities, release }: Pipeline): string {
  return JSON.stringify(activities.map((activity) => renderActivity(activity, release)));
}

function renderActivity(activity: Activity, release: NotebookRelease): object {
  switch (activity.type) {
    case "DatabricksNotebook":
      return renderNotebook(activity, release);
    case "IfCondition":
      return renderIfCondition(activity, release);
    case "ForEach":
      return rendered(activity, {
        items: renderExpression(activity.items),
        batchCount: activity.batchCount,
        activities: activity.activities.map((nested) => renderActivity(nested, release)),
      });
    case "Wait":
      return rendered(activity, { waitTimeInSeconds: activity.seconds });
    case "WebActivity":
      return renderWeb(activity);
    case "ExecutePipeline":
      return renderExecutePipeline(activity);
  }
}

/** What the types have in common, in the service's order. */
function rendered(activity: Activity, typeProperties: object) {
  return {
    name: activity.name,
    type: activity.type,
    dependsOn: renderDependsOn(activity),
    ...("policy" in activity && { policy: renderPolicy(activity.policy) }),
    userProperties: [],
    typeProperties,
  };
}

function renderNotebook(activity: DatabricksNotebookActivity, release: NotebookRelease) {
  return {
    ...rendered(activity, {
      notebookPath: `${release.root}/${activity.notebook}`,
      baseParameters: Object.fromEntries(
        Object.entries(activity.baseParameters).map(([name, value]) => [name, renderValue(value)]),
      ),
    }),
    linkedServiceName: { referenceName: release.linkedServiceName, type: "LinkedServiceReference" },
  };
}

function renderIfCondition(activity: IfConditionActivity, release: NotebookRelease) {
  const ifTrueActivities = activity.ifTrueActivities.map((nested) => renderActivity(nested, release));
  const ifFalseActivities = (activity.ifFalseActivities ?? []).map((nested) => renderActivity(nested, release));
  return rendered(activity, {
    expression: renderExpression(activity.expression),
    ...(ifTrueActivities.length > 0 && { ifTrueActivities }),
    ...(ifFalseActivities.length > 0 && { ifFalseActivities }),
  });
}

function renderWeb(activity: WebActivity) {
  return rendered(activity, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    url: typeof activity.url === "string" ? renderValue(activity.url) : renderExpression(activity.url),
    body: renderExpression(activity.body),
    ...(activity.turnOffAsync && { turnOffAsync: true }),
    authentication: {
      type: "UserAssignedManagedIdentity",
      resource: activity.resource ?? "https://management.azure.com/",
      credential: { referenceName: activity.credential, type: "CredentialReference" },
    },
  });
}

function renderExecutePipeline(activity: ExecutePipelineActivity) {
  const parameters = Object.entries(activity.parameters ?? {}).map(([name, value]) => [name, renderExpression(value)]);
  return rendered(activity, {
    pipeline: { referenceName: activity.pipeline.name, type: "PipelineReference" },
    waitOnCompletion: false,
    ...(parameters.length > 0 && { parameters: Object.fromEntries(parameters) as object }),
  });
}

function renderPolicy({ timeout, retry, retryIntervalInSeconds, secureOutput = false }: ActivityPolicy) {
  return { timeout, retry, retryIntervalInSeconds, secureOutput, secureInput: false };
}

const renderExpression = (expression: Expression) => ({ value: renderValue(expression), type: "Expression" });

const renderDependsOn = ({ dependsOn = {} }: ActivityBase) =>
  Object.entries(dependsOn).map(([activity, dependencyConditions]) => ({ activity, dependencyConditions }));

/** `@` marks an expression at the start of a string, `@{` one inside it; doubled they stand for themselves. */
function renderValue(value: Expression | string): string {
  if (typeof value !== "string") return `@${value.text}`;
  return value.replace(/^@|@(?=\{)/g, "@@");
}
