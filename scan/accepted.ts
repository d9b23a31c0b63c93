import type { EnvironmentSettings } from "../environments/settings/settings";

/** A finding that stands, and why. */
export interface Accepted {
  /** Checkov's id. */
  readonly check: string;
  /** Name of the stack without its environment. */
  readonly stack: string;
  /** Name of the resource in the stack, without its type. */
  readonly resource: string;
  /** Which environments it is accepted in. Default: all. */
  readonly where?: (settings: EnvironmentSettings) => boolean;
  /** One line. */
  readonly reason: string;
}

const isPublic = ({ network }: EnvironmentSettings): boolean => network.access === "public";
const lake = { stack: "foundation", resource: "data_lake_account" };
const workspace = { stack: "foundation", resource: "databricks_workspace" };
const factory = { stack: "data-factory", resource: "factory_factory" };

const state = { stack: "bootstrap", resource: "state_account" };

const KEYS =
  "Microsoft's keys, and a second encryption below them; a key of one's own needs a Key Vault that somebody runs, without which the data is lost";
const STATE =
  "states are opened by identities only, from runners that Microsoft hosts too; before the first deployment there is no network to stand in";
const ACCESS = "network.access is public here; private access shuts it";
const LOGS =
  "the observability stack sends reads, writes and deletions to Log Analytics; this check knows only the older logs, which need keys";

export const accepted: readonly Accepted[] = [
  { ...lake, check: "CKV2_AZURE_1", reason: KEYS },
  { ...workspace, check: "CKV2_AZURE_48", reason: KEYS },
  { ...factory, check: "CKV2_AZURE_15", reason: KEYS },
  { ...state, check: "CKV2_AZURE_1", reason: KEYS },
  { ...state, check: "CKV_AZURE_33", reason: "no queue is made, and without keys none could be logged so" },
  { ...state, check: "CKV_AZURE_59", reason: STATE },
  { ...state, check: "CKV2_AZURE_33", reason: STATE },
  ...["state_container", "state_plans", "state_releases"].map((resource) => ({
    stack: "bootstrap",
    resource,
    check: "CKV2_AZURE_21",
    reason:
      "every version of a state is kept, what lies beside it is named by its checksum, and the writer of both is in the run's log",
  })),
  { ...lake, check: "CKV_AZURE_33", reason: "no queue is made, and without keys none could be logged so" },
  { stack: "foundation", resource: "data_lake_lake", check: "CKV2_AZURE_21", reason: LOGS },
  { stack: "foundation", resource: "data_lake_landing", check: "CKV2_AZURE_21", reason: LOGS },
  { stack: "foundation", resource: "data_lake_verification", check: "CKV2_AZURE_21", reason: LOGS },
  {
    ...factory,
    check: "CKV_AZURE_103",
    reason:
      "this program is the source; the provider drops a factory's git configuration (terraform-provider-azurerm#31094)",
  },
  { ...lake, check: "CKV_AZURE_59", where: isPublic, reason: ACCESS },
  { ...lake, check: "CKV2_AZURE_33", where: isPublic, reason: ACCESS },
  { ...workspace, check: "CKV_AZURE_158", where: isPublic, reason: ACCESS },
  { ...factory, check: "CKV_AZURE_104", where: isPublic, reason: ACCESS },
  {
    ...lake,
    check: "CKV_AZURE_206",
    where: ({ storage }) => storage.replication === "LRS",
    reason: "storage.replication is LRS here: what is tried out can be delivered again",
  },
];

/** Stacks of which checkov has no check, and why that is no gap. */
export const withoutChecks: Readonly<Record<string, string>> = {
  databricks: "checkov has none for Databricks' provider; the rules of docs/rules.md are held on it",
  observability: "checkov has none for monitoring; the rules of docs/rules.md are held on it",
};
