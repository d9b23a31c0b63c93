import { hostOf, Workspace, type WorkspaceGroup } from "../workspace";
import { type Check, ok, problem, unknown } from "./check";

/** The stacks name groups without looking them up, so that a plan need not enter the workspace: here they are looked up. */
export const groups: Check = {
  name: "groups",
  run: async ({ settings, names, azure, credential, http }) => {
    const { dataScientists, operators } = settings.access;
    const named = Object.entries({ dataScientists, operators }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    if (named.length === 0) return ok("access names no group");
    const host = await hostOf(azure, names);
    const list = named.map(([setting, group]) => `access.${setting} ${JSON.stringify(group)}`).join(", ");
    if (host === undefined)
      return unknown(
        `there is no workspace yet in which to look for ${list}: an account admin must assign the groups to it`,
      );
    const workspace = new Workspace(host, credential, http);
    const wrong: string[] = [];
    for (const [setting, group] of named) {
      const why = fault(await workspace.group(group));
      if (why !== undefined) wrong.push(`access.${setting} is ${JSON.stringify(group)}, ${why}`);
    }
    return wrong.length === 0 ? ok(`the workspace knows ${list}`) : problem(wrong.join("; "));
  },
};

function fault(group: WorkspaceGroup | undefined): string | undefined {
  if (group === undefined) return "which is not in the workspace: an account admin must assign that group to it";
  return group.meta?.resourceType === "WorkspaceGroup"
    ? "a workspace-local group, which cannot hold grants of the catalog: name a group of the account"
    : undefined;
}
