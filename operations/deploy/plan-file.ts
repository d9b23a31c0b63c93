import { z } from "zod";

/** What Terraform says of one resource in a plan, in its own words. */
const change = z.looseObject({
  address: z.string(),
  type: z.string(),
  change: z.looseObject({ actions: z.array(z.string()), before: z.unknown(), after: z.unknown() }),
});

const plan = z.looseObject({
  resource_changes: z.array(change).default([]),
  output_changes: z.record(z.string(), z.looseObject({ actions: z.array(z.string()) })).default({}),
});

export type Action = "create" | "update" | "replace" | "destroy";

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Of a pipeline: which of its activities change, instead of its JSON. */
  readonly detail?: string;
}

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
      const detail = type === "azurerm_data_factory_pipeline" ? activitiesOf(change.before, change.after) : undefined;
      return [{ address, type, action, ...(detail && { detail }) }];
    }),
    changesOutputs: Object.values(output_changes).some(({ actions }) => actionOf(actions) !== undefined),
  };
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  if (actions.includes("create")) return "create";
  if (actions.includes("delete")) return "destroy";
  return actions.includes("update") ? "update" : undefined;
}

/** The activities of a pipeline that come, go or change, by their names. */
function activitiesOf(before: unknown, after: unknown): string | undefined {
  const [was, is] = [before, after].map(byName);
  const names = [...new Set([...was!.keys(), ...is!.keys()])];
  const told = names.flatMap((name) => {
    if (!was!.has(name)) return [`+${name}`];
    if (!is!.has(name)) return [`-${name}`];
    return was!.get(name) === is!.get(name) ? [] : [`~${name}`];
  });
  return told.length > 0 ? told.join(" ") : undefined;
}

function byName(pipeline: unknown): ReadonlyMap<string, string> {
  const { activities_json } = (pipeline ?? {}) as { readonly activities_json?: unknown };
  if (typeof activities_json !== "string") return new Map();
  const activities = JSON.parse(activities_json) as readonly { readonly name: string }[];
  return new Map(activities.map((activity) => [activity.name, JSON.stringify(activity)]));
}
