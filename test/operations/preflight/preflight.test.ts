import { namesOf } from "../../../environments/naming";
import { RESOURCE_PROVIDERS } from "../../../components/resource-providers";
import { load } from "../../../environments/load";
import type { EnvironmentSettings } from "../../../environments/settings/settings";
import { budgets } from "../../../operations/preflight/budgets";
import { nodeTypes, quota } from "../../../operations/preflight/capacity";
import type { Check, Finding, Surroundings } from "../../../operations/preflight/check";
import { groups } from "../../../operations/preflight/groups";
import { factoryName, managedGroup, storageName } from "../../../operations/preflight/names";
import { permissions, states } from "../../../operations/preflight/permissions";
import { checks, preflight } from "../../../operations/preflight/preflight";
import { registrations, subscription } from "../../../operations/preflight/subscription";
import { signIns } from "../../../operations/preflight/sign-in";
import { metastore, reachability } from "../../../operations/preflight/workspace";
import { AzureService } from "../azure-service";

const dev = load("dev");
const names = namesOf(dev);
const S = "/subscriptions/S";
const GROUP = `${S}/resourceGroups/${names.resourceGroup}`;
const CONTAINER = `${S}/resourceGroups/rg-pdm-dev-state/providers/Microsoft.Storage/storageAccounts/pdmdevstated01/blobServices/default/containers/tfstate`;
const COMPUTE = `${S}/providers/Microsoft.Compute`;
const WORKSPACE = `${GROUP}/providers/Microsoft.Databricks/workspaces/${names.workspace}`;

const size = {
  name: "Standard_D4ds_v5",
  resourceType: "virtualMachines",
  family: "standardDDSv5Family",
  capabilities: [{ name: "vCPUs", value: "4" }],
  restrictions: [],
};
const usage = (value: string, currentValue: number, limit: number) => ({ name: { value }, currentValue, limit });
const usages = [usage("cores", 0, 20), usage("standardDDSv5Family", 4, 16), usage("lowPriorityCores", 0, 8)];
const owner = { actions: ["*"], notActions: [], dataActions: [], notDataActions: [] };
const writer = {
  actions: [],
  notActions: [],
  dataActions: ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"],
};

/** A subscription in which nothing is in the way of a first deployment. */
function ready(): AzureService {
  return new AzureService({
    [`GET ${S}`]: () => ({ displayName: "plant", state: "Enabled" }),
    [`GET ${S}/providers`]: () => ({
      value: RESOURCE_PROVIDERS.map((namespace) => ({
        namespace,
        registrationState: "Registered",
      })),
    }),
    [`GET ${S}/providers/Microsoft.Authorization/permissions`]: () => ({ value: [owner] }),
    [`GET ${CONTAINER}`]: () => ({}),
    [`GET ${CONTAINER}/providers/Microsoft.Authorization/permissions`]: () => ({ value: [writer] }),
    [`GET ${COMPUTE}/skus`]: () => ({ value: [size] }),
    [`GET ${COMPUTE}/locations/westeurope/usages`]: () => ({ value: usages }),
    [`GET ${S}/providers/Microsoft.Consumption/budgets`]: () => ({ value: [] }),
    [`POST ${S}/providers/Microsoft.Storage/checkNameAvailability`]: () => ({ nameAvailable: true }),
  });
}

function surroundings(azure: AzureService, change: Partial<Surroundings> = {}): Surroundings {
  return {
    settings: dev,
    names,
    azure: azure.manager,
    credential: { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) },
    variables: {},
    resolve: () => Promise.resolve(["20.1.2.3"]),
    answers: () => Promise.resolve(true),
    ...change,
  };
}

async function find(
  check: Check,
  answers: AzureService["answers"] = {},
  settings: EnvironmentSettings = dev,
): Promise<Finding> {
  const azure = ready();
  Object.assign(azure.answers, answers);
  return check.run(surroundings(azure, { settings }));
}

describe("a subscription that is ready", () => {
  test.each(checks)("$name is no problem", async (check) => {
    expect((await find(check)).state).toBe([factoryName, metastore].includes(check) ? "unknown" : "ok");
  });
});

