// From nothing to a scored blob and back, on this machine, with the real Terraform and providers: the promotion of promotion.ts in a subscription
// that npm run cloud answers for, a verification, a release that fails it and is rolled back, a plant that lands, and the end of it all.
// Skips, loudly, where Terraform or the providers cannot be had.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { stackIds } from "../../components/stack-ids";
import { LAPTOP } from "../../local/cloud/variables";
import { repository } from "../repository";
import { Expectations, type Outcome } from "./expectations";

const ENVIRONMENT = "dev";
/** What `terraform init` says without a registry or a mirror that has the providers. */
const UNREACHABLE = /could not connect to|not found in any of the search locations/;
const PREDICT = join("notebooks", "predictive_maintenance", "scoring", "predict.py");

const work = mkdtempSync(join(tmpdir(), "cloud-"));
const out = join(work, "cloud");
const copy = join(work, "copy");
const expectations = new Expectations();
const expect = expectations.expect.bind(expectations);

async function main(): Promise<void> {
  if (spawnSync("terraform", ["version"]).error) return skip("terraform is not installed or not on the PATH");
  makeCopy();
  const cloud = await startCloud();
  try {
    const bootstrapped = operate("bootstrap", "--yes");
    if (UNREACHABLE.test(bootstrapped.text)) return skip("terraform cannot get the providers");
    expect("the bootstrap makes the account and moves its state there", bootstrapped, {
      code: 0,
      says: /a plan against it is empty/,
    });
    const subscription = { PROMOTION_SUBSCRIPTION: LAPTOP };
    expect("the whole promotion", inCloud(subscription, "npx", "tsx", "test/terraform/promotion.ts"), {
      code: 0,
      says: / 0 failed/,
    });
    releases();
    expect("a plant that lands is trained on and scored", operate("land", "--machines", "3", "--days", "20"), {
      code: 0,
      says: /scoring \S+ \(.*\) is Succeeded/,
    });
    destroy();
  } finally {
    cloud.kill("SIGINT");
    await once(cloud, "exit");
  }
  expectations.end();
}

/** A good release, a bad one that its verification rolls back, and the good one again. */
function releases(): void {
  const all = { code: 0, says: /all \d+ windows of the known plant are predicted as expected/ };
  deployAll("the release");
  expect("its verification passes", operate("deploy", "verify"), all);
  const file = join(copy, PREDICT);
  const good = readFileSync(file, "utf8");
  const [decision, opposite] = ['F.when(F.col(f"warns_{comp}")', 'F.when(~F.col(f"warns_{comp}")'];
  if (!good.includes(decision)) throw new Error(`${PREDICT} has no ${decision}`);
  writeFileSync(file, good.replace(decision, opposite));
  deployAll("a release that warns of what it should not");
  expect("its verification fails, and rolls it back", operate("deploy", "verify", "--rollback"), {
    code: 1,
    says: /was rolled back to the artifact/,
  });
  writeFileSync(file, good);
  expect("the verification of what it was rolled back to passes", operate("deploy", "verify"), all);
  expect("nothing differs from what was deployed", operate("deploy", "drift"), { code: 0, says: /has not drifted/ });
}

function deployAll(what: string): void {
  for (let wave = 1; wave <= 4; wave += 1) {
    const planned = operate("deploy", "plan", "--share");
    expect(`${what}: wave ${wave} is planned, for somebody to approve`, planned, { code: 0, says: /^Plans \S+$/m });
    const applied = operate("deploy", "apply", "--plans", /^Plans (\S+)$/m.exec(planned.text)?.[1] ?? "");
    expect(`${what}: wave ${wave} is applied`, applied, { code: 0, says: /Next: plan again|dev is as planned/ });
    if (applied.code !== 0 || applied.text.includes("is as planned")) return;
  }
}

const resources = z.array(z.object({ id: z.string() }));

function destroy(): void {
  expect("the triggers stop", operate("triggers", "stop"), { code: 0, says: /Stopped/ });
  for (const stack of [...stackIds(ENVIRONMENT)].reverse()) {
    const folder = join(copy, ".runtime", "cloud-deploy", ENVIRONMENT, "stacks", stack);
    const destroyed = inCloud({}, "terraform", `-chdir=${folder}`, "destroy", "-auto-approve", "-input=false");
    expect(`${stack} is destroyed`, destroyed, { code: 0, says: /Destroy complete!/ });
  }
  const left = resources.parse(JSON.parse(readFileSync(join(out, "resources.json"), "utf8")));
  const text = left
    .map(({ id }) => id)
    .filter((id) => !id.includes("/resourceGroups/rg-pdm-dev-state"))
    .join("\n");
  expect("nothing is left but what the bootstrap made", { code: text === "" ? 0 : 1, text }, { code: 0, says: /^/ });
}

/** One of this project's commands, on this machine. */
function operate(command: string, ...args: readonly string[]): Outcome {
  const where = ["--environment", ENVIRONMENT, "--local", out];
  return run({}, "npx", ["tsx", `operations/${command}/main.ts`, ...args, ...where]);
}

/** Any program, with this machine in the place of Azure. */
function inCloud(variables: Readonly<Record<string, string>>, ...command: readonly string[]): Outcome {
  return run(variables, "npx", ["tsx", "local/cloud/main.ts", "--out", out, ...command]);
}

function run(variables: Readonly<Record<string, string>>, program: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...variables },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status ?? 1, text: `${stdout}${stderr}` };
}

/** What is deployed is changed, and neither sources nor plans of this folder are touched. */
function makeCopy(): void {
  spawnSync("git", ["clone", "--quiet", repository, copy]);
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  mkdirSync(join(copy, ".runtime"));
  for (const entry of readdirSync(join(repository, ".runtime")))
    if (!/bootstrap|deploy|drift|landing/.test(entry))
      symlinkSync(join(repository, ".runtime", entry), join(copy, ".runtime", entry));
}

async function startCloud(): Promise<ChildProcess> {
  // Without npx, which would keep the signal that ends it to itself.
  const child = spawn(process.execPath, ["--import", "tsx", "local/cloud/main.ts", "--out", out], {
    cwd: copy,
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes("In another terminal")) break;
  child.stdout.resume();
  return child;
}

function skip(reason: string): void {
  console.log(`SKIPPED: nothing was deployed to this machine: ${reason}`);
}

process.on("exit", () => rmSync(work, { recursive: true, force: true }));
void main();
