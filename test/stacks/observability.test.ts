import { load } from "../../environments/load";
import { every, synthesize, the } from "./synthesized";

const dev = load("dev");
const { observability } = synthesize(dev);

const actionGroup = "${azurerm_monitor_action_group.operators_group.id}";
const logs = "${azurerm_log_analytics_workspace.logs.id}";

describe("logs", () => {
  const [factory, lake, workspace] = every(observability, "azurerm_monitor_diagnostic_setting");

  test("they are kept as long as the environment says, and nobody sends or reads them with a key", () => {
    expect(the(observability, "azurerm_log_analytics_workspace")).toMatchObject({
      retention_in_days: 30,
      local_authentication_enabled: false,
    });
  });

  test("factory, workspace and blob service send theirs", () => {
    expect([factory, lake, workspace]).toMatchObject([
      { target_resource_id: expect.stringMatching(/azurerm_data_factory_factory_factory_id}$/) },
      { target_resource_id: expect.stringMatching(/data_lake_account_id}\/blobServices\/default$/) },
      { target_resource_id: expect.stringMatching(/azurerm_databricks_workspace_databricks_workspace_id}$/) },
    ]);
    for (const setting of [factory, lake, workspace]) expect(setting?.log_analytics_workspace_id).toBe(logs);
  });

  test("the factory's runs have tables of their own; the others have no shared one to choose, and would drift", () => {
    expect(factory).toMatchObject({
      log_analytics_destination_type: "Dedicated",
      enabled_log: [{ category: "PipelineRuns" }, { category: "ActivityRuns" }, { category: "TriggerRuns" }],
    });
    for (const setting of [lake, workspace]) {
      expect(setting).not.toHaveProperty("log_analytics_destination_type");
      expect(setting?.enabled_log).toEqual([{ category_group: "allLogs" }]);
    }
  });
});

describe("alerts", () => {
  const metric = every(observability, "azurerm_monitor_metric_alert");
  const log = every(observability, "azurerm_monitor_scheduled_query_rules_alert_v2");
  const rule = (end: string) => log.find(({ name }) => String(name).endsWith(end))!;
  const queryOf = (end: string) => (rule(end).criteria as [{ query: string }])[0].query;

  test.each(["PipelineFailedRuns", "TriggerFailedRuns"])("%s fires at the first failed run", (metric_name) => {
    const found = metric.filter(
      ({ criteria }) => (criteria as [{ metric_name: string }])[0].metric_name === metric_name,
    );
    expect(found).toMatchObject([{ scopes: [expect.stringMatching(/factory_id}$/)], frequency: "PT1M" }]);
    // Exactly these: a static criterion has no minimum of occurrences, and no dimension leaves a pipeline out.
    expect(found[0]!.criteria).toEqual([
      {
        metric_namespace: "Microsoft.DataFactory/factories",
        metric_name,
        aggregation: "Total",
        operator: "GreaterThan",
        threshold: 0,
      },
    ]);
    expect(found[0]).not.toHaveProperty("dynamic_criteria");
    expect(found[0]).not.toHaveProperty("enabled");
  });

  test("every log alert fires at the first row of its query, in the first period", () => {
    expect(log).toHaveLength(4);
    for (const { scopes, criteria } of log) {
      expect(scopes).toEqual([logs]);
      expect(criteria).toEqual([
        {
          query: expect.any(String),
          time_aggregation_method: "Count",
          operator: "GreaterThan",
          threshold: 0,
          failing_periods: { minimum_failing_periods_to_trigger_alert: 1, number_of_evaluation_periods: 1 },
        },
      ]);
    }
  });

  test("missing scoring is asked from the logs, because a missing metric does not fire", () => {
    expect(queryOf("no-scoring")).toContain(`ago(${dev.observability.noScoringHours}h) and PipelineName == "scoring"`);
    // The longest that a log alert looks back, and so the bound of the setting.
    expect(rule("no-scoring").window_duration).toBe("P2D");
  });

  test("what was set aside is read from the output of ingest", () => {
    expect(queryOf("quarantine")).toContain('ActivityName == "ingest"');
    expect(queryOf("quarantine")).toMatch(/> 0\.05$/);
  });

  test("late predictions are read from the output of scoring", () => {
    expect(queryOf("late-predictions")).toContain('ActivityName == "scoring"');
    expect(queryOf("late-predictions")).toMatch(/> 7200$/);
  });

  test("a log alert looks back further than to its last time, because logs are late", () => {
    for (const { evaluation_frequency, window_duration } of log)
      expect([
        ["PT15M", "PT1H"],
        ["PT1H", "P2D"],
      ]).toContainEqual([evaluation_frequency, window_duration]);
  });

  test("all of them write to the environment's operators", () => {
    expect(the(observability, "azurerm_monitor_action_group").email_receiver).toEqual([
      { name: "operators@example.com", email_address: "operators@example.com", use_common_alert_schema: true },
    ]);
    for (const { action } of metric) expect(action).toEqual([{ action_group_id: actionGroup }]);
    for (const { action } of log) expect(action).toEqual({ action_groups: [actionGroup] });
  });
});

