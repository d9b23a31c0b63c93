import { z } from "zod";
import { idOf } from "../entra/identity";
import { DatabricksError } from "./databricks-error";
import type { WorkspaceStore } from "./workspace-store";

export const METASTORE_ID = idOf("metastore");
export const METASTORE_KEY = keyOf("metastore", METASTORE_ID);
/** What an admin of a workspace holds that Azure enabled for Unity Catalog when it was made. */
export const METASTORE_GRANTS = ["CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL"] as const;

export const TYPES = ["catalog", "schema", "volume", "external_location", "storage_credential"] as const;
export type SecurableType = (typeof TYPES)[number];

/** An object of Unity Catalog, as it was stated and as the service shows it. */
export const securable = z.looseObject({
  securable_type: z.enum(TYPES),
  name: z.string(),
  full_name: z.string(),
  owner: z.string(),
  id: z.string(),
  catalog_name: z.string().optional(),
  schema_name: z.string().optional(),
  /** Where it, or what is managed in it, is stored. */
  storage_root: z.string().optional(),
  storage_location: z.string().optional(),
  /** Of an external location. */
  url: z.string().optional(),
  credential_name: z.string().optional(),
  isolation_mode: z.string().optional(),
});
export type Securable = Readonly<z.infer<typeof securable>>;

export const assignment = z.object({ principal: z.string(), privileges: z.array(z.string()) });

/** Workspaces that may use an isolated object. */
export const bindings = z.array(z.object({ workspace_id: z.number().int(), binding_type: z.string() }));

const WORDS: Readonly<Record<SecurableType, string>> = {
  catalog: "Catalog",
  schema: "Schema",
  volume: "Volume",
  external_location: "External location",
  storage_credential: "Storage credential",
};

/** Names are the same whatever their case. */
export function keyOf(type: string, fullName: string): string {
  return `${type}/${fullName.toLowerCase()}`;
}

/** Such as `Catalog 'main'`. */
export function labelOf(type: SecurableType, fullName: string): string {
  return `${WORDS[type]} '${fullName}'`;
}

export function requireSecurable(store: WorkspaceStore, type: SecurableType, fullName: string): Securable {
  const found = store.securables.get(keyOf(type, fullName));
  if (found !== undefined) return found;
  throw new DatabricksError(`${labelOf(type, fullName)} does not exist.`, `${type.toUpperCase()}_DOES_NOT_EXIST`, 404);
}

/** What is in a catalog or a schema, however deep. */
export function securablesWithin(store: WorkspaceStore, { full_name: outer }: Securable): readonly Securable[] {
  return store.securables.all().filter((one) => one.full_name.startsWith(`${outer}.`));
}

export function ofType(store: WorkspaceStore, type: SecurableType): readonly Securable[] {
  return store.securables.all().filter((one) => one.securable_type === type);
}

/** What goes by an address: `abfss://lake@account.dfs.core.windows.net/a` lies in `abfss://lake@account.dfs.core.windows.net`. */
export function liesIn(url: string, outer: string): boolean {
  return `${trimmed(url)}/`.startsWith(`${trimmed(outer)}/`);
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, "");
}

/** The number of a workspace, which its address has: `adb-123.4.azuredatabricks.net`. */
export function workspaceIdOf(host: string): number {
  return Number(/^adb-(\d+)\./.exec(host)?.[1] ?? 1);
}

/**
 * An isolated object shows itself, and what is in it, only to the workspaces that it is bound to. Source:
 * databricks/terraform-provider-databricks#2446.
 */
export function requireBound(store: WorkspaceStore, { catalog_name: outer, ...rest }: Securable, host: string): void {
  const one = outer === undefined ? rest : requireSecurable(store, "catalog", outer);
  if (!isIsolated(one)) return;
  const bound = store.bindings.get(keyOf(one.securable_type, one.full_name)) ?? [];
  if (!bound.some(({ workspace_id }) => workspace_id === workspaceIdOf(host)))
    throw new DatabricksError(
      `${labelOf(one.securable_type, one.full_name)} is not accessible in current workspace`,
      "PERMISSION_DENIED",
      403,
    );
}

function isIsolated({ isolation_mode: mode }: Pick<Securable, "isolation_mode">): boolean {
  return mode === "ISOLATED" || mode === "ISOLATION_MODE_ISOLATED";
}
