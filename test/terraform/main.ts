// Shows every stack to the real providers: validates it, plans it and applies it to a mock of Azure and Databricks.
// Skips, loudly, where Terraform or the providers cannot be had.
import { App } from "cdktf";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { all } from "../../environments/load";
import { platform } from "../../stacks/platform";
import { repository } from "../repository";
import { tested } from "./tested";

const STACKS = ["bootstrap", "foundation", "databricks", "data-factory", "observability"];

/** Downloaded providers are kept: they have 300 MB. */
const providers = resolve(process.env.TF_PLUGIN_CACHE_DIR ?? join(repository, ".runtime", "terraform-providers"));
mkdirSync(providers, { recursive: true });

function terraform(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync("terraform", [...args, "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_PLUGIN_CACHE_DIR: providers,
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
    },
  });
  return { found: error === undefined, passed: status === 0, output: `${stdout}${stderr}` };
}

/** What `terraform init` says without a registry or a mirror that has the providers; a wrong version is a failure. */
const UNREACHABLE = /could not connect to|not found in any of the search locations/;

let failed = 0;

function report(what: string, { passed, output }: { readonly passed: boolean; readonly output: string }): void {
  console.log(`${passed ? "ok    " : "FAILED"} ${what}`);
  if (passed) return;
  console.log(output);
  failed += 1;
}

function skip(reason: string): never {
  console.log(`SKIPPED: the stacks were not shown to the real providers: ${reason}`);
  process.exit(0);
}

if (!terraform(repository, "version").found) skip("terraform is not installed or not on the PATH");

const outdir = mkdtempSync(join(tmpdir(), "terraform-"));
process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
const app = new App({ outdir });
for (const settings of all()) platform(app, tested(settings), join(repository, "notebooks"));
app.synth();

for (const { name: environment } of all())
  for (const stack of STACKS) {
    const id = stack === "bootstrap" ? `${stack}-${environment}` : `${environment}-${stack}`;
    const folder = join(outdir, "stacks", id);
    // Remote states are named after the stack that they read.
    const test = readFileSync(join(__dirname, `${stack}.tftest.hcl`), "utf8").replaceAll("_dev_", `_${environment}_`);
    writeFileSync(join(folder, `${stack}.tftest.hcl`), test);
    const init = terraform(folder, "init", "-backend=false", "-input=false");
    if (UNREACHABLE.test(init.output)) skip(`terraform cannot get the providers:\n${init.output}`);
    report(`${id} init`, init);
    for (const step of ["validate", "test"]) report(`${id} ${step}`, terraform(folder, step));
  }
process.exitCode = failed > 0 ? 1 : 0;
