import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addChecksums, pack, unpack } from "../../../operations/artifact/archive";
import { buildArtifact } from "../../../operations/artifact/build";
import { provenanceOf } from "../../../operations/artifact/provenance";
import { repository } from "../../repository";
import { copyFewSources, copySources } from "./sources";

let folder = "";
const kept = mkdtempSync(join(tmpdir(), "artifact-whole-"));
const whole = { file: join(kept, "artifact.tar"), sha256: "" };

jest.setTimeout(60_000);
beforeAll(async () => (whole.sha256 = await buildArtifact(repository, whole.file)));
afterAll(() => rmSync(kept, { recursive: true }));
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "artifact-test-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function packed(): Promise<{ readonly content: string; readonly file: string }> {
  const content = join(folder, "content");
  mkdirSync(join(content, "notebooks"), { recursive: true });
  writeFileSync(join(content, "notebooks", "ingest.py"), "1");
  writeFileSync(join(content, "lock"), "2");
  addChecksums(content);
  const file = join(folder, "a.tar");
  await pack(content, file);
  return { content, file };
}

test("the same sources give the same artifact in another folder, with another clock", async () => {
  const elsewhere = join(folder, "elsewhere");
  copySources(elsewhere);
  jest.useFakeTimers({ now: new Date("2031-05-05"), doNotFake: ["nextTick", "setImmediate"] });
  const there = await buildArtifact(elsewhere, join(folder, "there.tar"));
  jest.useRealTimers();
  expect(there).toBe(whole.sha256);
});

test("a changed notebook is another artifact", async () => {
  const elsewhere = join(folder, "elsewhere");
  copyFewSources(elsewhere);
  const before = await buildArtifact(elsewhere, join(folder, "a.tar"));
  appendFileSync(join(elsewhere, "notebooks", "scoring.py"), "\n# changed\n");
  expect(await buildArtifact(elsewhere, join(folder, "b.tar"))).not.toBe(before);
});

test("it holds the stacks of all environments, the notebooks, the locks, and checksums that sha256sum reads", async () => {
  await unpack(whole.file, join(folder, "opened"));
  for (const path of [
    "cdktf.out/stacks/prod-data-factory/cdk.tf.json",
    "notebooks/scoring.py",
    "locks/package-lock.json",
  ])
    expect(existsSync(join(folder, "opened", path))).toBe(true);
  execFileSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: join(folder, "opened") });
});

test("what was packed comes back as it was", async () => {
  const { file } = await packed();
  await unpack(file, join(folder, "opened"));
  expect(readFileSync(join(folder, "opened", "notebooks", "ingest.py"), "utf8")).toBe("1");
});

test.each<[string, (content: string) => void]>([
  ["changed", (content) => writeFileSync(join(content, "lock"), "3")],
  ["added", (content) => writeFileSync(join(content, "more"), "3")],
  ["taken away", (content) => rmSync(join(content, "lock"))],
])("a file that was %s after it was built is refused by name, and what is there stays", async (_, change) => {
  const { content, file } = await packed();
  await unpack(file, join(folder, "opened"));
  change(content);
  await pack(content, file);
  await expect(unpack(file, join(folder, "opened"))).rejects.toThrow(/was changed after it was packed: (lock|more)$/);
  expect(readFileSync(join(folder, "opened", "lock"), "utf8")).toBe("2");
});

test("what is no archive, or not there, is refused", async () => {
  await expect(unpack(join(folder, "none.tar"), folder)).rejects.toThrow("there is no");
  writeFileSync(join(folder, "text.tar"), "no archive ".repeat(100));
  await expect(unpack(join(folder, "text.tar"), join(folder, "x"))).rejects.toThrow("text.tar");
});

test("its provenance names the file, the commit, and the run of the service that built it", () => {
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "plant/scoring",
    GITHUB_REF: "refs/heads/main",
    GITHUB_RUN_ID: "7",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_WORKFLOW_REF: "plant/scoring/.github/workflows/promote.yml@refs/heads/main",
  };
  const { subject, predicate } = provenanceOf("artifact.tar", "abc", repository, github, new Date(0));
  expect(subject).toEqual([{ name: "artifact.tar", digest: { sha256: "abc" } }]);
  expect(predicate.runDetails.metadata.invocationId).toBe("https://github.com/plant/scoring/actions/runs/7/attempts/1");
  expect(predicate.buildDefinition.resolvedDependencies[0]).toMatchObject({
    uri: "git+https://github.com/plant/scoring",
    digest: { gitCommit: expect.stringMatching(/^([0-9a-f]{40}|unknown)$/) },
  });
});
