import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { all, load } from "../../../environments/load";
import { buildArtifact } from "../../../operations/artifact/build";
import { pack, unpack } from "../../../operations/artifact/archive";
import * as actions from "../../../operations/deploy/actions";
import type { Deployed } from "../../../operations/deploy/environment";
import { EnvironmentFolder } from "../../../operations/deploy/environment-folder";
import { FactoryTraffic } from "../../../operations/deploy/factory-traffic";
import type { Options } from "../../../operations/deploy/options";
import { Releases } from "../../../operations/deploy/releases";
import { SharedPlans } from "../../../operations/deploy/shared-plans";
import { digest } from "../../../operations/digest";
import { PipelineRuns } from "../../../operations/pipeline-runs";
import { FactoryTriggers } from "../../../operations/triggers/factory-triggers";
import { readPredictions } from "../../../operations/verify/predictions";
import { copyFewSources } from "../artifact/sources";
import { BlobService } from "../blob-service";
import { FactoryService } from "../factory-service";
import { repository } from "../../repository";

const expected = readPredictions(readFileSync(join(repository, "operations", "verify", "expected.csv"), "utf8"));
const USUAL: Options = { terraform: join(__dirname, "fake-terraform.sh"), allow: [], wait: 1 };

let blobs: BlobService;
let base = "";
let artifact = { file: "", sha256: "" };
let changed = { file: "", sha256: "" };

