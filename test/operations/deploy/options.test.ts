import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { parse } from "../../../command-line/parse";
import { writeAddress } from "../../../local/job/address";
import { deploy } from "../../../operations/deploy/deploy";
import { type Options, withOptions } from "../../../operations/deploy/options";

const allowed = (variable: string | undefined, ...parameters: readonly string[]): readonly string[] => {
  if (variable === undefined) delete process.env["ALLOW"];
  else process.env["ALLOW"] = variable;
  const program = withOptions(new Command());
  parse(program, parameters);
  return program.opts<Options>().allow;
};

afterEach(() => delete process.env["ALLOW"]);

test.each([
  ["nothing", undefined, [], []],
  ["an empty variable", "", [], []],
  ["a variable of blanks", " ", [], []],
  ["a variable", "azurerm_a.b", [], ["azurerm_a.b"]],
  ["a variable of several", "azurerm_a.b azurerm_c.d", [], ["azurerm_a.b", "azurerm_c.d"]],
  ["an option", undefined, ["--allow", "azurerm_a.b"], ["azurerm_a.b"]],
  ["an option twice", undefined, ["--allow", "azurerm_a.b", "--allow", "c.d"], ["azurerm_a.b", "c.d"]],
  ["an option, whatever the variable says", "azurerm_a.b", ["--allow", "c.d"], ["c.d"]],
])("what may be lost is named by %s", (_, variable, parameters, expected) => {
  expect(allowed(variable, ...parameters)).toEqual(expected);
});

test.each([
  [[], undefined],
  [["--local"], resolve("out")],
  [["--local", "elsewhere"], resolve("elsewhere")],
])("the run on this machine that is meant by %j", (parameters, expected) => {
  const program = withOptions(new Command());
  parse(program, parameters);
  expect(program.opts<Options>().local).toBe(expected);
});

describe("what npm start -- --watch runs", () => {
  const out = mkdtempSync(join(tmpdir(), "watched-"));
  mkdirSync(join(out, "state"));
  writeAddress(out, { pid: process.pid, endpoint: "https://127.0.0.1:1", token: "", certificate: "", storage: "" });
  afterAll(() => rmSync(out, { recursive: true }));

  test.each([["plan"], ["apply"], ["rollback"], ["drift"], ["verify", "--rollback"]])(
    "takes no deploy -- %s",
    async (...words) => {
      await expect(deploy([...words, "--environment", "dev", "--local", out], "elsewhere")).rejects.toThrow(
        "npm start -- --watch takes deploy -- verify alone: nothing can be deployed to it, as it can to npm run cloud",
      );
    },
  );
});
