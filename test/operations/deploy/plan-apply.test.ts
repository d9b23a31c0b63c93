import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apply } from "../../../operations/deploy/apply";
import { type DeployProps, plan } from "../../../operations/deploy/plan";
import { Terraform } from "../../../operations/terraform";

const fake = join(__dirname, "fake-terraform.sh");

jest.setTimeout(60_000);

let folder = "";
let happened: string[] = [];

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => undefined);
  happened = [];
  folder = mkdtempSync(join(tmpdir(), "deploy-test-"));
  for (const stack of ["dev-a", "dev-b", "dev-c"]) {
    mkdirSync(join(folder, "stacks", stack), { recursive: true });
    writeFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "{}");
  }
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const props = (change: Partial<DeployProps> = {}): DeployProps => ({
  environment: "dev",
  subscription: "s-dev",
  folder,
  stacks: ["dev-a", "dev-b", "dev-c"],
  terraform: (at) => new Terraform(fake, at),
  ...change,
});

const planned = (readOnly = false) => plan(props(), { artifact: "abc", readOnly });

const traffic = {
  stop: async () => void happened.push("stop"),
  resume: async () => void happened.push("resume"),
};
const ledger = {
  keep: async (artifact: string) => void happened.push(`keep ${artifact}`),
  record: async (artifact: string) => void happened.push(`record ${artifact}`),
};
const locks = {
  lifted: async (deleted: readonly string[], work: () => Promise<void>) => {
    if (deleted.length > 0) happened.push(`without the locks over ${deleted.join(", ")}`);
    await work();
  },
};
const applied = (allowed: readonly string[] = [], change: Partial<DeployProps> = {}) =>
  apply(props(change), allowed, { traffic, ledger, locks });

/** What the plan of a stack will say. */
function changes(
  stack: string,
  actions: readonly string[],
  outputs: readonly string[] = ["no-op"],
  type = "azurerm_storage_account",
): void {
  const resource = {
    address: `${type}.lake`,
    type,
    change: { actions, before: { id: "/subscriptions/s/lake" }, after: null },
  };
  const json = { resource_changes: [resource], output_changes: { id: { actions: outputs } } };
  writeFileSync(join(folder, "stacks", stack, "will-show"), JSON.stringify(json));
}

const at = (stack: string, file: string): string => join(folder, "stacks", stack, file);
const calls = (stack: string): string => readFileSync(at(stack, "calls"), "utf8");
const isApplied = (stack: string): boolean => existsSync(at(stack, "applied"));

test("where nothing waits for another stack, one approval is for all", async () => {
  changes("dev-a", ["update"]);
  const wave = await planned();
  expect(wave.stacks.map(({ name }) => name)).toEqual(["dev-a", "dev-b", "dev-c"]);
  expect(wave.later).toEqual([]);
});

test("a stack that changes what later ones read ends the wave", async () => {
  changes("dev-a", ["create"], ["create"]);
  const wave = await planned();
  expect(wave.stacks.map(({ name }) => name)).toEqual(["dev-a"]);
  expect(wave.later).toEqual(["dev-b", "dev-c"]);
});

test("an identity that only reads plans without a lock", async () => {
  await planned(true);
  expect(calls("dev-a")).toContain("-lock=false");
});

test("what an identity that only reads may not read is compared with the state, and the plan says so", async () => {
  writeFileSync(at("dev-b", "unreadable"), "Error: cannot read cluster: PERMISSION_DENIED");
  const { stacks } = await planned(true);
  expect(stacks.map(({ unread }) => unread)).toEqual([undefined, "cannot read cluster: PERMISSION_DENIED", undefined]);
  expect(calls("dev-b")).toContain("-lock=false -refresh=false");
  await expect(planned()).rejects.toThrow("PERMISSION_DENIED");
});

test("apply stops what runs, applies the saved plans in order, lets it run again, and leaves no plan behind", async () => {
  changes("dev-b", ["update"]);
  await planned();
  await applied();
  expect(calls("dev-b")).toContain("apply -input=false tfplan");
  expect([isApplied("dev-a"), isApplied("dev-b")]).toEqual([false, true]);
  expect(happened).toEqual(["keep abc", "stop", "resume", "record abc"]);
  expect(existsSync(at("dev-b", "tfplan"))).toBe(false);
  await expect(applied()).rejects.toThrow("there is no plan of dev");
});

test("what a plan deletes is deleted while no lock keeps it", async () => {
  changes("dev-a", ["update"]);
  changes("dev-b", ["delete"], ["no-op"], "azurerm_role_assignment");
  await planned();
  await applied();
  expect(happened).toEqual([
    "keep abc",
    "stop",
    "without the locks over /subscriptions/s/lake",
    "resume",
    "record abc",
  ]);
});