describe("budgets", () => {
  const budgets = every(observability, "azurerm_consumption_budget_subscription");

  test("both groups have one, because cluster machines are billed to the managed one", () => {
    expect(budgets).toMatchObject([
      { amount: 150, filter: { dimension: [{ name: "ResourceGroupName", values: ["rg-pdm-dev-d01-dbw"] }] } },
      { amount: 150, filter: { dimension: [{ name: "ResourceGroupName", values: ["rg-pdm-dev-d01"] }] } },
    ]);
  });

  test("an environment whose subscription can have none has its alerts all the same", () => {
    const budget = { ...dev.observability.budget, enabled: false };
    const without = synthesize({ ...dev, observability: { ...dev.observability, budget } }).observability;
    expect(every(without, "azurerm_consumption_budget_subscription")).toEqual([]);
    expect(every(without, "azurerm_monitor_metric_alert")).toHaveLength(2);
  });

  test("they tell of what is spent and of what will be", () => {
    for (const { notification, time_grain } of budgets) {
      expect(time_grain).toBe("Monthly");
      expect(notification).toEqual(
        [
          ["Actual", 80],
          ["Actual", 100],
          ["Forecasted", 100],
        ].map(([threshold_type, threshold]) => ({
          threshold_type,
          threshold,
          operator: "GreaterThan",
          contact_groups: [actionGroup],
        })),
      );
    }
  });

  test("they start in the month of the first plan, and no later month replaces them", () => {
    for (const { time_period, lifecycle } of budgets) {
      expect(time_period).toEqual({ start_date: "${formatdate(\"YYYY-MM-01'T'00:00:00'Z'\", plantimestamp())}" });
      expect(lifecycle).toEqual({ ignore_changes: ["time_period"] });
    }
  });
});

test("without alerts there are logs, and nobody is written to", () => {
  const quiet = synthesize({ ...dev, observability: { ...dev.observability, alerts: false, emails: [] } });
  expect(Object.keys(quiet.observability.resource)).toEqual([
    "azurerm_log_analytics_workspace",
    "azurerm_monitor_diagnostic_setting",
  ]);
});

describe("locks", () => {
  const locks = every(synthesize(load("prod")).observability, "azurerm_management_lock");

  test("a protected environment keeps the lake's containers and the workspace, and says why", () => {
    expect(locks.map(({ scope }) => scope)).toEqual([
      expect.stringMatching(/azurerm_databricks_workspace_databricks_workspace_id}$/),
      expect.stringMatching(/azurerm_storage_container_data_lake_lake_id}$/),
      expect.stringMatching(/azurerm_storage_container_data_lake_landing_id}$/),
    ]);
    for (const { notes } of locks) expect(notes).toMatch(/^\S.{20,}\.$/);
  });

  test("they do not block event subscriptions, which are made and deleted on the storage account", () => {
    for (const { lock_level, scope } of locks) {
      expect(lock_level).toBe("CanNotDelete");
      expect(scope).not.toMatch(/azurerm_(storage_account|resource_group)_\w*_id}/);
    }
  });

  test("they are the last to be made and the first to go: what belongs to a locked resource is locked too", () => {
    const { foundation, dataFactory, observability } = synthesize(load("prod"));
    for (const stack of [foundation, dataFactory]) expect(every(stack, "azurerm_management_lock")).toEqual([]);
    expect(observability.resource["azurerm_management_lock"]!["databricks_lock"]).toMatchObject({
      depends_on: ["azurerm_monitor_diagnostic_setting.databricks"],
    });
  });

  test("there are none where the environment may be destroyed", () => {
    expect(every(observability, "azurerm_management_lock")).toEqual([]);
  });
});
