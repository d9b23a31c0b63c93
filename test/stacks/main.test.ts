import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { write } from "../../stacks/write";
import { ProgramCopy } from "../program-copy";
import { repository } from "../repository";
import { runHere } from "../run-here";

const copy = new ProgramCopy({ whole: true });
afterAll(() => copy.remove());

/** Runs what `main.ts` calls, for the notebooks of the copy. */
async function writeHere(outdir: string, ...parameters: readonly string[]) {
  const CDKTF_OUTDIR = join(copy.folder, outdir);
  const environment = jest.replaceProperty(process, "env", { ...process.env, CDKTF_OUTDIR });
  const ended = await runHere(() => write(parameters, copy.folder));
  environment.restore();
  return ended;
}

/** Contents of all files by path. */
function tree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("two folders synthesize the same bytes, without a path of this machine", async () => {
  const { status, stdout, stderr } = copy.synth("first", repository);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+ stacks of dev, .*prod.* are in .*first\n$/);
  expect(await writeHere("second")).toMatchObject({ status: 0, stderr: "" });
  const output = tree(join(copy.folder, "first"));
  expect(Object.keys(output)).toContain("stacks/prod-data-factory/cdk.tf.json");
  expect(tree(join(copy.folder, "second"))).toEqual(output);
  for (const content of Object.values(output))
    for (const { folder } of [copy, { folder: repository }]) expect(content).not.toContain(folder);
});

test("a place that cannot be written is told in one line", async () => {
  writeFileSync(join(copy.folder, "file"), "");
  const { status, stderr } = await writeHere("file");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^E[A-Z]+: .*file.*\n$/);
});

test("a mistake in an environment is told in one message, without a stack, and fails", async () => {
  copy.edit("environments/dev.ts", "maxWorkers: 2", "maxWorkers: 0");
  const { status, stderr } = await copy.synthHere("third");
  expect(status).toBe(1);
  expect(stderr).toContain("dev.cluster.maxWorkers is 0; allowed: a whole number of workers from 1 to 100");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each<[string, number, RegExp, RegExp]>([
  ["dev", 2, /^$/, /^unexpected argument "dev"\n$/],
  ["--environment", 2, /^$/, /^unknown option '--environment'\n$/],
  ["--help", 0, /^Usage: npm run synth /, /^$/],
])("with %s nothing is written", async (parameter, status, stdout, stderr) => {
  const ended = await writeHere("unwritten", parameter);
  expect(ended.status).toBe(status);
  expect(ended.stdout).toMatch(stdout);
  expect(ended.stderr).toMatch(stderr);
  expect(readdirSync(copy.folder)).not.toContain("unwritten");
});