test.each<[string, Check, AzureService["answers"], string]>([
  ["a subscription of somebody else", subscription, { [`GET ${S}`]: () => 404 }, "there is no subscription S"],
  [
    "one that is not paid",
    subscription,
    { [`GET ${S}`]: () => ({ displayName: "plant", state: "Warned" }) },
    "plant is Warned",
  ],
  [
    "a provider that nobody registered",
    registrations,
    {
      [`GET ${S}/providers`]: () => ({
        value: [{ namespace: "Microsoft.EventGrid", registrationState: "NotRegistered" }],
      }),
    },
    "Microsoft.EventGrid",
  ],
  [
    "a Contributor, who gives no roles",
    permissions,
    {
      [`GET ${S}/providers/Microsoft.Authorization/permissions`]: () => ({
        value: [{ actions: ["*"], notActions: ["Microsoft.Authorization/*/Write"] }],
      }),
    },
    "missing on the subscription: Microsoft.Authorization/roleAssignments/write",
  ],
  [
    "a Role Based Access Control Administrator, who makes no roles",
    permissions,
    {
      [`GET ${S}/providers/Microsoft.Authorization/permissions`]: () => ({
        value: [{ actions: ["*"], notActions: ["Microsoft.Authorization/roleDefinitions/*"] }],
      }),
    },
    "missing on the subscription: Microsoft.Authorization/roleDefinitions/write",
  ],
  ["no state account", states, { [`GET ${CONTAINER}`]: () => 404 }, "npm run bootstrap -- --environment dev"],
  [
    "a state account that cannot be written to",
    states,
    { [`GET ${CONTAINER}/providers/Microsoft.Authorization/permissions`]: () => ({ value: [owner] }) },
    "Storage Blob Data Contributor is missing on pdmdevstated01/tfstate",
  ],
  [
    "a size that the region has not",
    nodeTypes,
    { [`GET ${COMPUTE}/skus`]: () => ({ value: [] }) },
    "westeurope has no Standard_D4ds_v5",
  ],
  [
    "a size that the subscription may not have",
    nodeTypes,
    {
      [`GET ${COMPUTE}/skus`]: () => ({
        value: [{ ...size, restrictions: [{ type: "Location", reasonCode: "NotAvailableForSubscription" }] }],
      }),
    },
    "NotAvailableForSubscription",
  ],
  [
    "too few cores of the family",
    quota,
    {
      [`GET ${COMPUTE}/locations/westeurope/usages`]: () => ({
        value: [usages[0], usage("standardDDSv5Family", 8, 16)],
      }),
    },
    "standardDDSv5Family: 12 needed, 8 of 16 free",
  ],
  [
    "a name that somebody has",
    storageName,
    {
      [`POST ${S}/providers/Microsoft.Storage/checkNameAvailability`]: () => ({
        nameAvailable: false,
        message: "taken by another",
      }),
    },
    "stpdmdevd01: taken by another; choose another suffix",
  ],
  [
    "an offer without budgets",
    budgets,
    { [`GET ${S}/providers/Microsoft.Consumption/budgets`]: () => 422 },
    "set observability.budget.enabled to false",
  ],
  [
    "a managed group that is left over",
    managedGroup,
    { [`GET ${S}/resourceGroups/${names.managedResourceGroup}`]: () => ({}) },
    "exists and is not the workspace's",
  ],
])("%s is a problem that says what to do", async (_, check, answers, text) => {
  const finding = await find(check, answers);
  expect(finding.state).toBe("problem");
  expect(finding.text).toContain(text);
});

test("who may not see budgets is told that, not that the offer has none", async () => {
  const answers = { [`GET ${S}/providers/Microsoft.Consumption/budgets`]: () => 403 };
  await expect(find(budgets, answers)).rejects.toMatchObject({ statusCode: 403 });
});

test("budgets that are not made are not asked for", async () => {
  const answers = { [`GET ${S}/providers/Microsoft.Consumption/budgets`]: () => 422 };
  const budget = { ...dev.observability.budget, enabled: false };
  const settings = { ...dev, observability: { ...dev.observability, budget } };
  expect(await find(budgets, answers, settings)).toEqual({ state: "ok", text: "none are made" });
});

