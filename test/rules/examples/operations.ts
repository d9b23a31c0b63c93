import { add, change, everyOf, type Examples, features, remove, type Resource, without } from "../spoil";

const role = "azurerm_role_assignment";
const budget = "azurerm_consumption_budget_subscription";

export const operations: Examples = {
  "failures-are-told-at-the-first": {
    spoil: (stacks) =>
      everyOf(stacks, "azurerm_monitor_metric_alert").forEach((alert) =>
        Object.assign((alert["criteria"] as Resource[])[0]!, { threshold: 1 }),
      ),
    found: "later than at the first",
  },
  "missing-runs-are-asked-of-the-logs": {
    spoil: remove("azurerm_monitor_scheduled_query_rules_alert_v2"),
    found: "runs that never came",
  },
  "factory-logs-have-tables-of-their-own": {
    spoil: without("azurerm_monitor_diagnostic_setting", "log_analytics_destination_type"),
    found: "shared table",
  },
  "logs-leave-nothing-in-the-way": {
    spoil: ({ observability }) => delete features(observability)["log_analytics_workspace"],
    found: "log_analytics_workspace.permanently_delete_on_destroy",
  },
  "budgets-watch-the-managed-group-too": {
    spoil: change(budget, { filter: { dimension: [{ values: ["rg-pdm-dev-d01"] }] } }),
    found: "without a budget",
  },
  "budgets-keep-their-first-month": { spoil: without(budget, "lifecycle"), found: "time_period" },
  "roles-say-why": { spoil: change(role, { description: "needed" }), found: "no description" },
  "roles-are-not-owner": { spoil: change(role, { role_definition_name: "Owner" }), found: "gives Owner" },
  "identities-need-no-lookup": { spoil: without(role, "principal_type"), found: "look the identity up" },
  "nothing-sleeps": { spoil: add("foundation", "time_sleep", {}), found: "time_sleep.added" },
};
