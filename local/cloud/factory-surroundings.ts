import type { Resource, ResourceStore } from "azure-laptop";
import { z } from "zod";

const FACTORIES = "Microsoft.DataFactory/factories";

const blobTrigger = z.looseObject({
  type: z.literal("BlobEventsTrigger"),
  typeProperties: z.looseObject({ scope: z.string() }),
});
const databricks = z.looseObject({
  type: z.literal("AzureDatabricks"),
  typeProperties: z.looseObject({ domain: z.url() }),
});

/** Ids of the storage accounts that the triggers of a factory watch. */
export function accountsOf(factoryId: string, resources: ResourceStore): readonly string[] {
  const scopes = parts(factoryId, "triggers", resources).flatMap(
    ({ properties }) => blobTrigger.safeParse(properties).data?.typeProperties.scope ?? [],
  );
  return [...new Set(scopes)];
}

/** The host of the workspace that a factory's linked service leads to; empty where it has none. */
export function workspaceHostOf(factoryId: string, resources: ResourceStore): string {
  const services = parts(factoryId, "linkedServices", resources);
  const found = services.flatMap(({ properties }) => databricks.safeParse(properties).data ?? [])[0];
  return found === undefined ? "" : new URL(found.typeProperties.domain).host;
}

function parts(factoryId: string, folder: string, resources: ResourceStore): readonly Resource[] {
  return resources.ofType(`${FACTORIES}/${folder}`, factoryId);
}
