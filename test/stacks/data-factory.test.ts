import { load } from "../../environments/load";
import { every, synthesize, the, type Properties } from "./synthesized";

const dev = load("dev");
const { databricks, dataFactory } = synthesize(dev);

test("the factory has the identity that opens the workspace, before a credential refers to it", () => {
  expect(the(dataFactory, "azurerm_data_factory").identity).toEqual({
    type: "SystemAssigned, UserAssigned",
    identity_ids: [expect.stringMatching(/factory_identity_id}$/)],
  });
  expect(the(dataFactory, "azurerm_data_factory_credential_user_managed_identity").data_factory_id).toBe(
    "${azurerm_data_factory.factory_factory.id}",
  );
});

test("the factory has no git configuration, which an apply would drop in silence", () => {
  expect(Object.keys(the(dataFactory, "azurerm_data_factory")).filter((key) => /configuration/.test(key))).toEqual([]);
});

describe("linked service", () => {
  const linked = the(dataFactory, "azurerm_data_factory_linked_custom_service");

  test("it opens an existing cluster with the managed identity, without a token", () => {
    expect(linked.type).toBe("AzureDatabricks");
    const json = String(linked.type_properties_json);
    expect(json).toContain('"authentication" = "MSI"');
    expect(json).toMatch(/"existingClusterId" = data\.[\w.]+databricks_cluster_pipelines_cluster_id,/);
    expect(json).toContain('"credential" = {"referenceName" = "factory_identity", "type" = "CredentialReference"}');
    expect(json).not.toMatch(/newCluster|accessToken/);
  });

  test("its domain has the scheme that a workspace URL lacks", () => {
    expect(linked.type_properties_json).toMatch(/"domain" = "https:\/\/\$\{data\.[\w.]+workspace_url}"/);
  });

  test("it is made after its credential, which it names in plain text", () => {
    expect(linked.depends_on).toEqual(["azurerm_data_factory_credential_user_managed_identity.factory_credential"]);
  });
});

describe("pipelines", () => {
  const pipelines = every(dataFactory, "azurerm_data_factory_pipeline");

  test("their JSON, parameters and global parameters hold no reference that only an apply could fill", () => {
    expect(
      JSON.stringify(pipelines.map(({ activities_json, parameters }) => ({ activities_json, parameters }))),
    ).not.toContain("${");
    const { global_parameter } = the(dataFactory, "azurerm_data_factory");
    const values = (global_parameter as readonly Record<string, string>[]).filter(({ name }) => name !== "factory_id");
    expect(JSON.stringify(values)).not.toContain("${");
  });

  test("they run the notebooks that the same synth released", () => {
    const released = every(databricks, "databricks_notebook").map(({ path }) => path);
    const run = pipelines.flatMap(({ activities_json }) =>
      [...String(activities_json).matchAll(/"notebookPath":"([^"]+)"/g)].map(([, path]) => path),
    );
    expect(new Set(run)).toEqual(new Set(released.filter((path) => run.includes(String(path)))));
    expect(new Set(run).size).toBe(6);
  });

  test("one run at a time, but for the doorbell; they go before the linked service that they use", () => {
    for (const pipeline of pipelines) {
      expect(pipeline.concurrency).toBe(pipeline.name === "doorbell" ? undefined : 1);
      expect(pipeline.depends_on).toContain("azurerm_data_factory_linked_custom_service.factory_databricks");
    }
  });

  test("those that ask the factory are replaced with what leads to them, when what is stated changes", () => {
    const replaced = (name: string) =>
      [...pipelines, ...every(dataFactory, "azurerm_data_factory_trigger_blob_event")].find((one) => one.name === name)!
        .lifecycle;
    const start = "terraform_data.pipelines_start_scoring_revision";
    const ring = "terraform_data.pipelines_doorbell_revision";
    expect(replaced("start_scoring")).toEqual({ ignore_changes: ["activities_json"], replace_triggered_by: [start] });
    expect(replaced("doorbell")).toEqual({
      ignore_changes: ["activities_json"],
      replace_triggered_by: [ring, start],
    });
    expect(replaced("new_blobs")).toEqual({ ignore_changes: ["activated"], replace_triggered_by: [ring, start] });
    expect(replaced("scoring")).toBeUndefined();
  });
});

test("where somebody is told of new work, its pipeline is there before scoring, which is replaced with it", () => {
  const newWork = { webhook: "https://crew.example/items", audience: "api://crew" };
  const told = synthesize({ ...dev, scoring: { ...dev.scoring, newWork } }).dataFactory;
  const named = (name: string) => every(told, "azurerm_data_factory_pipeline").find((one) => one.name === name)!;
  expect(named("new_work")).toMatchObject({
    parameters: { items: "[]" },
    lifecycle: { ignore_changes: ["activities_json"] },
  });
  expect(named("scoring")).toMatchObject({
    depends_on: expect.arrayContaining(["azurerm_data_factory_pipeline.pipelines_new_work"]),
    lifecycle: { replace_triggered_by: ["terraform_data.pipelines_new_work_revision"] },
  });
  expect(every(dataFactory, "azurerm_data_factory_pipeline").map(({ name }) => name)).not.toContain("new_work");
});

