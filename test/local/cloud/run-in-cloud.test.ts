import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseCloudOptions } from "../../../local/cloud/options";
import { runInCloud } from "../../../local/cloud/run-in-cloud";
import { removeAddress, writeAddress } from "../../../local/job/address";

const out = mkdtempSync(path.join(tmpdir(), "in-cloud-"));
const written = path.join(out, "written");
mkdirSync(path.join(out, "state"));

const address = { pid: process.pid, endpoint: "https://127.0.0.1:1", token: "", certificate: "", storage: "" };
const run = (...command: readonly string[]) => runInCloud({ out, fresh: false, group: [], command });

beforeEach(() => writeAddress(out, { ...address, variables: { PLANT: "here" } }));
afterAll(() => rmSync(out, { recursive: true }));

test("a program finds the variables of the cloud, and its exit code is that of the command", async () => {
  expect(await run("sh", "-c", `echo $PLANT > '${written}'; exit 7`)).toBe(7);
  expect(readFileSync(written, "utf8")).toBe("here\n");
});

test("a program that is not there is one clear line", async () => {
  await expect(run("no-such-terraform")).rejects.toThrow("no-such-terraform cannot be run: ");
});

test("nothing is run where no cloud is", async () => {
  writeAddress(out, address);
  await expect(run("sh")).rejects.toThrow(`${out} is watched by npm start: nothing can be deployed to it`);
  removeAddress(out);
  await expect(run("sh")).rejects.toThrow(`nothing runs in ${out}: start npm run cloud`);
});

test.each([
  [[], []],
  [
    ["terraform", "plan", "-out=x"],
    ["terraform", "plan", "-out=x"],
  ],
  [
    ["--out", out, "cdktf", "deploy", "--auto-approve"],
    ["cdktf", "deploy", "--auto-approve"],
  ],
])("of %j the command is %j", (parameters, command) => {
  expect(parseCloudOptions(parameters)?.command).toEqual(command);
});
