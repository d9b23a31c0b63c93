import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apply, plan, type DeployProps } from "../../../operations/deploy/deploy";
import { summarize } from "../../../operations/deploy/summary";
import { Terraform } from "../../../operations/terraform";

const fake = join(__dirname, "fake-terraform.mjs");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deploy-test-"));
  for (const stack of ["dev-a", "dev-b", "dev-c"]) {
    mkdirSync(join(folder, "stacks", stack), { recursive: true });
    writeFileSync(join(folder, "stacks", stack, "cdk.tf.json"), "{}");
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const props = (change: Partial<DeployProps> = {}): DeployProps => ({
  environment: "dev",
  folder,
  stacks: ["dev-a", "dev-b", "dev-c"],
  terraform: (at) => new Terraform(fake, at),
  ...change,
});

/** What the plan of a stack will say. */
function changes(stack: string, actions: readonly string[], outputs: readonly string[] = ["no-op"]): void {
  const resource = {
    address: "azurerm_storage_account.lake",
    type: "azurerm_storage_account",
    change: { actions, before: null, after: null },
  };
  const json = { resource_changes: [resource], output_changes: { id: { actions: outputs } } };
  writeFileSync(join(folder, "stacks", stack, "will-show"), JSON.stringify(json));
}

const calls = (stack: string): string => readFileSync(join(folder, "stacks", stack, "calls"), "utf8");
const applied = (stack: string): boolean => existsSync(join(folder, "stacks", stack, "applied"));

test("where nothing waits for another stack, one approval is for all", async () => {
  changes("dev-a", ["update"]);
  const wave = await plan(props(), false);
  expect(wave.stacks.map(({ name }) => name)).toEqual(["dev-a", "dev-b", "dev-c"]);
  expect(wave.later).toEqual([]);
});

test("a stack that changes what later ones read ends the wave", async () => {
  changes("dev-a", ["create"], ["create"]);
  const wave = await plan(props(), false);
  expect(wave.stacks.map(({ name }) => name)).toEqual(["dev-a"]);
  expect(wave.later).toEqual(["dev-b", "dev-c"]);
  expect(summarize(wave)).toContain("planned when these are applied: dev-b, dev-c");
});

test("an identity that only reads plans without a lock", async () => {
  await plan(props(), true);
  expect(calls("dev-a")).toContain("-lock=false");
});

test("apply applies the saved plans, in order, and leaves none behind", async () => {
  changes("dev-b", ["update"]);
  await plan(props(), false);
  await apply(props(), []);
  expect(calls("dev-b")).toContain("apply -input=false tfplan");
  expect([applied("dev-a"), applied("dev-b")]).toEqual([false, true]);
  expect(existsSync(join(folder, "stacks", "dev-b", "tfplan"))).toBe(false);
  await expect(apply(props(), [])).rejects.toThrow("there is no plan of dev");
});

test.each(["tfplan", "cdk.tf.json"])(
  "a %s that was changed after the plan is refused, and nothing is applied",
  async (file) => {
    changes("dev-a", ["update"]);
    await plan(props(), false);
    writeFileSync(join(folder, "stacks", "dev-b", file), "changed");
    await expect(apply(props(), [])).rejects.toThrow("not what was planned: dev-b; plan again");
    expect(applied("dev-a")).toBe(false);
  },
);

test("the plan of another environment is refused", async () => {
  await plan(props(), false);
  await expect(apply(props({ environment: "prod" }), [])).rejects.toThrow("is of dev, not of prod");
});

test.each([["delete", "create"], ["delete"]])(
  "a plan that would %s what is kept is refused by name, and done only when named",
  async (...actions) => {
    changes("dev-b", actions);
    await plan(props(), false);
    await expect(apply(props(), [])).rejects.toThrow(/dev-b azurerm_storage_account\.lake \((replace|destroy)\)/);
    expect(applied("dev-b")).toBe(false);
    await apply(props(), ["azurerm_storage_account.lake"]);
    expect(applied("dev-b")).toBe(true);
  },
);

test("a plan that fails says why, and leaves nothing to approve, not even an earlier plan", async () => {
  await plan(props(), false);
  writeFileSync(join(folder, "stacks", "dev-b", "broken"), "Error: no such thing");
  await expect(plan(props(), false)).rejects.toThrow("Error: no such thing");
  await expect(apply(props(), [])).rejects.toThrow("there is no plan of dev");
});