test("another sign-in to Databricks than Azure's is a problem, and its value is not told", async () => {
  const variables = { DATABRICKS_TOKEN: "dapi1", DATABRICKS_HOST: "https://adb-1.2.azuredatabricks.net" };
  expect(await signIns.run(surroundings(ready(), { variables }))).toEqual({
    state: "problem",
    text: "Databricks' provider refuses DATABRICKS_TOKEN beside Azure's sign-in: unset DATABRICKS_TOKEN",
  });
});

test("what exists and is the environment's own is no problem", async () => {
  const exists = {
    [`GET ${GROUP}/providers/Microsoft.Storage/storageAccounts/${names.storageAccount}`]: () => ({}),
    [`GET ${GROUP}/providers/Microsoft.DataFactory/factories/${names.dataFactory}`]: () => ({}),
    [`GET ${S}/resourceGroups/${names.managedResourceGroup}`]: () => ({ managedBy: WORKSPACE.toUpperCase() }),
  };
  for (const check of [storageName, factoryName, managedGroup]) expect((await find(check, exists)).state).toBe("ok");
});

test("spot machines are counted where Azure counts them", async () => {
  const settings = { ...dev, cluster: { ...dev.cluster, spot: true } };
  expect(await find(quota, {}, settings)).toEqual({
    state: "ok",
    text: "standardDDSv5Family 4, cores 4, lowPriorityCores 8",
  });
});

test("locks are asked for only where the environment has some", async () => {
  const answers = {
    [`GET ${S}/providers/Microsoft.Authorization/permissions`]: () => ({
      value: [{ actions: ["*"], notActions: ["Microsoft.Authorization/locks/*"] }],
    }),
  };
  expect((await find(permissions, answers)).state).toBe("ok");
  expect((await find(permissions, answers, { ...dev, protect: true })).text).toContain(
    "Microsoft.Authorization/locks/write",
  );
});

describe("the groups that access names", () => {
  const settings: EnvironmentSettings = {
    ...dev,
    access: { ...dev.access, dataScientists: "science", operators: "shift" },
  };
  const inWorkspace = (...found: readonly object[]) => {
    const azure = ready();
    Object.assign(azure.answers, {
      [`GET ${WORKSPACE}`]: () => ({ properties: { workspaceUrl: "adb-1.2.azuredatabricks.net" } }),
      "GET /api/2.0/preview/scim/v2/Groups": () => ({ Resources: found }),
    });
    return groups.run(surroundings(azure, { settings, http: { httpClient: azure } }));
  };
  const group = (displayName: string, resourceType = "Group") => ({ displayName, meta: { resourceType } });

  test("are fine where the workspace knows them as groups of the account", async () => {
    expect(await inWorkspace(group("science"), group("shift"))).toEqual({
      state: "ok",
      text: 'the workspace knows access.dataScientists "science", access.operators "shift"',
    });
  });

  test("are a problem where it does not, and where one is local to it", async () => {
    expect(await inWorkspace(group("Science"), group("shift", "WorkspaceGroup"))).toEqual({
      state: "problem",
      text:
        'access.dataScientists is "science", which is not in the workspace: an account admin must assign that group to it; ' +
        'access.operators is "shift", a workspace-local group, which cannot hold grants of the catalog: name a group of the account',
    });
  });

  test("are unknown while there is no workspace", async () => {
    expect(await groups.run(surroundings(ready(), { settings }))).toMatchObject({ state: "unknown" });
  });
});

