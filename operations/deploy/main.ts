import { join, resolve } from "node:path";
import { subscriptionOf } from "../azure";
import { parseRequest, runOperation } from "../command";
import { applyPlans, findDrift, goBack, makePlans, verifyRelease } from "./actions";
import { deployed } from "./environment";
import { EnvironmentFolder } from "./environment-folder";
import { DESCRIPTION, type Options, withOptions } from "./options";

const ACTIONS = {
  plan: makePlans,
  apply: applyPlans,
  verify: verifyRelease,
  rollback: goBack,
  drift: findDrift,
} as const;

void runOperation(async () => {
  const names = Object.keys(ACTIONS) as [keyof typeof ACTIONS, ...(keyof typeof ACTIONS)[]];
  const request = parseRequest<keyof typeof ACTIONS, Options>(
    "deploy",
    DESCRIPTION,
    names,
    process.argv.slice(2),
    withOptions,
  );
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
