import { validate } from "../../../environments/load";
import { anIPv4Block, problems, refuses, valid } from "../refusals";

const usual = { failure: 10_000, intervention: 2_000, inspection: 1_000 };

test("what is left out gets its documented default", () => {
  expect(validate({ dev: valid })).toEqual([
    {
      ...valid,
      policyTags: [],
      network: { ...valid.network, rootStorageEndpoints: true, browserAuthentication: true },
      workspace: { sku: "premium" },
      cluster: {
        ...valid.cluster,
        runtime: "17.3.x-cpu-ml-scala2.13",
        autoTerminationMinutes: 10,
        spot: false,
        onDemandNodes: 1,
      },
      access: { producers: [] },
      storage: { replication: "LRS", coolAfterDays: 90 },
      dataFactory: { workspaceContributor: true },
      data: { windowHours: 12, limits: {}, lookBackDays: 90, aheadHours: 24, retentionDays: 30 },
      training: {
        schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2, minute: 0 },
        model: "RandomForest",
        horizonHours: 24,
      },
      costs: { comp1: usual, comp2: usual, comp3: usual, comp4: usual },
      scoring: { catchUpEveryHours: 6, gatherSeconds: 15 },
      observability: {
        ...valid.observability,
        alerts: true,
        budget: { ...valid.observability.budget, enabled: true },
        noScoringHours: 26,
        quarantineShare: 0.05,
        freshnessMinutes: 120,
        logRetentionDays: 30,
      },
      protect: true,
    },
  ]);
});

const names = "3 to 24 lower-case letters or digits";

refuses([
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
  [
    "an unknown setting",
    { colour: 1 },
    "dev.colour is not a setting; allowed: an object of name, promotedAfter, location",
  ],
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
    "a policy's tag that the environment sets itself",
    { policyTags: ["created", "Owner"] },
    'dev.policyTags.1 is "Owner"; allowed: a tag that the environment does not set itself',
  ],
  [
    "a policy's tag that Terraform could not name",
    { policyTags: ['a"b'] },
    'dev.policyTags.0 is "a\\"b"; allowed: a name of 1 to 128 characters without < > % & \\ ? / "',
  ],
  ["a region", { location: "mars" }, 'dev.location is "mars"; allowed: one of australiaeast, '],
  ["protection in words", { protect: "yes" }, 'dev.protect is "yes"; allowed: true or false'],
]);

test("owner and cost centre are mandatory, each told by itself", () => {
  expect(() => validate({ dev: { ...valid, tags: { team: "plant" } } })).toThrow(
    /dev\.tags\.owner is missing; .*\n.*dev\.tags\.costCenter is missing; allowed: a text of 1 to 256 characters$/,
  );
});

test("one wrong property hides no other, not even a rule across properties", () => {
  expect(problems({ name: 7, cluster: { minWorkers: 5, nodeType: null }, network: { privateSubnet: "x" } })).toEqual([
    "dev.name is 7; allowed: 2 to 8 lower-case letters or digits, a letter first",
    `dev.network.privateSubnet is "x"; allowed: ${anIPv4Block(16, 26)}`,
    "dev.cluster.nodeType is null; allowed: an Azure machine size such as Standard_D4ds_v5",
    "dev.cluster.minWorkers is 5; allowed: at most cluster.maxWorkers, which is 2",
  ]);
});
