import { z } from "zod";
import { RESOURCE_PROVIDERS } from "../../components/resource-providers";
import { ok, problem, type Check } from "./check";

export const subscription: Check = {
  name: "subscription",
  run: async ({ azure }) => {
    const found = await azure.get(
      `/subscriptions/${azure.subscriptionId}`,
      "2022-12-01",
      z.object({ displayName: z.string(), state: z.string() }),
    );
    if (!found)
      return problem(
        `there is no subscription ${azure.subscriptionId} for this sign-in: run az account set, or sign in with another account`,
      );
    if (found.state !== "Enabled") return problem(`${found.displayName} is ${found.state}: its owner must enable it`);
    return ok(`${found.displayName} is enabled`);
  },
};

export const registrations: Check = {
  name: "resource providers",
  run: async ({ azure }) => {
    const providers = await azure.list(
      `/subscriptions/${azure.subscriptionId}/providers`,
      "2021-04-01",
      z.object({ namespace: z.string(), registrationState: z.string().nullish() }),
    );
    const registered = (providers ?? [])
      .filter(({ registrationState }) => registrationState === "Registered")
      .map(({ namespace }) => namespace.toLowerCase());
    const missing = RESOURCE_PROVIDERS.filter((namespace) => !registered.includes(namespace.toLowerCase()));
    if (missing.length === 0) return ok(`${RESOURCE_PROVIDERS.length} are registered`);
    return problem(
      `not registered: ${missing.join(", ")}; npm run bootstrap, or az provider register --wait --namespace NAME`,
    );
  },
};