test("a budget that was planned in another month is told as stale before anything is stopped, other changes are not", async () => {
  const plannedInOctober = async () => {
    await planned();
    const file = join(folder, "wave.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), month: "2025-10" }));
  };
  changes("dev-b", ["create"], ["no-op"], "azurerm_consumption_budget_subscription");
  await plannedInOctober();
  await expect(applied()).rejects.toThrow(
    "this plan is from 2025-10, and Azure refuses a new budget that starts in a past month: plan again (azurerm_consumption_budget_subscription.lake)",
  );
  expect(happened).toEqual([]);
  changes("dev-b", ["update"], ["no-op"], "azurerm_consumption_budget_subscription");
  await plannedInOctober();
  await applied();
  expect(isApplied("dev-b")).toBe(true);
});

test("where nothing changes nothing is stopped, and still all triggers are seen to be on", async () => {
  await planned();
  await applied();
  expect(happened).toEqual(["keep abc", "resume", "record abc"]);
});

test("between two waves nothing is started, and nothing counts as deployed", async () => {
  changes("dev-a", ["create"], ["create"]);
  await planned();
  await applied();
  expect(happened).toEqual(["keep abc", "stop"]);
});

test.each(["tfplan", "cdk.tf.json"])(
  "a %s that was changed after the plan is refused, and nothing is stopped or applied",
  async (file) => {
    changes("dev-a", ["update"]);
    await planned();
    writeFileSync(at("dev-b", file), "changed");
    await expect(applied()).rejects.toThrow("changed since the plan was saved: dev-b; plan again");
    expect([isApplied("dev-a"), happened]).toEqual([false, []]);
  },
);

test("the plan of another environment is refused", async () => {
  await planned();
  await expect(applied([], { environment: "prod" })).rejects.toThrow("is of dev, not of prod");
});

test("the plan of another subscription is refused", async () => {
  await planned();
  await expect(applied([], { subscription: "s-prod" })).rejects.toThrow(
    "the plan is of the subscription s-dev, ARM_SUBSCRIPTION_ID is s-prod",
  );
});

test("a plan against a state that is another now is refused before anything is stopped", async () => {
  changes("dev-a", ["update"]);
  writeFileSync(at("dev-b", "state"), JSON.stringify({ lineage: "l", serial: 1 }));
  await planned();
  writeFileSync(at("dev-b", "state"), JSON.stringify({ lineage: "l", serial: 2 }));
  await expect(applied()).rejects.toThrow("the state of dev-b has changed since the plan; plan again");
  expect([isApplied("dev-a"), happened]).toEqual([false, []]);
});

test("what cannot be kept for a rollback is not applied", async () => {
  changes("dev-a", ["update"]);
  await planned();
  const full = { ...ledger, keep: () => Promise.reject(new Error("no room")) };
  await expect(apply(props(), [], { traffic, ledger: full, locks })).rejects.toThrow("no room");
  expect([isApplied("dev-a"), happened]).toEqual([false, []]);
});

test("an apply that fails says that the triggers are stopped, and nothing is started on half a release", async () => {
  changes("dev-a", ["update"]);
  await planned();
  writeFileSync(at("dev-a", "breaks"), "");
  await expect(applied()).rejects.toThrow(
    /dev-a: .*The triggers are stopped: plan and apply again, or npm run triggers/,
  );
  expect(happened).toEqual(["keep abc", "stop"]);
});

test.each([["delete", "create"], ["delete"]])(
  "a plan that would %s what is kept is refused by name, and done only when named",
  async (...actions) => {
    changes("dev-b", actions);
    await planned();
    await expect(applied()).rejects.toThrow(/dev-b azurerm_storage_account\.lake \((replace|destroy)/);
    expect([isApplied("dev-b"), happened]).toEqual([false, []]);
    await applied(["azurerm_storage_account.lake"]);
    expect(isApplied("dev-b")).toBe(true);
  },
);

test("who only reads is told who makes a state that is missing", async () => {
  writeFileSync(at("dev-b", "forbidden"), "Error: executing request: unexpected status 403 (403 ...)");
  await expect(planned(true)).rejects.toThrow(
    "dev-b has no state yet, or this sign-in may not read it: an owner must run npm run bootstrap -- --environment dev, which creates states and roles",
  );
  await expect(planned()).rejects.toThrow("unexpected status 403");
});

test.each([
  "Error: unable to build authorizer for Storage API: could not configure AzureCli Authorizer",
  "Error: building account: could not acquire access token to parse claims: Please run 'az login'",
])("where nobody is signed in that is one line: %s", async (says) => {
  writeFileSync(at("dev-a", "forbidden"), `Initializing the backend...\n\n${says}\n\n  on line 1\n`);
  await expect(planned()).rejects.toThrow(
    `not signed in to Azure: run az login, or give the pipeline an identity (${says.replace("Error: ", "")})`,
  );
});

test("a plan that fails says why, and leaves nothing to approve, not even an earlier plan", async () => {
  await planned();
  writeFileSync(at("dev-b", "broken"), "Error: no such thing");
  await expect(planned()).rejects.toThrow("Error: no such thing");
  await expect(applied()).rejects.toThrow("there is no plan of dev");
});
