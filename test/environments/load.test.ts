import { all, EnvironmentError, load, validate } from "../../environments/load";

const failure = (action: () => unknown): Error => {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
};

test("dev, test and prod are valid", () => {
  expect(all().map((environment) => environment.name)).toEqual(["dev", "test", "prod"]);
});

test("only production keeps Terraform from destroying what holds data", () => {
  expect(all().map((environment) => environment.protect)).toEqual([false, false, true]);
});

test("an environment is found by its name", () => {
  expect(load("prod")).toEqual(all()[2]);
});

test("an unknown name lists the known ones", () => {
  const error = failure(() => load("stage"));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error.message).toBe('There is no environment "stage"; the environments are dev, test, prod.');
});

test("the problems of all environments come in one message", () => {
  const [dev, , prod] = all();
  const error = failure(() =>
    validate({ dev: { ...dev, location: "mars" }, test: "nothing", prod: { ...prod, suffix: "no", size: 1 } }),
  );
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error.message.split("\n  ").map((line) => line.replace(/; allowed:.*/s, ""))).toEqual([
    "The environments are not valid:",
    'dev.location is "mars"',
    'test is "nothing"',
    'prod.suffix is "no"',
    "prod.size is no setting",
  ]);
});

test("two environments share neither their name nor a name that can exist once", () => {
  const dev = load("dev");
  const error = failure(() => validate({ dev, copy: dev }));
  expect(error.message.split("\n  ").slice(1)).toEqual([
    'copy.name is "dev"; allowed: another one than dev.name',
    'copy.suffix is "d01"; allowed: one that gives storageAccount another name than "stpdmdevd01", which dev has',
    'copy.suffix is "d01"; allowed: one that gives resourceGroup another name than "rg-pdm-dev-d01", which dev has',
    'copy.suffix is "d01"; allowed: one that gives dataFactory another name than "adf-pdm-dev-d01", which dev has',
    'copy.suffix is "d01"; allowed: one that gives catalog another name than "pdm_dev_d01", which dev has',
  ]);
});

test("names that become the same only because Azure's limit cuts them are told, among the other problems", () => {
  const plant = { ...load("dev"), project: "predictivemaintenanc", suffix: "w01" };
  const error = failure(() =>
    validate({ one: { ...plant, name: "devwest" }, other: { ...plant, name: "devnorth", location: "mars" } }),
  );
  const account = `st${"predictivemaintenanc".slice(0, 19)}w01`;
  expect(error.message.split("\n  ").slice(1)).toEqual([
    expect.stringContaining('other.location is "mars"'),
    `other.suffix is "w01"; allowed: one that gives storageAccount another name than "${account}", which one has`,
  ]);
});

test("whatever an ops team gets wrong at once is told at once", () => {
  const { dev, test } = { dev: load("dev"), test: load("test") };
  const error = failure(() =>
    validate({
      dev: {
        ...dev,
        network: { ...dev.network, privateSubnet: "10.10.0.128/25", endpointSubnet: "10.10.2.0/29", access: "private" },
        cluster: { ...dev.cluster, minWorkers: 5 },
        access: { operators: "" },
        observability: { ...dev.observability, budget: { resourceGroup: 0, managedResourceGroup: 100 } },
      },
      test: { ...test, project: "predictivemaintenance1", name: "dev", suffix: "d01" },
    }),
  );
  expect(error.message.split("\n  ").map((line) => line.replace(/; allowed:.*/s, ""))).toEqual([
    "The environments are not valid:",
    'dev.network.endpointSubnet is "10.10.2.0/29"',
    'dev.network.privateSubnet is "10.10.0.128/25"',
    "dev.network.deployer is missing",
    "dev.cluster.minWorkers is 5",
    'dev.access.operators is ""',
    "dev.observability.budget.resourceGroup is 0",
    'test.project is "predictivemaintenance1"',
    'test.name is "dev"',
  ]);
});

test("environments of one name part and one suffix live beside each other where no name is the same", () => {
  const dev = load("dev");
  expect(validate({ dev, west: { ...dev, name: "devwest" } })).toHaveLength(2);
});

test("whatever a file holds is a problem told, never a crash", () => {
  for (const literal of [
    undefined,
    null,
    0,
    [],
    {
      network: null,
      cluster: 3,
      training: [],
      state: "x",
      observability: 1,
      storage: { archiveAfterDays: 9, replication: 3 },
    },
  ])
    expect(failure(() => validate({ dev: literal }))).toBeInstanceOf(EnvironmentError);
});
