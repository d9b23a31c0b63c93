import { App } from "cdktf";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { platform } from "../../stacks/platform";
import { validate } from "../../stacks/validate";
import { parseRequest, runOperation } from "../command";
import { Terraform } from "../terraform";
import { apply, plan } from "./deploy";
import { summarize } from "./summary";

const DESCRIPTION =
  "Plans an environment, saves the plans for an approval, and applies exactly these. A first deployment goes in waves: plan, approve, apply, until nothing is left to plan.";

const collect = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

void runOperation(async () => {
  const request = parseRequest("deploy", DESCRIPTION, ["plan", "apply"], process.argv.slice(2), (program) =>
    program
      .option("--terraform <command>", "Terraform, or OpenTofu", "terraform")
      .option("--read-only", "plan without a lock on the states, as an identity does that only reads")
      .option("--allow <address>", "replace or destroy this protected resource; may be repeated", collect, []),
  );
  if (request === undefined) return;
  const { action, settings, options } = request;
  // Plans hold what Terraform knows, secrets of others among it: nobody else on this machine reads them.
  const folder = join(__dirname, "..", "..", ".runtime", "deploy", settings.name);
  const props = {
    environment: settings.name,
    folder,
    stacks: ["foundation", "databricks", "data-factory", "observability"].map((stack) => `${settings.name}-${stack}`),
    terraform: (at: string) => new Terraform(String(options["terraform"]), at),
  };
  if (action === "apply") {
    const { later } = await apply(props, options["allow"] as readonly string[]);
    console.log(later.length > 0 ? `Next: plan again, for ${later.join(", ")}` : `${settings.name} is as planned.`);
    return;
  }
  rmSync(join(folder, "stacks"), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const app = new App({ outdir: join(folder, "cdktf.out") });
  platform(app, settings, join(__dirname, "..", "..", "notebooks"));
  validate(app);
  app.synth();
  cpSync(join(folder, "cdktf.out", "stacks"), join(folder, "stacks"), { recursive: true });
  console.log(summarize(await plan(props, options["readOnly"] === true)));
});
