import { operateEndpoint, type EndpointAction } from "../../../operations/endpoints/approve";
import { AzureService } from "../azure-service";

const GROUP = "/subscriptions/S/resourceGroups/rg/providers";
const CONNECTIONS = `${GROUP}/Microsoft.Databricks/workspaces/dbw/privateEndpointConnections`;
const ENDPOINT = `${GROUP}/Microsoft.DataFactory/factories/adf/managedVirtualNetworks/default/managedPrivateEndpoints/databricks`;

beforeEach(() => jest.spyOn(console, "log").mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

/** A workspace with a connection of the factory and one of somebody else, both waiting. */
function service(): AzureService {
  const status: Record<string, string> = { ours: "Pending", theirs: "Pending" };
  const connection = (name: string, from: string) => ({
    id: `${CONNECTIONS}/${name}`,
    properties: {
      privateEndpoint: { id: `/subscriptions/M/resourceGroups/v/providers/Microsoft.Network/privateEndpoints/${from}` },
      privateLinkServiceConnectionState: { status: status[name] },
    },
  });
  return new AzureService({
    [`GET ${CONNECTIONS}`]: () => ({
      value: [connection("theirs", "other.databricks"), connection("ours", "adf.databricks")],
    }),
    [`PUT ${CONNECTIONS}/ours`]: (body) => {
      status["ours"] = (
        body as { properties: { privateLinkServiceConnectionState: { status: string } } }
      ).properties.privateLinkServiceConnectionState.status;
      return connection("ours", "adf.databricks");
    },
    [`GET ${ENDPOINT}`]: () => ({ properties: { connectionState: { status: status["ours"] } } }),
  });
}

const operate = (action: EndpointAction, azure: AzureService) =>
  operateEndpoint(action, {
    azure: azure.manager,
    resourceGroup: "rg",
    workspace: "dbw",
    factory: "adf",
    endpoint: "databricks",
    patience: { timeout: 30, interval: 1 },
  });

test("approve approves the factory's own connection, and nobody else's", async () => {
  const azure = service();
  await operate("approve", azure);
  expect(azure.changes).toEqual([`PUT ${CONNECTIONS}/ours`]);
  await operate("status", azure);
});

test("approve changes nothing that is approved", async () => {
  const azure = service();
  await operate("approve", azure);
  await operate("approve", azure);
  expect(azure.changes).toHaveLength(1);
});

test("requests that Azure puts off are sent again", async () => {
  const azure = service();
  azure.refuseNext(429, 500);
  await operate("approve", azure);
  expect(azure.changes.at(-1)).toBe(`PUT ${CONNECTIONS}/ours`);
});

test("status is an error while it waits", async () => {
  await expect(operate("status", service())).rejects.toThrow("not approved: npm run endpoints -- approve");
});

test("an approval that does not reach the factory is an error", async () => {
  const azure = service();
  azure.answers[`GET ${ENDPOINT}`] = () => ({ properties: { connectionState: { status: "Pending" } } });
  await expect(operate("approve", azure)).rejects.toThrow("the endpoint in the factory is still Pending");
});

test("a factory that has not asked yet, and a workspace that is not there, are told apart", async () => {
  const azure = service();
  azure.answers[`GET ${CONNECTIONS}`] = () => ({ value: [] });
  await expect(operate("approve", azure)).rejects.toThrow("shows no connection from adf.databricks");
  Reflect.deleteProperty(azure.answers, `GET ${CONNECTIONS}`);
  await expect(operate("approve", azure)).rejects.toThrow("there is no workspace dbw in rg");
});
