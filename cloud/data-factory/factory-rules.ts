import { ApiError } from "../http/api-error";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";

/** What refers to something of a factory, by the word that says so: the folder in which Data Factory keeps it. */
const REFERENCES: Readonly<Record<string, string>> = {
  PipelineReference: "pipelines",
  LinkedServiceReference: "linkedservices",
  DatasetReference: "datasets",
  DataFlowReference: "dataflows",
  IntegrationRuntimeReference: "integrationruntimes",
  CredentialReference: "credentials",
  TriggerReference: "triggers",
};
/** There without having been made. */
const ALWAYS_THERE = "integrationruntimes/autoresolveintegrationruntime";

/** Refuses what refers to something that the factory does not have. */
export function requireReferences(changed: Resource, factoryId: string, store: ResourceStore): void {
  const missing = referencesIn(changed.properties).find(
    (reference) => reference !== ALWAYS_THERE && store.get(`${factoryId}/${reference}`) === undefined,
  );
  if (missing !== undefined)
    throw badRequest(`The document creation or update failed because of invalid reference '${missing.split("/")[1]}'.`);
}

/** Refuses to delete what something else of the factory refers to. */
export function requireUnreferenced({ id, name }: Resource, factoryId: string, store: ResourceStore): void {
  const itself = id.slice(factoryId.length + 1).toLowerCase();
  const user = store.all(factoryId).find((one) => one.id !== id && referencesIn(one.properties).includes(itself));
  if (user !== undefined)
    throw badRequest(`The document cannot be deleted since it is referenced by ${user.name}.`, name);
}

/** A trigger that is on stays as it is. */
export function requireStopped(trigger: Resource | undefined): void {
  if (trigger?.properties["runtimeState"] === "Started")
    throw new ApiError(
      400,
      "TriggerEnabledCannotUpdate",
      "Cannot update enabled Trigger; the trigger needs to be disabled first.",
      trigger.name,
    );
}

/** Such as `pipelines/scoring`, in lower case. */
function referencesIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const within = Object.values(value).flatMap(referencesIn);
  if (!("referenceName" in value) || !("type" in value)) return within;
  const folder = REFERENCES[String(value.type)];
  return folder === undefined ? within : [`${folder}/${String(value.referenceName).toLowerCase()}`, ...within];
}

function badRequest(message: string, target?: string): ApiError {
  return new ApiError(400, "BadRequest", message, target ?? null);
}
