import { ofEach, resources, type Rule } from "./rule";

const types =
  (pattern: RegExp, how: string): Rule["check"] =>
  (stacks) =>
    resources(stacks)
      .filter(({ type }) => pattern.test(type))
      .map(({ address }) => `${address} ${how}`);

export const workspaceAccess: readonly Rule[] = [
  {
    name: "plans-ask-the-workspace-for-nothing",
    otherwise:
      "Terraform reads data sources even with `-refresh=false`, and the planner has no access to the workspace",
    thread: "hashicorp/terraform#28252",
    check: (stacks) =>
      Object.entries(stacks).flatMap(([stack, { data }]) =>
        Object.keys(data ?? {})
          .filter((type) => type.startsWith("databricks_"))
          .map((type) => `${stack} reads data.${type}`),
      ),
  },
  {
    name: "groups-come-from-the-account",
    otherwise: "a workspace-local group cannot hold Unity Catalog grants",
    check: types(/^databricks_group(_member)?$/, "makes a group of the workspace"),
  },
  {
    name: "entitlements-have-one-place",
    otherwise: "two resources overwrite each other in every apply",
    check: types(/^databricks_entitlements$/, "states entitlements a second time"),
  },
  {
    name: "identities-may-have-entered-before",
    otherwise:
      "a workspace Contributor becomes a user at its first call, and a recreated stack then fails because it exists",
    thread: "databricks/terraform-provider-databricks#1293",
    check: ofEach("databricks_service_principal", ({ force }) =>
      force === true ? undefined : "is refused where it is there already",
    ),
  },
  {
    name: "permissions-have-one-place",
    otherwise: "two resources remove each other's grants",
    check: (stacks) => {
      const seen = new Set<string>();
      return resources(stacks, "databricks_permissions").flatMap(({ address, properties }) => {
        const object = Object.entries(properties).find(([key]) => /_id$|_path$/.test(key));
        const key = JSON.stringify(object);
        const again = seen.has(key);
        seen.add(key);
        return again ? [`${address} is the second for ${String(object?.[1])}`] : [];
      });
    },
  },
  {
    name: "no-mount-and-no-secret",
    otherwise: "keys spread, and access bypasses Unity Catalog",
    check: types(/^databricks_(mount|secret|secret_scope|token|obo_token)$/, "is a mount, a secret or a token"),
  },
];
