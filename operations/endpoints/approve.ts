import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import type { ResourceManager } from "../resource-manager";
import { waitUntil, type Patience } from "../wait";

const WORKSPACES = "2024-05-01";
const FACTORIES = "2018-06-01";

export type EndpointAction = "approve" | "status";

export interface EndpointProps {
  readonly azure: ResourceManager;
  readonly resourceGroup: string;
  readonly workspace: string;
  readonly factory: string;
  /** Name of the endpoint in the factory's managed network. */
  readonly endpoint: string;
  readonly patience: Patience;
}

/** All that Azure says of it, which is sent back. */
const connection = z.object({
  id: z.string(),
  properties: z.looseObject({
    privateEndpoint: z.looseObject({ id: z.string().nullish() }).nullish(),
    privateLinkServiceConnectionState: z.object({ status: z.string() }),
  }),
});

type Connection = z.infer<typeof connection>;

const managedEndpoint = z.object({
  properties: z.object({ connectionState: z.object({ status: z.string().nullish() }).nullish() }),
});

/**
 * Approves the way from the factory's managed network into the workspace, which Terraform can ask for but not grant, and reads both sides
 * back. Connections of anybody else are left alone. Throws `UserError` unless both sides are approved at the end.
 */
export async function operateEndpoint(action: EndpointAction, props: EndpointProps): Promise<void> {
  const { azure, workspace, factory, endpoint, patience } = props;
  if (action === "approve") {
    const pending = await connectionOf(props);
    if (pending === undefined)
      throw new UserError(
        `the workspace ${workspace} shows no connection from ${factory}.${endpoint}: deploy the data-factory stack, and ask again some minutes later`,
      );
    if (statusOf(pending) !== "Approved") {
      console.log(`${workspace}: approving the connection from ${factory}.${endpoint}`);
      await azure.put(pending.id, WORKSPACES, {
        properties: {
          ...pending.properties,
          privateLinkServiceConnectionState: { status: "Approved", description: "The environment's own factory" },
        },
      });
    }
    await waitUntil("the connection on the workspace", patience, () => workspaceSide(props), "Approved");
    await waitUntil("the endpoint in the factory", patience, () => factorySide(props), "Approved");
  }
  const sides = { [workspace]: await workspaceSide(props), [factory]: await factorySide(props) };
  for (const [side, status] of Object.entries(sides)) console.log(`${side}: ${status}`);
  if (Object.values(sides).some((status) => status !== "Approved"))
    throw new UserError(`not approved: npm run endpoints -- approve`);
}

const statusOf = ({ properties }: Connection): string => properties.privateLinkServiceConnectionState.status;

const workspaceSide = async (props: EndpointProps): Promise<string> => {
  const found = await connectionOf(props);
  return found ? statusOf(found) : "missing";
};

async function factorySide({ azure, resourceGroup, factory, endpoint }: EndpointProps): Promise<string> {
  const id = `${groupId(azure, resourceGroup)}/providers/Microsoft.DataFactory/factories/${factory}/managedVirtualNetworks/default/managedPrivateEndpoints/${endpoint}`;
  const found = await azure.get(id, FACTORIES, managedEndpoint);
  return found ? (found.properties.connectionState?.status ?? "Unknown") : "missing";
}

/** Azure makes the endpoint in a subscription of its own, and names it after the factory and the endpoint. */
async function connectionOf(props: EndpointProps): Promise<Connection | undefined> {
  const { azure, resourceGroup, workspace, factory, endpoint } = props;
  const id = `${groupId(azure, resourceGroup)}/providers/Microsoft.Databricks/workspaces/${workspace}`;
  const connections = await azure.list(`${id}/privateEndpointConnections`, WORKSPACES, connection);
  if (connections === undefined)
    throw new UserError(
      `there is no workspace ${workspace} in ${resourceGroup}: deploy the environment's stacks first`,
    );
  return connections.find(({ properties }) => properties.privateEndpoint?.id?.endsWith(`/${factory}.${endpoint}`));
}

const groupId = ({ subscriptionId }: ResourceManager, group: string): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${group}`;