jest.setTimeout(120_000);

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "promotion-"));
  blobs = await BlobService.start();
  for (const name of ["plans", "releases"]) await blobs.client.getContainerClient(name).create();
  const sources = join(base, "sources");
  copyFewSources(sources);
  artifact = { file: join(base, "artifact.tar"), sha256: await buildArtifact(sources, join(base, "artifact.tar")) };
  changed = await another(artifact.file);
});
afterAll(async () => {
  await blobs.stop();
  rmSync(base, { recursive: true });
});
beforeEach(() => {
  for (const method of ["log", "warn", "error"] as const) jest.spyOn(console, method).mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

/** The artifact with another lock file, as another commit would have it. */
async function another(file: string): Promise<typeof artifact> {
  const folder = join(base, "changed");
  await unpack(file, folder);
  const lock = "locks/package-lock.json";
  appendFileSync(join(folder, lock), "\n");
  const sums = join(folder, "SHA256SUMS");
  const line = `${digest(join(folder, lock))}  ${lock}`;
  writeFileSync(sums, readFileSync(sums, "utf8").replace(/^.* {2}locks\/package-lock\.json$/m, line));
  return { file: join(base, "changed.tar"), sha256: await pack(folder, join(base, "changed.tar")) };
}

/** One environment whose factory runs what the known plant starts, and predicts what it is told to. */
class Environment {
  readonly service = new FactoryService({
    known_plant: { type: "BlobEventsTrigger", runtimeState: "Stopped", events: "Disabled" },
    new_blobs: { type: "BlobEventsTrigger", runtimeState: "Stopped", events: "Disabled" },
    scoring_catch_up: { type: "ScheduleTrigger", runtimeState: "Stopped" },
    training_schedule: { type: "ScheduleTrigger", runtimeState: "Stopped" },
  });
  predictions: readonly object[] = expected;
  private readonly folder: EnvironmentFolder;

  constructor(private readonly name: string) {
    this.folder = new EnvironmentFolder(mkdtempSync(join(base, `${name}-`)), name);
    this.service.passTime = () => this.live();
  }

  get releases(): Releases {
    return new Releases(blobs.client.getContainerClient("releases"), this.name, this.folder.artifact);
  }

  async run(action: keyof typeof actions, options: Partial<Options> = {}): Promise<void> {
    const command: actions.Command = {
      root: repository,
      settings: load(this.name),
      options: { ...USUAL, ...options },
      folder: this.folder,
      subscription: "s",
      deployed: () => this.deployed,
      interval: 1,
    };
    await actions[action](command);
  }

  /** Plans, and applies on what could be another machine. */
  async promote({ file, sha256 }: typeof artifact): Promise<void> {
    await this.run("makePlans", { artifact: file, checksum: sha256 });
    await this.run("applyPlans");
  }

  get path(): string {
    return this.folder.path;
  }

  private get deployed(): Deployed {
    const runs = new PipelineRuns(this.service.deployed);
    const patience = { timeout: 50, interval: 1 };
    const triggers = () => new FactoryTriggers({ ...this.service.deployed, declared: this.folder.triggers, patience });
    const verification = blobs.client.getContainerClient(`verification-${this.name}`);
    return {
      runs,
      triggers,
      releases: this.releases,
      plans: new SharedPlans(blobs.client.getContainerClient("plans"), this.name),
      verification,
      around: () => ({
        traffic: new FactoryTraffic({ triggers: triggers(), runs, catchUp: "scoring", patience }),
        ledger: this.releases,
        locks: { lifted: (_, work) => work() },
      }),
    };
  }

  private live(): void {
    const { runs, activities } = this.service;
    for (const { runId, status } of [...runs]) if (status === "InProgress") this.service.end(runId, "Succeeded");
    if (this.questions++ % 3 !== 2) return;
    const runId = `known-${runs.length}`;
    runs.push({ runId, pipelineName: "verification", status: "InProgress", invokedBy: { name: "known_plant" } });
    activities[runId] = [
      { activityName: "report", status: "Succeeded", output: { runOutput: { predictions: this.predictions } } },
    ];
  }

  private questions = 0;
}

async function ready(name: string): Promise<Environment> {
  await blobs.client.getContainerClient(`verification-${name}`).createIfNotExists();
  return new Environment(name);
}

const environments = new Map<string, Promise<Environment>>();

/** An environment in which the artifact is verified. It is made once: no more than one test goes on from it. */
function promoted(name: string): Promise<Environment> {
  const promote = async () => {
    const environment = await ready(name);
    await environment.promote(artifact);
    await environment.run("verifyRelease");
    return environment;
  };
  const environment = environments.get(name) ?? promote();
  environments.set(name, environment);
  return environment;
}

test("one artifact goes through all environments, and each has its checksum", async () => {
  const deployed: string[] = [];
  for (const { name } of all()) {
    const environment = await promoted(name);
    deployed.push(...(await environment.releases.history()).map(({ artifact, state }) => `${artifact} ${state}`));
  }
  expect(deployed).toEqual(Array(all().length).fill(`${artifact.sha256} verified`));
});

test("another artifact than the one that was built is refused before anything is planned", async () => {
  const environment = await ready("dev");
  await expect(environment.run("makePlans", { artifact: changed.file, checksum: artifact.sha256 })).rejects.toThrow(
    `the artifact has the sha256 ${changed.sha256}, not ${artifact.sha256}`,
  );
  expect(existsSync(join(environment.path, "wave.json"))).toBe(false);
});

test("a verification that fails deploys the release before, and fails the promotion", async () => {
  const environment = await promoted("dev");
  await environment.promote(changed);
  const [first, ...others] = expected;
  environment.predictions = [{ ...first, predicted: "comp4" }, ...others];
  const failed = environment.run("verifyRelease", { rollback: true });
  await expect(failed).rejects.toThrow(
    new RegExp(
      `^dev was rolled back to the artifact ${artifact.sha256}, because its verification failed: .*comp4`,
      "s",
    ),
  );
  const history = await environment.releases.history();
  expect(history.slice(-2).map(({ artifact, state }) => [artifact, state])).toEqual([
    [changed.sha256, "failed"],
    [artifact.sha256, "applied"],
  ]);
  expect(environment.service.triggers["new_blobs"]).toMatchObject({ runtimeState: "Started", events: "Enabled" });
});

test("rollback is one command, and knows where to go", async () => {
  const environment = await promoted("test");
  await environment.promote(changed);
  await environment.run("goBack");
  expect((await environment.releases.history()).at(-1)!.artifact).toBe(artifact.sha256);
});

test("plans that were shared are applied by their name, on a machine that has nothing else", async () => {
  const planner = await ready("dev");
  const said = jest.spyOn(console, "log");
  await planner.run("makePlans", { artifact: artifact.file, readOnly: true, share: true });
  const [, name] = /^Plans (\w+)$/m.exec(said.mock.calls.flat().join("\n"))!;
  const deployer = await ready("dev");
  await deployer.run("applyPlans", { plans: name! });
  expect((await deployer.releases.history()).at(-1)!.artifact).toBe(artifact.sha256);
});

test("a pull request that would replace the workspace is stopped, and its report says why", async () => {
  const environment = await ready("prod");
  const workspace = {
    type: "azurerm_databricks_workspace",
    address: "azurerm_databricks_workspace.databricks_workspace",
    change: { actions: ["delete", "create"], replace_paths: [["location"]] },
  };
  process.env["FAKE_SHOWS"] = JSON.stringify({ resource_changes: [workspace] });
  const file = join(base, "plan.md");
  try {
    await expect(
      environment.run("makePlans", { artifact: artifact.file, readOnly: true, report: file }),
    ).rejects.toThrow("this would destroy or replace what holds data; to proceed, name each with --allow ADDRESS");
  } finally {
    delete process.env["FAKE_SHOWS"];
  }
  expect(readFileSync(file, "utf8")).toContain(
    "azurerm_databricks_workspace.databricks_workspace (replace because of location)",
  );
});

test("a plan that Terraform itself refuses is reported too", async () => {
  const environment = await ready("prod");
  const file = join(base, "refused.md");
  await expect(
    environment.run("makePlans", { artifact: artifact.file, terraform: "no-such-terraform", report: file }),
  ).rejects.toThrow("no-such-terraform cannot be run");
  expect(readFileSync(file, "utf8")).toContain("**Stopped.**");
});

test("what is as it was deployed is no drift; a change of somebody else's and a stopped trigger are", async () => {
  const environment = await promoted("prod");
  const file = join(base, "drift.md");
  await expect(environment.run("findDrift", { report: file })).resolves.toBeUndefined();
  expect(existsSync(file)).toBe(false);
  environment.service.onlyReads = true;
  const said = jest.spyOn(console, "log");
  await expect(environment.run("findDrift", { report: file })).resolves.toBeUndefined();
  expect(said.mock.calls.join("\n")).toMatch(
    /This sign-in cannot read whether blob events reach known_plant, new_blobs/,
  );
  environment.service.onlyReads = false;
  environment.service.triggers["new_blobs"] = { type: "BlobEventsTrigger", runtimeState: "Stopped" };
  environment.service.triggers["by_hand"] = { type: "ScheduleTrigger", runtimeState: "Started" };
  await expect(environment.run("findDrift", { report: file })).rejects.toThrow("prod has drifted since its deployment");
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/Triggers that are not started\n\n- `new_blobs` is Stopped/);
  expect(text).toMatch(/Triggers that the artifact does not declare\n\n- `by_hand` is Started/);
});
