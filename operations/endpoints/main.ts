import { namesOf } from "../../environments/naming";
import { signIn } from "../azure";
import { runOperation } from "../command";
import { ResourceManager } from "../resource-manager";
import { operateEndpoint } from "./approve";
import { readRequest } from "./request";

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
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
