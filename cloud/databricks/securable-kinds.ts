import { z } from "zod";
import { idOf } from "../entra/identity";
import { DatabricksError } from "./databricks-error";
import { liesIn, ofType, requireSecurable, type SecurableType } from "./securable";
import type { WorkspaceStore } from "./workspace-store";

/** What a type of securable is made of, and what is refused of it. */
export interface SecurableKind {
  readonly type: SecurableType;
  /** In the path of requests. */
  readonly path: string;
  /** What a securable states of itself. */
  readonly stated: z.ZodType<Stated>;
  readonly fullName: (stated: Stated) => string;
  /** What the service makes of what is stated. Throws for what it refuses. */
  readonly complete: (store: WorkspaceStore, stated: Stated, fullName: string) => Readonly<Record<string, unknown>>;
}

const name = z.string().regex(/^[^\s./\\]{1,255}$/, "a name has no spaces, dots or slashes");
/** Databricks keeps the names of what tables are found by in lower case. */
const lowerName = name.toLowerCase();
const url = z
  .string()
  .regex(
    /^abfss:\/\/[^@/\s]+@[^/\s]+\.dfs\.core\.windows\.net(\/\S*)?$/,
    "must be abfss://container@account.dfs.core.windows.net/…",
  );
const connector =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Databricks\/accessConnectors\/[^/]+$/i;

/** What any securable may state, anew or in a change. */
export const stated = z.looseObject({
  name,
  catalog_name: lowerName.optional(),
  schema_name: lowerName.optional(),
  storage_root: url.optional(),
  storage_location: url.optional(),
  url: url.optional(),
  credential_name: z.string().optional(),
  azure_managed_identity: z
    .looseObject({ access_connector_id: z.string().regex(connector, "is not the id of an access connector") })
    .optional(),
});
export type Stated = z.infer<typeof stated>;

const catalog: SecurableKind = {
  type: "catalog",
  path: "catalogs",
  stated: stated.extend({ name: lowerName }),
  fullName: ({ name }) => name,
  complete: (store, stated, fullName) => {
    const { storage_root: root } = stated;
    // A metastore that came with its workspace has no storage of its own.
    if (root === undefined)
      throw new DatabricksError(
        "Metastore storage root URL does not exist. Please provide a storage location for the catalog.",
        "INVALID_STATE",
      );
    requireLocation(store, root);
    const given = {
      catalog_type: "MANAGED_CATALOG",
      enable_predictive_optimization: "INHERIT",
      isolation_mode: "OPEN",
    };
    return { ...given, ...stated, storage_location: managed(root, "catalogs", fullName) };
  },
};

export const schema: SecurableKind = {
  type: "schema",
  path: "schemas",
  stated: stated.extend({ name: lowerName, catalog_name: lowerName }),
  fullName: ({ catalog_name, name }) => `${catalog_name}.${name}`,
  complete: (store, stated, fullName) => {
    const { catalog_name = "", storage_root: root } = stated;
    requireSecurable(store, "catalog", catalog_name);
    if (root !== undefined) requireLocation(store, root);
    const location = root && { storage_location: managed(root, "schemas", fullName) };
    return { ...stated, schema_id: idOf(`schema/${fullName}`), catalog_type: "MANAGED_CATALOG", ...location };
  },
};

const volume: SecurableKind = {
  type: "volume",
  path: "volumes",
  stated: stated
    .extend({
      name: lowerName,
      catalog_name: lowerName,
      schema_name: lowerName,
      volume_type: z.enum(["MANAGED", "EXTERNAL"]),
    })
    .refine(
      ({ volume_type, storage_location }) => (volume_type === "EXTERNAL") === (storage_location !== undefined),
      "an external volume has a storage_location, a managed one has none",
    ),
  fullName: ({ catalog_name, schema_name, name }) => `${catalog_name}.${schema_name}.${name}`,
  complete: (store, stated, fullName) => {
    const { catalog_name = "", schema_name, storage_location: external } = stated;
    const catalog = requireSecurable(store, "catalog", catalog_name);
    const schema = requireSecurable(store, "schema", `${catalog_name}.${schema_name}`);
    if (external !== undefined) requireLocation(store, external);
    const volume_id = idOf(`volume/${fullName}`);
    const root = schema.storage_location ?? catalog.storage_location ?? "";
    return { ...stated, volume_id, storage_location: external ?? `${root}/volumes/${volume_id}` };
  },
};

const externalLocation: SecurableKind = {
  type: "external_location",
  path: "external-locations",
  stated: stated.extend({ url, credential_name: z.string().min(1) }),
  fullName: ({ name }) => name,
  complete: (store, stated, fullName) => {
    const { url = "", credential_name = "" } = stated;
    const { id: credential_id } = requireSecurable(store, "storage_credential", credential_name);
    const other = ofType(store, "external_location").find(
      (one) => one.full_name !== fullName && (liesIn(one.url ?? "", url) || liesIn(url, one.url ?? "")),
    );
    if (other !== undefined)
      throw new DatabricksError(
        `Input path url '${url}' overlaps with an existing external location within 'CreateExternalLocation' call. Conflicting location: ${other.name}.`,
        "INVALID_PARAMETER_VALUE.LOCATION_OVERLAP",
      );
    // A container alone ends with a slash. Source: databricks/terraform-provider-databricks#2921.
    const spelled = /\.net$/.test(url) ? `${url}/` : url;
    return { read_only: false, isolation_mode: "ISOLATION_MODE_OPEN", ...stated, url: spelled, credential_id };
  },
};

const storageCredential: SecurableKind = {
  type: "storage_credential",
  path: "storage-credentials",
  stated: stated.extend({ azure_managed_identity: stated.shape.azure_managed_identity.unwrap() }),
  fullName: ({ name }) => name,
  complete: (_, stated, fullName) => ({
    ...{ read_only: false, isolation_mode: "ISOLATION_MODE_OPEN", used_for_managed_storage: false },
    ...stated,
    azure_managed_identity: {
      ...stated.azure_managed_identity,
      credential_id: idOf(`storage_credential/${fullName}`),
    },
  }),
};

export const KINDS: readonly SecurableKind[] = [catalog, schema, volume, externalLocation, storageCredential];

/** What is managed lies apart from everything else below its root. */
function managed(root: string, kind: string, fullName: string): string {
  return `${root.replace(/\/+$/, "")}/__unitystorage/${kind}/${idOf(`${kind}/${fullName}`)}`;
}

function requireLocation(store: WorkspaceStore, url: string): void {
  if (ofType(store, "external_location").some((one) => liesIn(url, one.url ?? ""))) return;
  throw new DatabricksError(
    `No parent external location was found for path '${url}'. Please create an external location on one of the parent paths and then retry the query or command again.`,
    "EXTERNAL_LOCATION_DOES_NOT_EXIST",
    404,
  );
}
