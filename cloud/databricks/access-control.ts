import { z } from "zod";
import { SIGNED_IN } from "../entra/identity";
import { missing } from "./databricks-error";
import { groupOf, servicePrincipalOf } from "./principal";
import { folderOf, type WorkspaceObject } from "./workspace-object";
import type { WorkspaceStore } from "./workspace-store";

const entry = z.object({
  name: z.string().min(1),
  kind: z.enum(["service_principal_name", "group_name"]),
  level: z.string().min(1),
});

/** What has been granted on an object itself. */
export const accessControl = z.array(entry);

export type Entry = Readonly<z.infer<typeof entry>>;

/** What the workspace's admins have on everything. */
const ADMINS: Entry = { name: "admins", kind: "group_name", level: "CAN_MANAGE" };

/** A line of a request. A service principal may be named as a user too, as Terraform's provider does with itself. */
export const requested = z
  .object({
    user_name: z.string().optional(),
    service_principal_name: z.string().optional(),
    group_name: z.string().optional(),
    permission_level: z.string().min(1),
  })
  .refine(
    ({ user_name, service_principal_name, group_name }) =>
      [user_name, service_principal_name, group_name].filter((name) => name !== undefined && name !== "").length === 1,
    "exactly one of user_name, service_principal_name and group_name says who it is for",
  );

/** The same with a principal that the workspace knows. */
export function entryOf(store: WorkspaceStore, asked: z.infer<typeof requested>): Entry {
  const { user_name, service_principal_name, group_name, permission_level: level } = asked;
  if (group_name) {
    const group = groupOf(store, group_name);
    if (group === undefined) throw missing(`Principal: GroupName(${group_name}) does not exist`);
    return { name: group.displayName, kind: "group_name", level };
  }
  const [name, word] = service_principal_name
    ? [service_principal_name, "ServicePrincipalName"]
    : [user_name ?? "", "UserName"];
  const principal = servicePrincipalOf(store, name);
  // Source of the words' sense: databricks/terraform-provider-databricks#2302.
  if (principal === undefined) throw missing(`Principal: ${word}(${name}) does not exist`);
  return { name: principal.applicationId, kind: "service_principal_name", level };
}

/** What whoever made an object has on it until somebody says otherwise. */
export const CREATOR: Entry = { name: SIGNED_IN.clientId, kind: "service_principal_name", level: "CAN_MANAGE" };

interface Inherited extends Entry {
  /** Such as `/directories/123`. */
  readonly from: string;
}

/** What an object has from the folders that it is in; from the root that admins manage it. */
export function inheritedBy(
  store: WorkspaceStore,
  object: WorkspaceObject | undefined,
  root: string,
): readonly Inherited[] {
  const inherited: Inherited[] = [{ ...ADMINS, from: `/${root}/` }];
  for (let path = object?.path ?? "/"; path !== "/";) {
    path = folderOf(path);
    const folder = store.objects.get(path);
    const entries = folder === undefined ? [] : (store.accessControls.get(String(folder.object_id)) ?? []);
    inherited.push(...entries.map((entry) => ({ ...entry, from: `/directories/${folder?.object_id}` })));
  }
  return inherited;
}

/** By principal, as Databricks shows it. */
export function shownAccess(direct: readonly Entry[], inherited: readonly Inherited[]): readonly object[] {
  const permissions = new Map<string, { readonly who: object; readonly all: object[] }>();
  const of = ({ kind, name }: Entry) => {
    const known = permissions.get(`${kind}/${name}`) ?? { who: { [kind]: name, display_name: name }, all: [] };
    permissions.set(`${kind}/${name}`, known);
    return known.all;
  };
  for (const one of direct) of(one).push({ permission_level: one.level, inherited: false });
  for (const one of inherited)
    of(one).push({ permission_level: one.level, inherited: true, inherited_from_object: [one.from] });
  return [...permissions.values()].map(({ who, all }) => ({ ...who, all_permissions: all }));
}
