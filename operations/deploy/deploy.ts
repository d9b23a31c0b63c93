import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { subscriptionOf } from "../azure";
import { azureOf, LAPTOP } from "../laptop";
import { applyPlans, findDrift, goBack, makePlans, verifyRelease } from "./actions";
import { deployed } from "./environment";
import { EnvironmentFolder } from "./environment-folder";
import { type Action, readRequest } from "./request";

const ACTIONS: Readonly<Record<Action, typeof makePlans>> = {
  plan: makePlans,
  apply: applyPlans,
  verify: verifyRelease,
  rollback: goBack,
  drift: findDrift,
};

/** `npm run deploy` in the repository that is in `root`. */
export async function deploy(parameters: readonly string[], root: string): Promise<void> {
  const request = readRequest(parameters);
  if (request === undefined) return;
  const { action, settings, options } = request;
  if (options.local !== undefined && action !== "verify")
    throw new UserError(`--local: allowed for verify; ${action} needs Azure`, 2);
  const folder = new EnvironmentFolder(
    join(root, ".runtime", action === "drift" ? "drift" : "deploy", settings.name),
    settings.name,
  );
  await ACTIONS[action]({
    root,
    settings,
    options,
    folder,
    subscription: options.local === undefined ? subscriptionOf(process.env) : LAPTOP,
    deployed: () => deployed(settings, folder, options.wait, azureOf(options, process.env)),
    interval: options.local === undefined ? 15_000 : 1_000,
  });
}