describe("the metastore of a workspace that is there", () => {
  const UNITY = "GET /api/2.1/unity-catalog";
  const inWorkspace = (answers: AzureService["answers"]) => {
    const azure = ready();
    Object.assign(azure.answers, answers, {
      [`GET ${WORKSPACE}`]: () => ({ properties: { workspaceUrl: "adb-1.2.azuredatabricks.net" } }),
      "GET /api/2.0/preview/scim/v2/Me": () => ({ userName: "deployer", groups: [{ display: "platform" }] }),
    });
    return metastore.run(surroundings(azure, { http: { httpClient: azure } }));
  };
  const summary = { [`${UNITY}/metastore_summary`]: () => ({ metastore_id: "m", owner: "metastore admins" }) };
  const granted = (principal: string, ...privileges: readonly string[]) => ({
    [`${UNITY}/effective-permissions/metastore/m`]: () => ({
      privilege_assignments: [{ principal, privileges: privileges.map((privilege) => ({ privilege })) }],
    }),
  });
  const all = ["CREATE_CATALOG", "CREATE_EXTERNAL_LOCATION", "CREATE_STORAGE_CREDENTIAL"];

  test("none is a problem for an account admin", async () => {
    expect((await inWorkspace({})).text).toContain("the workspace has no metastore: an account admin assigns one");
  });

  test.each(["deployer", "platform", "account users"])("the privileges of %s are the deployer's", async (principal) => {
    expect((await inWorkspace({ ...summary, ...granted(principal, ...all) })).state).toBe("ok");
  });

  test("whoever owns it needs no grant", async () => {
    const owned = { [`${UNITY}/metastore_summary`]: () => ({ metastore_id: "m", owner: "platform" }) };
    expect((await inWorkspace(owned)).state).toBe("ok");
  });

  test("a missing privilege is named", async () => {
    expect(await inWorkspace({ ...summary, ...granted("deployer", "CREATE_CATALOG") })).toEqual({
      state: "problem",
      text: "deployer has no CREATE_EXTERNAL_LOCATION, CREATE_STORAGE_CREDENTIAL on the metastore: a metastore admin grants it",
    });
  });
});

test("a control plane that does not answer from here is a problem", async () => {
  const found = await reachability.run(surroundings(ready(), { answers: () => Promise.resolve(false) }));
  expect(found).toEqual({
    state: "problem",
    text: "westeurope.azuredatabricks.net does not answer from here: see proxy and firewall",
  });
});

describe("reachability of a private environment from inside", () => {
  const settings: EnvironmentSettings = { ...dev, network: { ...dev.network, access: "private", deployer: "inside" } };
  const from = (address: string) => {
    const azure = ready();
    azure.answers[`GET ${WORKSPACE}`] = () => ({ properties: { workspaceUrl: "adb-1.2.azuredatabricks.net" } });
    return reachability.run(surroundings(azure, { settings, resolve: () => Promise.resolve([address]) }));
  };

  test("names that lead to public addresses are a problem", async () => {
    expect(await from("20.1.2.3")).toMatchObject({
      state: "problem",
      text: expect.stringContaining("adb-1.2.azuredatabricks.net, stpdmdevd01.blob.core.windows.net"),
    });
  });

  test("names that lead into the network are not", async () => {
    expect((await from("10.10.2.5")).state).toBe("ok");
  });

  test("before there is an endpoint nobody knows", async () => {
    expect((await find(reachability, {}, settings)).state).toBe("unknown");
  });
});

test("every check runs and is told in one line, also after one that Azure refuses to answer", async () => {
  const lines: string[] = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  const azure = ready();
  azure.answers[`GET ${S}/providers`] = () => 403;
  expect(await preflight(surroundings(azure))).toBe(1);
  expect(lines).toHaveLength(checks.length);
  expect(lines[2]).toMatch(/^problem {2}resource providers {2}the role that allows this is missing: GET/);
  expect(lines[3]).toMatch(/^ok {7}permissions /);
  jest.restoreAllMocks();
});

test("requests that Azure puts off are sent again", async () => {
  const azure = ready();
  azure.refuseNext(429, 500);
  expect((await subscription.run(surroundings(azure))).state).toBe("ok");
});

test("a list of several pages is read to its end", async () => {
  const page = { value: [], nextLink: `https://management.azure.com${COMPUTE}/more?$skiptoken=2` };
  const answers = { [`GET ${COMPUTE}/skus`]: () => page, [`GET ${COMPUTE}/more`]: () => ({ value: [size] }) };
  expect((await find(nodeTypes, answers)).state).toBe("ok");
});

test("an answer of Azure that is not as expected is a problem that says where", async () => {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const azure = ready();
  azure.answers[`GET ${S}`] = () => ({ displayName: "plant" });
  expect(await preflight(surroundings(azure), [subscription])).toBe(1);
  expect(log.mock.calls.join()).toContain(`Azure's answer about ${S}: state: `);
  jest.restoreAllMocks();
});

test("what Azure offers besides machines may lack what they have", async () => {
  const disk = { name: "Premium_LRS", resourceType: "disks", restrictions: null };
  expect((await find(nodeTypes, { [`GET ${COMPUTE}/skus`]: () => ({ value: [disk, size] }) })).state).toBe("ok");
});
