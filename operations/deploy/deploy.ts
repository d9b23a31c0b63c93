import { join } from "node:path";
import { subscriptionOf } from "../azure";
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
  const folder = new EnvironmentFolder(
    join(root, ".runtime", action === "drift" ? "drift" : "deploy", settings.name),
    settings.name,
  );
  await ACTIONS[action]({
    root,
    settings,
    options,
    folder,
    subscription: subscriptionOf(process.env),
    deployed: () => deployed(settings, folder, options.wait),
    interval: 15_000,
  });
}
