import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addPath, addSummary, setOutputs } from "../../../operations/ci/outputs";

let folder = "";
let printed: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "outputs-test-"));
  printed = [];
  jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe("GitHub Actions", () => {
  test("outputs, summaries and paths are added to its files", () => {
    const file = (name: string) => join(folder, name);
    const variables = {
      GITHUB_OUTPUT: file("output"),
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_PATH: file("path"),
    };
    setOutputs(variables, { plans: "abc", later: "" });
    addSummary(variables, "one");
    addSummary(variables, "two");
    addPath(variables, "/programs");
    expect(readFileSync(file("output"), "utf8")).toBe("plans=abc\nlater=\n");
    expect(readFileSync(file("summary"), "utf8")).toBe("one\ntwo\n");
    expect(readFileSync(file("path"), "utf8")).toBe("/programs\n");
    expect(printed).toEqual([]);
  });
});

describe("Azure Pipelines", () => {
  const variables = () => ({ TF_BUILD: "True", AGENT_TEMPDIRECTORY: folder });

  test("outputs and paths are printed as commands", () => {
    setOutputs(variables(), { plans: "abc" });
    addPath(variables(), "/programs");
    expect(printed).toEqual([
      "##vso[task.setvariable variable=plans;isOutput=true]abc",
      "##vso[task.prependpath]/programs",
    ]);
  });

  test("each summary is a file of its own, which is left to be uploaded", () => {
    addSummary(variables(), "one");
    addSummary(variables(), "two");
    const files = printed.map((line) => line.replace("##vso[task.uploadsummary]", ""));
    expect(files.map((file) => readFileSync(file, "utf8"))).toEqual(["one", "two"]);
  });
});

test("on a person's machine nothing is handed to anybody", () => {
  setOutputs({}, { plans: "abc" });
  addSummary({}, "one");
  addPath({}, "/programs");
  expect(printed).toEqual([]);
});
