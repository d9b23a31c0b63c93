import { z } from "zod";
import { explain, isUnprocessable } from "../azure-errors";
import { ok, problem, type Check } from "./check";

/** Some offers, such as a sponsored or a partner's, have no budgets: Azure/azure-powershell#11642. */
export const budgets: Check = {
  name: "budgets",
  run: async ({ azure, settings }) => {
    const { alerts, budget } = settings.observability;
    if (!alerts || !budget.enabled) return ok("none are made");
    const path = `/subscriptions/${azure.subscriptionId}/providers/Microsoft.Consumption/budgets`;
    try {
      await azure.list(path, "2023-05-01", z.unknown());
    } catch (error) {
      if (!isUnprocessable(error)) throw error;
      return problem(
        `the subscription's offer has none (${explain(error)}): set observability.budget.enabled to false`,
      );
    }
    return ok("the subscription can have some");
  },
};
