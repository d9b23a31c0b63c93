import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { pipelineChanges, type Properties } from "./pipeline-changes";

/** What Terraform says of one resource in a plan, in its own words. */
const planned = z.looseObject({
  address: z.string(),
  type: z.string(),
  change: z.looseObject({
    actions: z.array(z.string()),
    before: z.record(z.string(), z.unknown()).nullable().default(null),
    after: z.record(z.string(), z.unknown()).nullable().default(null),
    /** No object where nothing is unknown, as of what is destroyed. */
    after_unknown: z.record(z.string(), z.unknown()).catch({}),
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  }),
});

/** What private endpoints lead to. */
const connections = z.array(z.looseObject({ private_connection_resource_id: z.unknown().optional() }));

const plan = z.looseObject({
  resource_changes: z.array(planned).default([]),
  output_changes: z.record(z.string(), z.looseObject({ actions: z.array(z.string()) })).default({}),
});

export const ACTIONS = ["create", "update", "replace", "destroy"] as const;

export const change = z.object({
  address: z.string(),
  type: z.string(),
  action: z.enum(ACTIONS),
  /** What of it changes, for people: names of properties, never their values; of a pipeline its activities and what changes in them. */
  details: z.array(z.string()),
  /** Ids of Azure that must be deletable for it. */
  deletes: z.array(z.string()).default([]),
});

export type Change = z.infer<typeof change>;

export interface PlannedChanges {
  readonly changes: readonly Change[];
  /** Whether something that later stacks read is made or changed, so that they cannot be planned yet. */
  readonly changesOutputs: boolean;
}

/** Reads what `terraform show -json` prints of a saved plan. */
export function readPlan(json: string): PlannedChanges {
  const { resource_changes, output_changes } = plan.parse(JSON.parse(json));
  return {
    changes: resource_changes.flatMap(({ address, type, change }) => {
      const action = actionOf(change.actions);
      if (action === undefined) return [];
      const details = [...detailsOf(type, action, change)];
      return [{ address, type, action, details, deletes: deletedBy(type, action, change.before ?? {}) }];
    }),
    changesOutputs: Object.values(output_changes).some(({ actions }) => actionOf(actions) !== undefined),
  };
}

function actionOf(actions: readonly string[]): Change["action"] | undefined {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  if (actions.includes("create")) return "create";
  if (actions.includes("delete")) return "destroy";
  return actions.includes("update") ? "update" : undefined;
}

/** A private endpoint takes with it its connection, which belongs to what it leads to. A lock itself can always go. */
function deletedBy(type: string, action: Change["action"], before: Properties): string[] {
  if (!["destroy", "replace"].includes(action) || type === "azurerm_management_lock") return [];
  const connected = connections.parse(before["private_service_connection"] ?? []);
  return (
    [before["id"], ...connected.map(({ private_connection_resource_id: id }) => id)]
      .filter((id): id is string => typeof id === "string" && id.startsWith("/subscriptions/"))
      // The provider writes a diagnostic setting as <resource>|<name>.
      .map((id) => id.replace("|", "/"))
  );
}

function detailsOf(
  type: string,
  action: Change["action"],
  { before, after, after_unknown, replace_paths }: z.infer<typeof planned>["change"],
): readonly string[] {
  if (type === "azurerm_data_factory_pipeline" && action !== "destroy")
    return pipelineChanges(before, {
      ...after,
      ...(action === "create" ? {} : unknownAsBefore(before, after_unknown)),
    });
  if (action === "replace")
    return [`because of ${replace_paths?.map((path) => path.join(".")).join(", ") ?? "its own"}`];
  if (action !== "update") return [];
  return Object.keys({ ...before, ...after, ...after_unknown }).filter(
    (name) => after_unknown[name] === true || !isDeepStrictEqual(before?.[name], after?.[name]),
  );
}

/** What is known only after the apply is no change that anybody could judge. */
function unknownAsBefore(before: Properties | null, unknown: Properties): Properties {
  const names = Object.entries(unknown).filter(([, value]) => value === true);
  return Object.fromEntries(names.map(([name]) => [name, before?.[name]]));
}
