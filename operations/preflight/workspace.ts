import { createRestError, getClient } from "@azure-rest/core-client";
import { idOf, ok, problem, unknown, type Check, type Surroundings } from "./check";
import { contains, parseBlock } from "../../environments/block";

/** Azure Databricks itself, for which Entra gives tokens. Source: Databricks, "Get Microsoft Entra ID tokens". */
const DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";
const PRIVILEGES = ["CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL"];

async function hostOf(surroundings: Surroundings): Promise<string | undefined> {
  const id = idOf(surroundings, `Microsoft.Databricks/workspaces/${surroundings.names.workspace}`);
  const workspace = await surroundings.azure.get<{ properties: { workspaceUrl?: string } }>(id, "2024-05-01");
  return workspace?.properties.workspaceUrl;
}

export const metastore: Check = {
  name: "metastore",
  run: async (surroundings) => {
    const { settings, credential, http } = surroundings;
    const host = await hostOf(surroundings);
    if (host === undefined)
      return unknown(
        `there is no workspace yet to ask: an account admin needs a metastore in ${settings.location} that new workspaces get, and grants the deployer ${PRIVILEGES.join(", ")} on it`,
      );
    const databricks = getClient(`https://${host}`, credential, { credentials: { scopes: [DATABRICKS] }, ...http });
    const ask = async <T>(path: string): Promise<T | undefined> => {
      const response = await databricks.pathUnchecked(path).get();
      if (response.status === "404") return undefined;
      if (response.status !== "200") throw createRestError(response);
      return response.body as T;
    };
    const summary = await ask<{ metastore_id: string; owner?: string }>("/api/2.1/unity-catalog/metastore_summary");
    if (!summary)
      return problem(`the workspace has no metastore: an account admin assigns one of ${settings.location} to it`);
    const me = await ask<{ userName: string; groups?: readonly { display: string }[] }>("/api/2.0/preview/scim/v2/Me");
    const principals = [
      "account users",
      ...(me ? [me.userName, ...(me.groups ?? []).map(({ display }) => display)] : []),
    ];
    if (principals.includes(summary.owner ?? "")) return ok(`${summary.owner} owns the metastore`);
    const permissions = `/api/2.1/unity-catalog/effective-permissions/metastore/${summary.metastore_id}`;
    const held = ((await ask<Permissions>(permissions))?.privilege_assignments ?? [])
      .filter(({ principal }) => principals.includes(principal))
      .flatMap(({ privileges }) => privileges.map(({ privilege }) => privilege));
    const missing = PRIVILEGES.filter((privilege) => !held.includes(privilege));
    if (missing.length === 0) return ok(`${me?.userName} has what the catalog needs`);
    return problem(`${me?.userName} has no ${missing.join(", ")} on the metastore: a metastore admin grants it`);
  },
};

interface Permissions {
  readonly privilege_assignments?: readonly {
    readonly principal: string;
    readonly privileges: readonly { readonly privilege: string }[];
  }[];
}

export const reachability: Check = {
  name: "reachability",
  run: async (surroundings) => {
    const { settings, names, resolve, answers } = surroundings;
    const { access, deployer, addressSpace } = settings.network;
    const host = await hostOf(surroundings);
    if (access === "public" || Array.isArray(deployer)) {
      const control = host ?? `${settings.location}.azuredatabricks.net`;
      if (!(await answers(control))) return problem(`${control} does not answer from here: see proxy and firewall`);
      return Array.isArray(deployer) && access === "private"
        ? unknown(
            `${control} answers; that this machine comes from ${deployer.join(", ")} shows when the databricks stack is deployed`,
          )
        : ok(`${control} answers`);
    }
    if (host === undefined)
      return unknown(
        "there is no endpoint yet to look for: after the foundation stack, run this again from inside the network",
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
    if (outside.length === 0) return ok("workspace and storage have addresses of the network from here");
    return problem(
      `no address in ${addressSpace} from here: ${outside.join(", ")}; stand inside the network, or join yours to it and link its DNS zones`,
    );
  },
};
