import { App } from "cdktf";
import { mkdirSync, mkdtempSync, cpSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackIds, stateBlob } from "../../components/stack-ids";
import { Bootstrap } from "../../stacks/bootstrap";
import { runOperation } from "../command";
import { containerOf } from "../container";
import { azureOf } from "../laptop";
import { ResourceManager } from "../resource-manager";
import { bootstrap } from "./bootstrap";
import { Terraform } from "../terraform";
import { readRequest } from "./request";
import { makeStates } from "./states";

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { settings, options } = request;
  const azure = azureOf(options, process.env);
  const { resourceGroupName, storageAccountName, containerName } = settings.state;
  const account = `/subscriptions/${azure.subscriptionId}/resourceGroups/${resourceGroupName}/providers/Microsoft.Storage/storageAccounts/${storageAccountName}`;
  const folder = join(
    __dirname,
    "..",
    "..",
    ".runtime",
    azure.variables ? "cloud-bootstrap" : "bootstrap",
    settings.name,
  );
  synthesize();
  await bootstrap({
    settings,
    folder,
    terraform: new Terraform(options.terraform, folder, azure.variables),
    account,
    accountExists: () => new ResourceManager(azure).has(account, "2024-01-01"),
    approved: options.yes,
    patience: { timeout: 15 * 60_000, interval: 20_000 },
  });
  const states = containerOf(azure, storageAccountName, containerName);
  const made = await makeStates(states, stackIds(settings.name).map(stateBlob));
  if (made.length > 0) console.log(`Empty states, for the planner: ${made.join(", ")}`);

  function synthesize(): void {
    const outdir = mkdtempSync(join(tmpdir(), "bootstrap-"));
    const app = new App({ outdir });
    new Bootstrap(app, settings);
    app.synth();
    mkdirSync(folder, { recursive: true });
    cpSync(join(outdir, "stacks", `bootstrap-${settings.name}`, "cdk.tf.json"), join(folder, "cdk.tf.json"));
    rmSync(outdir, { recursive: true });
  }
});
