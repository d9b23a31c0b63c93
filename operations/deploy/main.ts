import { join, resolve } from "node:path";
import { subscriptionOf } from "../azure";
import { runOperation } from "../command";
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

void runOperation(async () => {
  const request = readRequest(process.argv.slice(2));
  if (request === undefined) return;
  const { action, settings, options } = request;
  const root = resolve(__dirname, "..", "..");
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
});
