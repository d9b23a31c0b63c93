import { z } from "zod";
import { hostOf, Workspace } from "../workspace";
import { ok, problem, unknown, type Check } from "./check";
import { contains, parseBlock } from "../../environments/settings/block";

const PRIVILEGES = ["CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL"];

const metastoreSummary = z.object({ metastore_id: z.string(), owner: z.string().nullish() });

const effectivePermissions = z.object({
  privilege_assignments: z
    .array(z.object({ principal: z.string(), privileges: z.array(z.object({ privilege: z.string() })) }))
    .nullish(),
});

export const metastore: Check = {
  name: "metastore",
  run: async (surroundings) => {
    const { settings, names, azure, credential, http } = surroundings;
    const host = await hostOf(azure, names);
    if (host === undefined)
      return unknown(
        `there is no workspace yet to ask: an account admin needs a metastore in ${settings.location} that new workspaces get, and grants the deployer ${PRIVILEGES.join(", ")} on it`,
      );
    const workspace = new Workspace(host, credential, http);
    const summary = await workspace.get("/api/2.1/unity-catalog/metastore_summary", metastoreSummary);
    if (!summary)
      return problem(`the workspace has no metastore: an account admin assigns one of ${settings.location} to it`);
    const me = await workspace.me();
    const principals = [
      "account users",
      ...(me ? [me.userName, ...(me.groups ?? []).flatMap(({ display }) => display ?? [])] : []),
    ];
    if (principals.includes(summary.owner ?? "")) return ok(`${summary.owner} owns the metastore`);
    const permissions = `/api/2.1/unity-catalog/effective-permissions/metastore/${summary.metastore_id}`;
    const held = ((await workspace.get(permissions, effectivePermissions))?.privilege_assignments ?? [])
      .filter(({ principal }) => principals.includes(principal))
      .flatMap(({ privileges }) => privileges.map(({ privilege }) => privilege));
    const missing = PRIVILEGES.filter((privilege) => !held.includes(privilege));
    if (missing.length === 0) return ok(`${me?.userName} has the privileges that the catalog needs`);
    return problem(`${me?.userName} has no ${missing.join(", ")} on the metastore: a metastore admin grants it`);
  },
};

export const reachability: Check = {
  name: "reachability",
  run: async (surroundings) => {
    const { settings, names, azure, resolve, answers } = surroundings;
    const { access, deployer, addressSpace } = settings.network;
    const host = await hostOf(azure, names);
    if (access === "public" || Array.isArray(deployer)) {
      const control = host ?? `${settings.location}.azuredatabricks.net`;
      if (!(await answers(control))) return problem(`${control} does not answer from here: see proxy and firewall`);
      return Array.isArray(deployer) && access === "private"
        ? unknown(
            `${control} answers; whether this machine's address is among ${deployer.join(", ")} will show when the databricks stack is deployed`,
          )
        : ok(`${control} answers`);
    }
    if (host === undefined)
      return unknown(
        "there is no endpoint yet: run this again from inside the network after the foundation stack is deployed",
      );
    const outside: string[] = [];
    for (const name of [
      host,
      `${names.storageAccount}.blob.core.windows.net`,
      `${names.storageAccount}.dfs.core.windows.net`,
    ]) {
      const addresses = (await resolve(name)).map((address) => parseBlock(`${address}/32`));
      const inside = addresses.some((address) => address && contains(parseBlock(addressSpace)!, address));
      if (!inside) outside.push(name);
    }
    if (outside.length === 0) return ok("workspace and storage resolve to addresses of the network");
    return problem(
      `no address in ${addressSpace} from here: ${outside.join(", ")}; run this inside the network, or peer yours with it and link its DNS zones`,
    );
  },
};
