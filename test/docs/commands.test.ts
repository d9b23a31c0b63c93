import { join } from "node:path";
import { writeArtifact } from "../../operations/artifact/artifact";
import { Sandbox } from "../ci/sandbox";
import { commandLinesIn, documents, read } from "./documents";
import { ownProblems } from "./own-commands";
import { callProblems } from "./programs";
import { type Call, tryLines, unusedVariables } from "./run";
import { runHere } from "../run-here";

// Each runs the commands of a document.
jest.setTimeout(600_000);

/** Where only files are there. */
let reader: Sandbox;
/** What `npm run artifact` makes there. */
let artifact: string;
beforeAll(async () => {
  reader = new Sandbox();
  artifact = join(reader.path, "made", "artifact");
  const { status } = await runHere(() => writeArtifact(["--out", artifact], reader.path, {}));
  expect(status).toBe(0);
});
afterAll(() => reader.remove());

// One of our own commands is asked for help.
beforeEach(() => jest.spyOn(process.stdout, "write").mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

/** What is wrong with the command lines of a document. */
function problemsOf(markdown: string): readonly string[] {
  const lines = commandLinesIn(markdown);
  const { calls, problems } = tryLines(reader, lines, artifact);
  const calledBy = (call: Call) => (call.words[0] === "npm" ? ownProblems(call) : callProblems(call));
  return [...problems, ...unusedVariables(lines, markdown), ...calls.flatMap(calledBy)];
}

test.each(documents)("each command line of %s can be run", (path) => {
  expect(problemsOf(read(path))).toEqual([]);
});

test("the commands of blocks, of sentences and of tables are found", () => {
  const found = commandLinesIn(read("docs/runbook.md")).map(({ text }) => text);
  expect(found.length).toBeGreaterThan(40);
  expect(found).toContain("databricks clusters delete $CLUSTER_ID");
  const readme = commandLinesIn(read("README.md")).map(({ text }) => text);
  expect(readme).toEqual(expect.arrayContaining(["npm run triggers -- stop --environment dev", "npm ci"]));
});

const block = (...lines: readonly string[]): string => ["```sh", ...lines, "```"].join("\n");

test.each([
  [
    "a file that is elsewhere",
    block("npm run artifact", "sha256sum --check out/artifact/artifact.tar.sha256"),
    "3: ends with code 1",
  ],
  ["no environment", "`npm run triggers -- stop`", "required option '--environment <name>' not specified"],
  ["an environment that is not there", "`npm run preflight -- --environment stage`", 'There is no environment "stage"'],
  ["a script that is not there", "`npm run deploi`", "there is no such script"],
  ["an option of nobody", block("npm start -- --machine 20"), "unknown option '--machine'"],
  ["an option of nobody's bench", block("npm run bench -- --size 3"), "bench/main.py has no --size"],
  [
    "an option of the other table",
    block("npm run bench -- quality --history-years 1"),
    "bench/quality_table.py has no",
  ],
  ["a pattern of no test", "`npm run test:notebooks -- scorring`", "no test of test/python has scorring in its name"],
  ["an option of no fault plan", "`npm run test:faults -- --seed 3`", "test/main.ts has no --seed"],
  ["a variable that nobody set", block("databricks clusters start $CLUSTER_ID"), "CLUSTER_ID: unbound variable"],
  ["a variable that is set later", block("az login", 'echo "$RG"', "RG=rg"), "RG: unbound variable"],
  ["a variable that nobody uses", block("DBW=dbw-plant"), "2: DBW is set and never used"],
  ["a quote that is left open", block("az account set --subscription 'a"), "unexpected EOF"],
  ["a subcommand of nobody", block("az datafactory run --name a"), "az datafactory run --name a is not known"],
  ["an option that Azure's program lacks", block("az login --user me"), "az login has no --user"],
  ["an option that it needs", block("az datafactory pipeline create-run -g a --name b"), "lacks --factory-name"],
  ["too few values", block("databricks clusters events"), "databricks clusters events takes ID"],
  ["a command that is cut short", block("databricks clusters events …"), "… is not a value"],
])("%s is found", (_, markdown, problem) => {
  expect(problemsOf(markdown)).toContainEqual(expect.stringContaining(problem));
});
