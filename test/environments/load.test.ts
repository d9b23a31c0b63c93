import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { all, EnvironmentError, load, validate } from "../../environments/load";

const failure = (action: () => unknown): Error => {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
};

test("each file with a default export is an environment, and those beside it are none", () => {
  const folder = join(__dirname, "..", "..", "environments");
  const files = readdirSync(folder).filter(
    (file) => file.endsWith(".ts") && /^export default /m.test(readFileSync(join(folder, file), "utf8")),
  );
  expect(
    all()
      .map(({ name }) => `${name}.ts`)
      .sort(),
  ).toEqual(files.sort());
  expect(files).toEqual(expect.arrayContaining(["dev.ts", "test.ts", "prod.ts"]));
});

test("they come in the order of promotion", () => {
  const names = all().map(({ name }) => name);
  for (const { name, promotedAfter } of all())
    if (promotedAfter) expect(names.indexOf(promotedAfter)).toBeLessThan(names.indexOf(name));
  expect(names[0]).toBe("dev");
});

test("production keeps Terraform from destroying what holds data", () => {
  expect(load("prod").protect).toBe(true);
});

test("an unknown name lists the known ones", () => {
  const error = failure(() => load("nowhere"));
  expect(error).toBeInstanceOf(EnvironmentError);
  expect(error.message).toBe(
    `There is no environment "nowhere"; the environments are ${all()
      .map(({ name }) => name)
      .join(", ")}.`,
  );
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
    "prod.size is not a setting",
  ]);
});

test("two environments share neither their name nor a name that can exist once", () => {
  const dev = load("dev");
  const error = failure(() => validate({ dev, copy: dev }));
  expect(error.message.split("\n  ").slice(1)).toEqual([
    'copy.name is "dev"; allowed: a value other than dev.name',
    'copy.state.storageAccountName is "pdmdevstated01"; allowed: a value other than dev.state.storageAccountName',
    'copy.suffix is "d01"; allowed: one that gives storageAccount a name other than "stpdmdevd01", which dev uses',
    'copy.suffix is "d01"; allowed: one that gives resourceGroup a name other than "rg-pdm-dev-d01", which dev uses',
    'copy.suffix is "d01"; allowed: one that gives dataFactory a name other than "adf-pdm-dev-d01", which dev uses',
    'copy.suffix is "d01"; allowed: one that gives catalog a name other than "pdm_dev_d01", which dev uses',
  ]);
});

test("names that become the same only because Azure's limit cuts them are told, among the other problems", () => {
  const plant = { ...load("dev"), project: "predictivemaintenanc", suffix: "w01" };
  const error = failure(() =>
    validate({
      one: { ...plant, name: "devwest" },
      other: { ...plant, name: "devnorth", location: "mars", state: { ...plant.state, storageAccountName: "other" } },
    }),
  );
  const account = `st${"predictivemaintenanc".slice(0, 19)}w01`;
  expect(error.message.split("\n  ").slice(1)).toEqual([
    expect.stringContaining('other.location is "mars"'),
    `other.suffix is "w01"; allowed: one that gives storageAccount a name other than "${account}", which one uses`,
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
  const state = { ...dev.state, storageAccountName: "pdmdevweststate" };
  expect(validate({ dev, west: { ...dev, name: "devwest", state } })).toHaveLength(2);
});

test("an environment that keeps its state where another does is one problem", () => {
  const dev = load("dev");
  const error = failure(() => validate({ dev, stage: { ...dev, name: "stage", suffix: "s01" } }));
  expect(error.message.split("\n  ").slice(1)).toEqual([
    'stage.state.storageAccountName is "pdmdevstated01"; allowed: a value other than dev.state.storageAccountName',
  ]);
});

test.each([
  ["nobody", { dev: { promotedAfter: "nobody" } }, ["dev", "nobody", "the name of another environment"]],
  ["itself", { dev: { promotedAfter: "dev" } }, ["dev", "dev", "an environment that is not promoted after this one"]],
  [
    "one that waits for it",
    { dev: { promotedAfter: "test" } },
    ["dev", "test", "an environment that is not promoted after this one"],
  ],
])("an environment that is promoted after %s is refused", (_, change, [file, value, allowed]) => {
  const error = failure(() => validate({ dev: { ...load("dev"), ...change.dev }, test: load("test") }));
  expect(error.message).toContain(`${file}.promotedAfter is "${value}"; allowed: ${allowed}`);
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
