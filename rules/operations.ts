import { block, blocks, destroyedForGood, ofEach, resources, texts, type Rule } from "./rule";

const BUDGETS = ["azurerm_consumption_budget_subscription", "azurerm_consumption_budget_resource_group"] as const;
const FAILURES = ["PipelineFailedRuns", "TriggerFailedRuns"];

export const operations: readonly Rule[] = [
  {
    name: "failures-are-told-at-the-first",
    otherwise: "an alert on more than one failure in five minutes never fires",
    check: ofEach("azurerm_monitor_metric_alert", ({ criteria }) => {
      const late = blocks(criteria).filter(
        ({ metric_name, operator, threshold }) =>
          FAILURES.includes(String(metric_name)) && !(operator === "GreaterThan" && threshold === 0),
      );
      return late.length > 0 ? "fires later than at the first failed run" : undefined;
    }),
  },
  {
    name: "missing-runs-are-asked-of-the-logs",
    otherwise: "a metric without values fires no alert, so a factory that does nothing looks healthy",
    check: (stacks) => {
      const queries = resources(stacks, "azurerm_monitor_scheduled_query_rules_alert_v2").flatMap(({ properties }) =>
        blocks(properties["criteria"]).map(({ query }) => String(query)),
      );
      const asked = queries.some(
        (query) => /ADFPipelineRun/.test(query) && /Succeeded/.test(query) && /== 0/.test(query),
      );
      const alerts = resources(stacks, "azurerm_monitor_metric_alert").map(({ address }) => address);
      return asked || alerts.length === 0 ? [] : [`${alerts[0]} is there, but no query for runs that never came`];
    },
  },
  {
    name: "factory-logs-have-tables-of-their-own",
    otherwise: "all logs share one generic table, and the alert queries find nothing",
    check: ofEach("azurerm_monitor_diagnostic_setting", ({ target_resource_id, log_analytics_destination_type }) =>
      /data_factory/.test(String(target_resource_id)) && log_analytics_destination_type !== "Dedicated"
        ? "writes to the shared table"
        : undefined,
    ),
  },
  {
    name: "logs-leave-nothing-in-the-way",
    otherwise:
      "for two weeks the name restores the deleted logs, whose old rows raise alerts, and other regions refuse it",
    thread: "hashicorp/terraform-provider-azurerm#26644",
    check: destroyedForGood(
      "azurerm_log_analytics_workspace",
      "log_analytics_workspace",
      "permanently_delete_on_destroy",
    ),
  },
  {
    name: "budgets-watch-the-managed-group-too",
    otherwise: "most of the cost, the cluster's machines, is billed there",
    check: (stacks) => {
      const groups = BUDGETS.flatMap((type) => resources(stacks, type)).flatMap(({ properties }) =>
        blocks(block(properties["filter"])["dimension"]).flatMap(({ values }) => texts(values)),
      );
      return groups.length === 0
        ? []
        : resources(stacks, "azurerm_databricks_workspace")
            .filter(({ properties }) => !groups.includes(String(properties["managed_resource_group_name"])))
            .map(({ address }) => `${address} has a managed resource group without a budget`);
    },
  },
  {
    name: "budgets-keep-their-first-month",
    otherwise: "Azure requires the current month at creation, and a later change of it replaces the budget",
    check: (stacks) =>
      BUDGETS.flatMap((type) =>
        ofEach(type, ({ lifecycle }) =>
          texts(block(lifecycle)["ignore_changes"]).includes("time_period") ? undefined : "does not ignore time_period",
        )(stacks),
      ),
  },
  {
    name: "roles-say-why",
    otherwise: "nobody knows whether a role is still needed",
    check: ofEach("azurerm_role_assignment", ({ description }) =>
      /^\S.{20,}\.$/.test(String(description)) ? undefined : "has no description of one line",
    ),
  },
  {
    name: "roles-are-not-owner",
    otherwise: "a stolen identity could take over the subscription",
    check: ofEach("azurerm_role_assignment", ({ role_definition_name }) =>
      ["Owner", "User Access Administrator"].includes(String(role_definition_name))
        ? `gives ${String(role_definition_name)}`
        : undefined,
    ),
  },
  {
    name: "identities-need-no-lookup",
    otherwise: "Entra does not find an identity that was just created, and the apply fails",
    thread: "Azure/azure-rest-api-specs#9467",
    check: ofEach("azurerm_role_assignment", ({ principal_id, principal_type, skip_service_principal_aad_check }) =>
      /data\.azurerm_client_config/.test(String(principal_id)) ||
      ["Group", "User"].includes(String(principal_type)) ||
      (principal_type === "ServicePrincipal" && skip_service_principal_aad_check === true)
        ? undefined
        : "lets the provider look the identity up",
    ),
  },
  {
    name: "nothing-sleeps",
    otherwise: "a fixed wait is too long or too short; retry the real operation instead",
    thread: "Azure/azure-rest-api-specs#9467",
    check: (stacks) =>
      resources(stacks)
        .filter(({ type }) => type === "time_sleep")
        .map(({ address }) => `${address} waits for a fixed time`),
  },
];
