import { createRestError, getClient, type Client, type ClientOptions } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/identity";
import { z } from "zod";
import { checked } from "../command-line/json";
import type { Names } from "../environments/naming";
import type { ResourceManager } from "./resource-manager";

/** Azure Databricks itself, for which Entra gives tokens. Source: Databricks, "Get Microsoft Entra ID tokens". */
export const DATABRICKS = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";

const me = z.object({
  userName: z.string(),
  groups: z.array(z.object({ display: z.string().nullish() })).nullish(),
});

/** Who is signed in, as the workspace knows them. */
export type Me = z.infer<typeof me>;

const workspaceGroup = z.object({
  displayName: z.string(),
  /** `Group`: of the account; `WorkspaceGroup`: of this workspace alone. */
  meta: z.object({ resourceType: z.string().nullish() }).nullish(),
});

export type WorkspaceGroup = z.infer<typeof workspaceGroup>;

const groupList = z.object({ Resources: z.array(workspaceGroup).nullish() });

const deployedWorkspace = z.object({ properties: z.object({ workspaceUrl: z.string().nullish() }) });

/** The host name of an environment's workspace; nothing while there is none. */
export async function hostOf(azure: ResourceManager, names: Names): Promise<string | undefined> {
  const group = `/subscriptions/${azure.subscriptionId}/resourceGroups/${names.resourceGroup}`;
  const id = `${group}/providers/Microsoft.Databricks/workspaces/${names.workspace}`;
  const workspace = await azure.get(id, "2024-05-01", deployedWorkspace);
  return workspace?.properties.workspaceUrl ?? undefined;
}

/** The REST interface of a workspace; answers that are errors are thrown as `RestError`. */
export class Workspace {
  private readonly client: Client;

  constructor(host: string, credential: TokenCredential, options: ClientOptions = {}) {
    this.client = getClient(`https://${host}`, credential, { credentials: { scopes: [DATABRICKS] }, ...options });
  }

  /** What is at a path; nothing where the workspace has none of it. */
  async get<T>(
    path: string,
    shape: z.ZodType<T>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<T | undefined> {
    const response = await this.client.pathUnchecked(path).get({ queryParameters: query });
    if (response.status === "404") return undefined;
    if (response.status !== "200") throw createRestError(response);
    return checked(`the workspace's answer about ${path}`, shape, response.body);
  }

  /** The group that a name means here; nothing where the workspace has none of that name. */
  async group(name: string): Promise<WorkspaceGroup | undefined> {
    const filter = `displayName eq ${JSON.stringify(name)}`;
    const found = await this.get("/api/2.0/preview/scim/v2/Groups", groupList, { filter });
    return found?.Resources?.find(({ displayName }) => displayName === name);
  }

  me(): Promise<Me | undefined> {
    return this.get("/api/2.0/preview/scim/v2/Me", me);
  }
}
