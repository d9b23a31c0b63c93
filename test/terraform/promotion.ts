// A promotion as docs/promotion.md has it, with a real Terraform: from nothing, in waves, once more, and what must be refused. Works in the
// subscription that ARM_SUBSCRIPTION_ID names, which must be there for nothing else: PROMOTION_SUBSCRIPTION has to name it too. Skips, loudly,
// where there is none. Ends with what it has made still there, for people to look at.
// With PROMOTION_PLANNER_TOKEN_FILE, a token as a pipeline gets it, the identity that only plans makes every plan and looks for drift; with
// PROMOTION_GROUP, a group of the Databricks account, that group is the data scientists'.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Expectations, type Outcome } from "./expectations";
import { Planner, setting } from "./planner";
import { repository } from "../repository";

const ENVIRONMENT = "dev";
const TERRAFORM = process.argv[2] ?? "terraform";
const SHARED = ["--read-only", "--share"] as const;

function skip(reason: string): never {
  console.log(`SKIPPED: no promotion with a real Terraform: ${reason}`);
  process.exit(0);
}

const { ARM_SUBSCRIPTION_ID, PROMOTION_SUBSCRIPTION, PROMOTION_PLANNER_TOKEN_FILE, PROMOTION_GROUP } = process.env;
if (!PROMOTION_SUBSCRIPTION || PROMOTION_SUBSCRIPTION !== ARM_SUBSCRIPTION_ID)
  skip("PROMOTION_SUBSCRIPTION names no subscription that may be worked in, or not the one of ARM_SUBSCRIPTION_ID");
if (spawnSync(TERRAFORM, ["version"]).error) skip(`${TERRAFORM} cannot be run`);

/** A copy, because a change is promoted. */
const folder = mkdtempSync(join(tmpdir(), "promotion-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
spawnSync("git", ["clone", "--quiet", repository, folder]);
symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));

const environmentFile = join(folder, "environments", `${ENVIRONMENT}.ts`);
const planner = PROMOTION_PLANNER_TOKEN_FILE ? new Planner(PROMOTION_PLANNER_TOKEN_FILE) : undefined;
if (!planner) console.log("SKIPPED: plans by who only plans: PROMOTION_PLANNER_TOKEN_FILE names no token");
planner?.admit(environmentFile);
if (PROMOTION_GROUP)
  writeFileSync(
    environmentFile,
    setting(readFileSync(environmentFile, "utf8"), "access", { dataScientists: PROMOTION_GROUP }),
  );

const command = (script: string, ...args: readonly string[]): Outcome => run(process.env, script, args);

/** Does it as the planner, where there is one. */
const read = (script: string, ...args: readonly string[]): Outcome =>
  run(planner?.variables ?? process.env, script, args);

function run(variables: NodeJS.ProcessEnv, script: string, args: readonly string[]): Outcome {
  const terraform = script === "artifact" || script === "triggers" ? [] : ["--terraform", TERRAFORM];
  const environment = script === "artifact" ? [] : ["--environment", ENVIRONMENT];
  const main = ["--import", "tsx", `operations/${script}/main.ts`, ...args, ...environment, ...terraform];
  const { status, stdout, stderr } = spawnSync(process.execPath, main, {
    cwd: folder,
    encoding: "utf8",
    env: variables,
  });
  return { code: status ?? 1, text: `${stdout}${stderr}` };
}

const expectations = new Expectations();
const expect = expectations.expect.bind(expectations);

/** Plans and applies until nothing is left; returns how many waves that took. */
function promote(most: number): number {
  for (let wave = 1; wave <= most; wave += 1) {
    const made = read("deploy", "plan", "--artifact", "out/artifact/artifact.tar", ...(planner ? SHARED : []));
    expect(`wave ${wave} is planned`, made, { code: 0, says: /### Plan of dev/ });
    const shared = /^Plans (\S+)$/m.exec(made.text)?.[1];
    const applied = command("deploy", "apply", ...(shared ? ["--plans", shared] : []));
    expect(`wave ${wave} is applied`, applied, { code: 0, says: /Next: plan again|dev is as planned/ });
    if (applied.text.includes("is as planned")) return wave;
  }
  return most + 1;
}

const stateOf = (stack: string): string =>
  spawnSync(TERRAFORM, ["state", "pull"], {
    cwd: join(folder, ".runtime", "deploy", ENVIRONMENT, "stacks", stack),
  }).stdout.toString();

const bootstrapped = command("bootstrap", "--yes");
planner?.recognize(bootstrapped.text);
expect("the bootstrap makes the account and moves its state there", bootstrapped, {
  code: 0,
  says: /State: in the account|a plan against it is empty/,
});
expect("the artifact is built", command("artifact"), { code: 0, says: /^sha256 [0-9a-f]{64}$/m });
const waves = promote(4);
expect(
  "the first deployment comes in waves, until all is as planned",
  { code: waves, text: "" },
  { code: 4, says: /^/ },
);
expect("all triggers are on", command("triggers", "status"), { code: 0, says: /Started/ });

const before = stateOf(`${ENVIRONMENT}-data-factory`);
appendFileSync(join(folder, "notebooks", "predictive_maintenance", "scoring", "scoring.py"), "\n# another release\n");
expect("another artifact is built", command("artifact"), { code: 0, says: /^sha256/m });
const planned = read(
  "deploy",
  "plan",
  "--artifact",
  "out/artifact/artifact.tar",
  "--read-only",
  "--report",
  "out/plan.md",
);
expect("the next promotion is one wave", planned, { code: 0, says: /A new release of the notebooks/ });
expect(
  "a plan that only reads leaves the state as it was",
  {
    code: stateOf(`${ENVIRONMENT}-data-factory`) === before && existsSync(join(folder, "out", "plan.md")) ? 0 : 1,
    text: "",
  },
  { code: 0, says: /^/ },
);
if (planner)
  expect("the planner may not apply its own plan", read("deploy", "apply"), { code: 1, says: /403|role that allows/ });
const elsewhere = spawnSync(TERRAFORM, ["apply", "-input=false", "tfplan"], {
  cwd: join(folder, ".runtime", "deploy", ENVIRONMENT, "stacks", `${ENVIRONMENT}-data-factory`),
});
expect(
  "somebody else changes the state meanwhile",
  { code: elsewhere.status ?? 1, text: String(elsewhere.stderr) },
  {
    code: 0,
    says: /^/,
  },
);
expect("the stale plan is refused before anything is stopped", command("deploy", "apply"), {
  code: 1,
  says: /the state of dev-data-factory has changed since the plan; plan again/,
});
expect("all triggers are still on", command("triggers", "status"), { code: 0, says: /Started/ });
promote(1);
expect("nothing differs from what was deployed", read("deploy", "drift"), {
  code: 0,
  says: /has not drifted since its deployment/,
});
expect("a trigger that somebody stops is drift", command("triggers", "stop"), { code: 0, says: /Stopped/ });
expect("which is told", read("deploy", "drift", "--report", "out/drift.md"), {
  code: 1,
  says: /Triggers that are not started/,
});
expect(
  "in words for an issue",
  { code: 0, text: readFileSync(join(folder, "out", "drift.md"), "utf8") },
  {
    code: 0,
    says: /new_blobs/,
  },
);
expectations.end();
