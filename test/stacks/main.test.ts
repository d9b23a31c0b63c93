import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(__dirname, "..", "..");
const sources = [
  "main.ts",
  "command-line",
  "environments",
  "pipelines",
  "components",
  "stacks",
  "notebooks",
  "tsconfig.json",
];
const copy = mkdtempSync(join(tmpdir(), "main-"));

beforeAll(() => {
  for (const source of sources) cpSync(join(repository, source), join(copy, source), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"), "dir");
});

afterAll(() => rmSync(copy, { recursive: true }));

/** Runs `main.ts` of a folder; the stacks go to another one below the copy. */
function synth(folder: string, outdir: string, ...parameters: readonly string[]) {
  const tsx = join(repository, "node_modules", "tsx", "dist", "cli.mjs");
  return spawnSync(process.execPath, [tsx, join(folder, "main.ts"), ...parameters], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: join(copy, outdir) },
  });
}

/** Contents of all files by path. */
function tree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("two folders synthesize the same bytes, without a path of this machine", () => {
  const { status, stdout, stderr } = synth(repository, "first");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+ stacks of dev, .*prod.* are in .*first\n$/);
  expect(synth(copy, "second")).toMatchObject({ status: 0, stderr: "" });
  const output = tree(join(copy, "first"));
  expect(Object.keys(output)).toContain("stacks/prod-data-factory/cdk.tf.json");
  expect(tree(join(copy, "second"))).toEqual(output);
  for (const content of Object.values(output)) expect(content).not.toContain(repository);
});

test("a place that cannot be written is told in one line", () => {
  writeFileSync(join(copy, "file"), "");
  const { status, stderr } = synth(copy, "file");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^E[A-Z]+: .*file.*\n$/);
});

test("a mistake in an environment is told in one message, without a stack, and fails", () => {
  const dev = join(copy, "environments", "dev.ts");
  writeFileSync(dev, readFileSync(dev, "utf8").replace("maxWorkers: 2", "maxWorkers: 0"));
  const { status, stderr } = synth(copy, "third");
  expect(status).toBe(1);
  expect(stderr).toContain("dev.cluster.maxWorkers is 0; allowed: a whole number of workers from 1 to 100");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each<[string, number, RegExp, RegExp]>([
  ["dev", 2, /^$/, /^unexpected argument "dev"\n$/],
  ["--environment", 2, /^$/, /^unknown option '--environment'\n$/],
  ["--help", 0, /^Usage: npm run synth /, /^$/],
])("with %s nothing is written", (parameter, status, stdout, stderr) => {
  const ended = synth(repository, "unwritten", parameter);
  expect(ended.status).toBe(status);
  expect(ended.stdout).toMatch(stdout);
  expect(ended.stderr).toMatch(stderr);
  expect(readdirSync(copy)).not.toContain("unwritten");
});
