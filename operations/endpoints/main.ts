import { namesOf } from "../../environments/naming";
import { signIn } from "../azure";
import { parseRequest, runOperation } from "../command";
import { ResourceManager } from "../resource-manager";
import { operateEndpoint } from "./approve";

const DESCRIPTION =
  "Approves the private endpoint by which the factory of a private environment enters its workspace, or says whether it is. Ends with code 1 unless it is.";

void runOperation(async () => {
  const request = parseRequest("endpoints", DESCRIPTION, ["approve", "status"], process.argv.slice(2));
  if (request === undefined) return;
  const { action, settings } = request;
  if (settings.network.access === "public") {
    console.log(`network.access of ${settings.name} is public: there is nothing to approve.`);
    return;
  }
  const names = namesOf(settings);
  await operateEndpoint(action, {
    azure: new ResourceManager(signIn(process.env)),
    resourceGroup: names.resourceGroup,
    workspace: names.workspace,
    factory: names.dataFactory,
    endpoint: names.managedEndpoint,
    patience: { timeout: 15 * 60_000, interval: 5_000 },
  });
});
