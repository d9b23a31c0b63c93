import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "../../../environments/load";
import { bootstrap, type BootstrapProps } from "../../../operations/bootstrap/bootstrap";
import { Terraform } from "../../../operations/terraform";

const fake = join(__dirname, "fake-terraform.sh");
let folder = "";
let printed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bootstrap-test-"));
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const put = (file: string, text = "") => writeFileSync(join(folder, file), text);
const has = (file: string): boolean => existsSync(join(folder, file));
const calls = (): readonly string[] => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");

function run(accountExists: boolean, change: Partial<BootstrapProps> = {}): Promise<void> {
  return bootstrap({
    settings: load("dev"),
    folder,
    terraform: new Terraform(fake, folder),
    account: "/subscriptions/s/the-account",
    accountExists: () => Promise.resolve(accountExists),
    approved: true,
    patience: { timeout: 2_000, interval: 1 },
    ...change,
  });
}

test("the first run applies with the state in the folder, moves it, holds it against what is there, and leaves none behind", async () => {
  await run(false);
  expect(calls()).toEqual(["init folder", "apply folder", "init move account", "plan account"]);
  expect(has("remote.json")).toBe(true);
  expect(has("terraform.tfstate")).toBe(false);
});

test("the client ids of the pipelines' identities are shown where there are some", async () => {
  const federation = { issuer: "https://i.example", audience: "a", deployer: ["d"], planner: ["p"] };
  await run(false, { settings: { ...load("dev"), federation } });
  expect(calls().at(-1)).toBe("output account");
});

test("the backend that it moves to is the one of settings.state, opened by identities", async () => {
  await run(false);
  expect(JSON.parse(readFileSync(join(folder, "backend_override.tf.json"), "utf8"))).toEqual({
    terraform: {
      backend: {
        azurerm: {
          resource_group_name: "rg-pdm-dev-state",
          storage_account_name: "pdmdevstated01",
          container_name: "tfstate",
          key: "bootstrap-dev.tfstate",
          use_azuread_auth: true,
        },
      },
    },
  });
});

test("a role that does not work yet is waited for, by repeating the move", async () => {
  put("refusals", "2");
  await run(false);
  expect(calls().filter((call) => call === "init move account")).toHaveLength(3);
  expect(printed.join("\n")).toContain("Error: AuthorizationPermissionMismatch");
});

test("a role that never works ends the wait; the state stays in the folder, and the next run moves it", async () => {
  put("refusals", "1000000");
  await expect(run(false, { patience: { timeout: 300, interval: 1 } })).rejects.toThrow("it is still in the folder");
  expect(has("terraform.tfstate")).toBe(true);
  put("refusals", "0");
  await run(true);
  expect(has("remote.json")).toBe(true);
  expect(has("terraform.tfstate")).toBe(false);
});

test("a failed apply moves nothing, and the next run goes on in the folder", async () => {
  put("terraform.tfstate", '{"resources":[{"type":"azurerm_resource_group"}]}');
  put("broken");
  await expect(run(true)).rejects.toThrow("apply ended with code 1");
  expect(calls()).toEqual(["init folder", "apply folder"]);
  rmSync(join(folder, "broken"));
  await run(true);
  expect(has("remote.json")).toBe(true);
});

test("a later run finds the state in the account and applies there", async () => {
  put("remote.json", "{}");
  await run(true);
  expect(calls()).toEqual(["init account", "state account", "apply account"]);
});

test("a run that was stopped after the move takes the empty file in the folder for what it is", async () => {
  put("remote.json", "{}");
  put("terraform.tfstate");
  await run(true);
  expect(calls()).not.toContain("apply folder");
  expect(has("terraform.tfstate")).toBe(false);
});

test("an account of somebody else is never taken over", async () => {
  await expect(run(true)).rejects.toThrow(
    "the account pdmdevstated01 exists, but no bootstrap state is in its container",
  );
  expect(calls()).toEqual(["init account", "state account"]);
});

test("a second owner, who may not read the states yet, is told which role to take", async () => {
  put("remote.json", "{}");
  put("forbidden");
  await expect(run(true)).rejects.toThrow(
    /may not read the states yet.* --role "Storage Blob Data Contributor" .* --scope \/subscriptions\/s\/the-account$/,
  );
  expect(calls()).toEqual(["init account"]);
});

test("a moved state that is not that of what is there is an error, and the copy is kept", async () => {
  put("drift");
  await expect(run(false)).rejects.toThrow("the copy in the folder is kept");
  expect(has("terraform.tfstate")).toBe(true);
});

test("a Terraform that is not there is one line", async () => {
  await expect(run(false, { terraform: new Terraform("no-such-terraform", folder) })).rejects.toThrow(
    "no-such-terraform cannot be run: install Terraform 1.5 or later, or name OpenTofu",
  );
});
