import { getClient } from "@azure-rest/core-client";
import { lookup } from "node:dns/promises";
import { UserError } from "../../command-line/user-error";
import { namesOf } from "../../environments/naming";
import { signIn } from "../azure";
import { runOperation } from "../command";
import { ResourceManager } from "../resource-manager";
import { preflight } from "./preflight";
import { readRequest } from "./request";

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { settings } = request;
  const azure = signIn(process.env);
  await azure.credential.getToken("https://management.azure.com/.default");
  const problems = await preflight({
    settings,
    names: namesOf(settings),
    azure: new ResourceManager(azure),
    credential: azure.credential,
    variables: process.env,
    resolve: (host) =>
      lookup(host, { all: true, family: 4 }).then(
        (found) => found.map(({ address }) => address),
        () => [],
      ),
    answers: async (host) =>
      getClient(`https://${host}`, { retryOptions: { maxRetries: 1 } })
        .pathUnchecked("/")
        .get()
        .then(
          () => true,
          () => false,
        ),
  });
  if (problems > 0) throw new UserError(`${problems} to fix before ${settings.name} can be deployed`);
});