test("global parameters are strings, each with this environment's value", () => {
  const usual = { failure: 10_000, intervention: 2_000, inspection: 1_000 };
  const parameters = the(dataFactory, "azurerm_data_factory").global_parameter as readonly Record<string, string>[];
  expect(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))).toEqual({
    landing_root: "abfss://landing@stpdmdevd01.dfs.core.windows.net/incoming",
    catalog: "pdm_dev_d01",
    schema: "predictive_maintenance",
    verification_root: "abfss://verification@stpdmdevd01.dfs.core.windows.net/incoming",
    verification_schema: "verification",
    verification_model_name: "pdm_dev_d01.verification.predictive_maintenance",
    features_table: "features",
    results_data: "predictions",
    model: "RandomForest",
    model_name: "pdm_dev_d01.predictive_maintenance.predictive_maintenance",
    horizon_hours: "24",
    costs: JSON.stringify({ comp1: usual, comp2: usual, comp3: usual, comp4: usual }),
    window_hours: "12",
    limits: "{}",
    look_back_days: "90",
    ahead_hours: "24",
    retention_days: "30",
    factory_id: expect.stringMatching(
      /resource_group_id}\/providers\/Microsoft\.DataFactory\/factories\/adf-pdm-dev-d01$/,
    ),
  });
  expect(new Set(parameters.map(({ type }) => type))).toEqual(new Set(["String"]));
});

describe("triggers", () => {
  const [knownPlant, onBlob] = every(dataFactory, "azurerm_data_factory_trigger_blob_event") as [
    Properties,
    Properties,
  ];
  const onSchedule = every(dataFactory, "azurerm_data_factory_trigger_schedule");

  test("a file of any table rings; empty blobs, which folders are, start nothing", () => {
    expect(onBlob).toMatchObject({
      events: ["Microsoft.Storage.BlobCreated"],
      blob_path_begins_with: "/landing/blobs/incoming/",
      ignore_empty_blobs: true,
      pipeline: [{ name: "doorbell" }],
      storage_account_id: expect.stringMatching(/azurerm_storage_account_data_lake_account_id}$/),
    });
  });

  test("the known plant, in a container of its own, starts the verification", () => {
    expect(knownPlant).toMatchObject({
      blob_path_begins_with: "/verification/blobs/incoming/telemetry/",
      pipeline: [{ name: "verification" }],
    });
  });

  test("a schedule catches up on events that never came", () => {
    expect(onSchedule).toContainEqual(
      expect.objectContaining({
        name: "scoring_catch_up",
        frequency: "Hour",
        interval: dev.scoring.catchUpEveryHours,
        pipeline: [{ name: "scoring" }],
      }),
    );
  });

  test("training starts at the environment's times", () => {
    expect(onSchedule).toContainEqual(
      expect.objectContaining({
        name: "training_schedule",
        frequency: "Week",
        schedule: { days_of_week: ["Sunday"], hours: [2], minutes: [0] },
        time_zone: "UTC",
      }),
    );
  });

  test("all are made stopped, are then not Terraform's to start or stop, and go before the pipeline that they start", () => {
    for (const trigger of [knownPlant, onBlob, ...onSchedule]) {
      const [{ name }] = trigger.pipeline as [{ name: string }];
      expect(trigger).toMatchObject({
        activated: false,
        lifecycle: { ignore_changes: ["activated"] },
        depends_on: [`azurerm_data_factory_pipeline.pipelines_${name}`],
      });
    }
  });
});

test("the identity is Contributor of the workspace only where the environment says so", () => {
  expect(every(dataFactory, "azurerm_role_assignment")).toContainEqual(
    expect.objectContaining({
      role_definition_name: "Contributor",
      scope: expect.stringMatching(/azurerm_databricks_workspace_databricks_workspace_id}$/),
      description: expect.stringMatching(/\.$/),
    }),
  );
  const member = synthesize({ ...dev, dataFactory: { workspaceContributor: false } });
  expect(every(member.dataFactory, "azurerm_role_assignment")).toHaveLength(1);
});

test("the identity may ask the factory for its runs, on the factory alone, by a role that has nothing else", () => {
  expect(the(dataFactory, "azurerm_role_definition").permissions).toEqual([
    { actions: ["Microsoft.DataFactory/factories/querypipelineruns/action"] },
  ]);
  expect(every(dataFactory, "azurerm_role_assignment")).toContainEqual(
    expect.objectContaining({
      role_definition_id: "${azurerm_role_definition.run_reader_role.role_definition_resource_id}",
      scope: "${azurerm_data_factory.factory_factory.id}",
    }),
  );
});
