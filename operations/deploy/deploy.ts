import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { signIn, subscriptionOf } from "../azure";
import { azureOf } from "../laptop";
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
  const laptop = options.local === undefined ? undefined : azureOf(options, process.env);
  if (laptop !== undefined && laptop.variables === undefined && (action !== "verify" || options.rollback))
    throw new UserError(
      `npm start -- --watch takes deploy -- verify alone: nothing can be deployed to it, as it can to npm run cloud`,
      2,
    );
  const kind = action === "drift" ? "drift" : "deploy";
  const folder = new EnvironmentFolder(
    join(root, ".runtime", laptop === undefined ? kind : `cloud-${kind}`, settings.name),
    settings.name,
  );
  await ACTIONS[action]({
    root,
    settings,
    options,
    folder,
    subscription: laptop?.subscriptionId ?? subscriptionOf(process.env),
    ...(laptop?.variables && { variables: laptop.variables }),
    deployed: () => deployed(settings, folder, options.wait, laptop ?? signIn(process.env)),
    interval: laptop === undefined ? 15_000 : 1_000,
  });
}
