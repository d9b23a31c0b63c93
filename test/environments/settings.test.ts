import { EnvironmentError, validate } from "../../environments/load";

const valid = {
  name: "dev",
  location: "westeurope",
  project: "pdm",
  suffix: "x01",
  tags: { owner: "plant", costCenter: "4711" },
  state: { resourceGroupName: "rg-state", storageAccountName: "statex01", containerName: "tfstate" },
  network: {
    addressSpace: "10.0.0.0/20",
    publicSubnet: "10.0.0.0/24",
    privateSubnet: "10.0.1.0/24",
    endpointSubnet: "10.0.2.0/26",
    access: "public",
  },
  cluster: { nodeType: "Standard_D4ds_v5", minWorkers: 1, maxWorkers: 2 },
  training: { schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2 } },
  observability: { emails: ["operator@plant.example"], budget: { resourceGroup: 100, managedResourceGroup: 200 } },
};

/** The problems of `valid` with some properties of one group, or one property, replaced. */
function problems(change: Readonly<Record<string, unknown>>): readonly string[] {
  const merged: Record<string, unknown> = { ...valid };
  for (const [property, value] of Object.entries(change)) {
    const before = merged[property];
    merged[property] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
  try {
    validate({ dev: merged });
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message.split("\n  ").slice(1);
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

test("what is left out gets its documented default", () => {
  expect(validate({ dev: valid })).toEqual([
    {
      ...valid,
      network: { ...valid.network, rootStorageEndpoints: false, browserAuthentication: true },
      workspace: { sku: "premium" },
      cluster: {
        ...valid.cluster,
        runtime: "17.3.x-cpu-ml-scala2.13",
        autoTerminationMinutes: 10,
        spot: false,
        onDemandNodes: 1,
      },
      access: {},
      storage: { replication: "LRS", coolAfterDays: 90 },
      dataFactory: { workspaceContributor: true },
      data: { windowHours: 12, limits: {}, lookBackDays: 90, retentionDays: 30 },
      training: {
        schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2, minute: 0 },
        model: "RandomForest",
        horizonHours: 24,
      },
      scoring: { catchUpEveryHours: 6 },
      observability: {
        ...valid.observability,
        alerts: true,
        noScoringHours: 26,
        quarantineShare: 0.05,
        logRetentionDays: 30,
      },
      protect: true,
    },
  ]);
});

const names = "3 to 24 lower-case letters or digits";
const block = (largest: number, smallest: number) =>
  `an IPv4 block from /${largest} to /${smallest} without host bits, such as 10.0.0.0/${smallest}`;

test("a limit that is no number is refused", () => {
  expect(problems({ data: { limits: { volt: ["low", 260] } } })).toEqual([
    'dev.data.limits.volt.0 is "low"; allowed: a number from -10000 to 10000',
  ]);
});

const pair = "a pair of numbers from -10000 to 10000, the lower one first";

test.each<[string, Record<string, unknown>, string]>([
  [
    "a window that does not divide the spans of the features",
    { data: { windowHours: 24 } },
    "dev.data.windowHours is 24; allowed: hours of a window: 1, 3, 4, 6 or 12",
  ],
  [
    "limits the wrong way round",
    { data: { limits: { volt: [260, 95] } } },
    `dev.data.limits.volt is [260,95]; allowed: ${pair}`,
  ],
  ["one limit", { data: { limits: { volt: 260 } } }, `dev.data.limits.volt is 260; allowed: ${pair}`],
  [
    "a sensor that the plant has not",
    { data: { limits: { noise: [1, 2] } } },
    "dev.data.limits.noise is no setting; allowed: an object of volt, rotate, pressure, vibration",
  ],
  [
    "no look-back",
    { data: { lookBackDays: 0 } },
    "dev.data.lookBackDays is 0; allowed: a whole number of days from 1 to 3650",
  ],
  [
    "a retention that readers outlive",
    { data: { retentionDays: 1 } },
    "dev.data.retentionDays is 1; allowed: a whole number of days from 7 to 365",
  ],
  [
    "a name too long",
    { name: "production" },
    'dev.name is "production"; allowed: 2 to 8 lower-case letters or digits, a letter first',
  ],
  [
    "a project too long",
    { project: "predictivemaintenance" },
    'dev.project is "predictivemaintenance"; allowed: 2 to 20 lower-case letters or digits, a letter first',
  ],
  ["a suffix in capitals", { suffix: "ABC" }, 'dev.suffix is "ABC"; allowed: 3 to 6 lower-case letters or digits'],
  ["an unknown setting", { colour: 1 }, "dev.colour is no setting; allowed: an object of name, location, project"],
  [
    "a missing group",
    { state: undefined },
    "dev.state is missing; allowed: an object of resourceGroupName, storageAccountName, containerName",
  ],
  [
    "a storage name with a dash",
    { state: { storageAccountName: "pdm-state" } },
    `dev.state.storageAccountName is "pdm-state"; allowed: ${names}`,
  ],
  ["a storage name of 25", { state: { storageAccountName: "a".repeat(25) } }, `allowed: ${names}`],
  [
    "a group's name that ends with a dot",
    { state: { resourceGroupName: "rg." } },
    'dev.state.resourceGroupName is "rg."',
  ],
  ["a container with --", { state: { containerName: "tf--state" } }, 'dev.state.containerName is "tf--state"'],
  [
    "a tag's name",
    { tags: { "a/b": "x" } },
    'dev.tags.a/b is "x"; allowed: a name of 1 to 128 characters without < > % & \\ ? /',
  ],
  [
    "resources that nobody owns",
    { tags: { owner: undefined } },
    "dev.tags.owner is missing; allowed: a text of 1 to 256 characters",
  ],
  [
    "resources that nobody pays for",
    { tags: { costCenter: "" } },
    'dev.tags.costCenter is ""; allowed: a text of 1 to 256',
  ],
  ["no tags", { tags: undefined }, "dev.tags is missing; allowed: an object of texts, owner and costCenter among them"],
  [
    "the retired tier",
    { workspace: { sku: "standard" } },
    'dev.workspace.sku is "standard"; allowed: premium; Azure retired the standard tier',
  ],
  [
    "a runtime without long-term support",
    { cluster: { runtime: "17.0.x-cpu-ml-scala2.13" } },
    "allowed: one of 17.3.x-cpu-ml-scala2.13, 16.4.x-cpu-ml-scala2.12",
  ],
  [
    "a machine size",
    { cluster: { nodeType: "D4" } },
    'dev.cluster.nodeType is "D4"; allowed: an Azure machine size such as Standard_D4ds_v5',
  ],
  [
    "no workers",
    { cluster: { minWorkers: 0 } },
    "dev.cluster.minWorkers is 0; allowed: a whole number of workers from 1 to 100",
  ],
  [
    "half a worker",
    { cluster: { maxWorkers: 1.5 } },
    "dev.cluster.maxWorkers is 1.5; allowed: a whole number of workers from 1 to 100",
  ],
  [
    "fewer workers at most than at least",
    { cluster: { minWorkers: 3 } },
    "dev.cluster.minWorkers is 3; allowed: at most cluster.maxWorkers, which is 2",
  ],
  [
    "more machines in wait than the cluster can have",
    { cluster: { pool: { minIdleInstances: 4 } } },
    "dev.cluster.pool.minIdleInstances is 4; allowed: at most cluster.maxWorkers and a driver, which are 3",
  ],
  [
    "a pool of spot machines",
    { cluster: { pool: {}, spot: true } },
    "dev.cluster.spot is true; allowed: false beside cluster.pool",
  ],
  [
    "a driver that the pool does not have",
    { cluster: { pool: {}, driverNodeType: "Standard_E8ds_v5" } },
    'dev.cluster.driverNodeType is "Standard_E8ds_v5"; allowed: none beside cluster.pool, whose machines are all Standard_D4ds_v5',
  ],
  [
    "only spot machines",
    { cluster: { spot: true, onDemandNodes: 0 } },
    "dev.cluster.onDemandNodes is 0; allowed: a whole number of nodes from 1 to 101",
  ],
  [
    "an empty group",
    { access: { operators: "" } },
    'dev.access.operators is ""; allowed: the name of a group of the Databricks account',
  ],
  [
    "a group that Unity Catalog does not know",
    { access: { dataScientists: "users" } },
    'dev.access.dataScientists is "users"; allowed: the name of a group of the Databricks account, of 1 to 255 characters, not admins or users',
  ],
  [
    "one group for both",
    { access: { dataScientists: "plant", operators: "plant" } },
    'dev.access.operators is "plant"; allowed: another group than access.dataScientists',
  ],
  [
    "a name where Entra's id is needed",
    { access: { operatorsObjectId: "plant" } },
    'dev.access.operatorsObjectId is "plant"; allowed: the object id of a group in Entra',
  ],
  [
    "an issuer that is not https",
    { federation: { issuer: "http://tokens.example", deployer: ["a"], planner: ["b"] } },
    'dev.federation.issuer is "http://tokens.example"; allowed: an https address without a query',
  ],
  [
    "an empty subject",
    { federation: { issuer: "https://tokens.example", deployer: [""], planner: ["b"] } },
    'dev.federation.deployer.0 is ""; allowed: a subject of 1 to 600 characters',
  ],
  [
    "a pull request that deploys",
    { federation: { issuer: "https://tokens.example", deployer: ["a", "b"], planner: ["b"] } },
    'dev.federation.planner.0 is "b"; allowed: another one than federation.deployer.1: a subject stands for one identity',
  ],
  [
    "an identity that nobody can take",
    { federation: { issuer: "https://tokens.example", deployer: ["a"], planner: [] } },
    "dev.federation.planner is []; allowed: a list of at least one subject",
  ],
  [
    "stopping at once",
    { cluster: { autoTerminationMinutes: 0 } },
    "dev.cluster.autoTerminationMinutes is 0; allowed: a whole number of minutes from 10 to 10000",
  ],
  [
    "no CIDR",
    { network: { addressSpace: "10.0.0.0" } },
    `dev.network.addressSpace is "10.0.0.0"; allowed: ${block(16, 24)}`,
  ],
  [
    "host bits",
    { network: { publicSubnet: "10.0.0.1/24" } },
    `dev.network.publicSubnet is "10.0.0.1/24"; allowed: ${block(16, 26)}`,
  ],
  [
    "a subnet too small",
    { network: { privateSubnet: "10.0.1.0/27" } },
    `dev.network.privateSubnet is "10.0.1.0/27"; allowed: ${block(16, 26)}`,
  ],
  [
    "a subnet elsewhere",
    { network: { privateSubnet: "10.1.0.0/24" } },
    'dev.network.privateSubnet is "10.1.0.0/24"; allowed: a block inside the address space 10.0.0.0/20',
  ],
  [
    "subnets that overlap",
    { network: { privateSubnet: "10.0.0.0/23" } },
    "allowed: a block that does not overlap publicSubnet, which is 10.0.0.0/24",
  ],
  [
    "endpoints among the cluster's machines",
    { network: { endpointSubnet: "10.0.1.128/27" } },
    'dev.network.endpointSubnet is "10.0.1.128/27"; allowed: a block that does not overlap privateSubnet, which is 10.0.1.0/24',
  ],
  [
    "too small a place for endpoints",
    { network: { endpointSubnet: "10.0.2.0/28" } },
    `dev.network.endpointSubnet is "10.0.2.0/28"; allowed: ${block(16, 27)}`,
  ],
  [
    "an access that Azure does not know",
    { network: { access: "open" } },
    'dev.network.access is "open"; allowed: one of public, private',
  ],
  [
    "private access without a place for the deployer",
    { network: { access: "private" } },
    'dev.network.deployer is missing; allowed: "inside", or a list of public IPv4 addresses such as 203.0.113.7 or of their blocks, where network.access is private',
  ],
  [
    "no decision about access, which is private by default",
    { network: { access: undefined } },
    "dev.network.deployer is missing",
  ],
  [
    "a deployer nowhere",
    { network: { access: "private", deployer: [] } },
    'dev.network.deployer is []; allowed: "inside", or a list of public IPv4 addresses',
  ],
  [
    "a deployer somewhere",
    { network: { access: "private", deployer: "outside" } },
    'dev.network.deployer is "outside"; allowed: "inside", or a list of public IPv4 addresses',
  ],
  [
    "a private address as the deployer's public one",
    { network: { access: "private", deployer: ["203.0.113.7", "10.1.2.3"] } },
    'dev.network.deployer.1 is "10.1.2.3"; allowed: a public IPv4 address such as 203.0.113.7, or a block from /8 to /30',
  ],
  [
    "a block that the storage firewall refuses",
    { network: { access: "private", deployer: ["203.0.113.6/31"] } },
    'dev.network.deployer.0 is "203.0.113.6/31"; allowed: a public IPv4 address',
  ],
  [
    "more nodes than addresses",
    { network: { publicSubnet: "10.0.3.0/26" }, cluster: { maxWorkers: 59 } },
    "dev.cluster.maxWorkers is 59; allowed: at most 58 workers and a driver in network.publicSubnet",
  ],
  [
    "a frequency",
    { training: { schedule: { frequency: "Year" } } },
    "allowed: an object whose frequency is Day, Week or Month",
  ],
  [
    "an hour",
    { training: { schedule: { frequency: "Day", hour: 24 } } },
    "dev.training.schedule.hour is 24; allowed: a whole number of hours from 0 to 23",
  ],
  [
    "no week day",
    { training: { schedule: { frequency: "Week", hour: 1, weekDays: [] } } },
    "dev.training.schedule.weekDays is []; allowed: at least one week day",
  ],
  [
    "a month day some months lack",
    { training: { schedule: { frequency: "Month", hour: 1, monthDay: 31 } } },
    "dev.training.schedule.monthDay is 31; allowed: a whole number of days from 1 to 28",
  ],
  [
    "half a window ahead",
    { training: { horizonHours: 18 } },
    "dev.training.horizonHours is 18; allowed: a multiple of 12 hours, from 12 to 168",
  ],
  [
    "hours that drift through the day",
    { scoring: { catchUpEveryHours: 5 } },
    "dev.scoring.catchUpEveryHours is 5; allowed: hours that divide the day: 1, 2, 3, 4, 6, 8, 12 or 24",
  ],
  [
    "alerts that write to nobody",
    { observability: { emails: [] } },
    "dev.observability.emails is []; allowed: at least one e-mail address where observability.alerts is true",
  ],
  [
    "alerts that name nobody",
    { observability: { emails: undefined } },
    "dev.observability.emails is missing; allowed: at least one e-mail address where observability.alerts is true",
  ],
  [
    "an address that is none",
    { observability: { emails: ["operator"] } },
    'dev.observability.emails.0 is "operator"; allowed: an e-mail address',
  ],
  [
    "an address twice",
    { observability: { emails: ["a@b.example", "a@b.example"] } },
    "allowed: a list of e-mail addresses, each once",
  ],
  [
    "an alert sooner than the next run",
    { observability: { noScoringHours: 6 } },
    "dev.observability.noScoringHours is 6; allowed: more than scoring.catchUpEveryHours, which is 6",
  ],
  [
    "an alert that looks back too far",
    { observability: { noScoringHours: 48 } },
    "dev.observability.noScoringHours is 48; allowed: a whole number of hours from 2 to 47",
  ],
  [
    "a share in per cent",
    { observability: { quarantineShare: 5 } },
    "dev.observability.quarantineShare is 5; allowed: a share from 0 to below 1",
  ],
  [
    "logs of a week",
    { observability: { logRetentionDays: 7 } },
    "dev.observability.logRetentionDays is 7; allowed: a whole number of days from 30 to 730",
  ],
  [
    "a budget of zero",
    { observability: { budget: { resourceGroup: 0, managedResourceGroup: 200 } } },
    "dev.observability.budget.resourceGroup is 0; allowed: an amount above 0 for a month, in the currency of the subscription",
  ],
  [
    "no budget of the machines",
    { observability: { budget: { resourceGroup: 100 } } },
    "dev.observability.budget.managedResourceGroup is missing; allowed: an amount above 0",
  ],
  [
    "raw files that cool at once",
    { storage: { coolAfterDays: 1 } },
    "dev.storage.coolAfterDays is 1; allowed: a whole number of days from 30 to 3650",
  ],
  [
    "an archive of files that are still looked for",
    { storage: { archiveAfterDays: 100 }, data: { lookBackDays: 200 } },
    "dev.storage.archiveAfterDays is 100; allowed: more than storage.coolAfterDays and data.lookBackDays, which are 90 and 200",
  ],
  [
    "an archive in a redundancy that has none",
    { storage: { archiveAfterDays: 400, replication: "GZRS" } },
    "dev.storage.archiveAfterDays is 400; allowed: none with GZRS: Azure archives in LRS, GRS and RAGRS only",
  ],
  ["a region", { location: "mars" }, 'dev.location is "mars"; allowed: one of australiaeast, '],
  ["protection in words", { protect: "yes" }, 'dev.protect is "yes"; allowed: true or false'],
])("refuses %s", (_, change, message) => {
  const found = problems(change);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(message);
});

test("owner and cost centre are mandatory, each told by itself", () => {
  expect(() => validate({ dev: { ...valid, tags: { team: "plant" } } })).toThrow(
    /dev\.tags\.owner is missing; .*\n.*dev\.tags\.costCenter is missing; allowed: a text of 1 to 256 characters$/,
  );
});

test("without alerts nobody need be named", () => {
  expect(problems({ observability: { alerts: false, emails: [] } })).toEqual([]);
});

test("one wrong property hides no other, not even a rule across properties", () => {
  expect(problems({ name: 7, cluster: { minWorkers: 5, nodeType: null }, network: { privateSubnet: "x" } })).toEqual([
    "dev.name is 7; allowed: 2 to 8 lower-case letters or digits, a letter first",
    `dev.network.privateSubnet is "x"; allowed: ${block(16, 26)}`,
    "dev.cluster.nodeType is null; allowed: an Azure machine size such as Standard_D4ds_v5",
    "dev.cluster.minWorkers is 5; allowed: at most cluster.maxWorkers, which is 2",
  ]);
});
