import { activitiesJson } from "../../pipelines/language/render";
import { training } from "../../pipelines/training";
import { plantRelease } from "./language/example";

const pipeline = training(plantRelease, "lake/");
const [all, , train] = JSON.parse(activitiesJson(pipeline));

test("training ingests, computes features, trains, scores and tidies up, each when the one before succeeded", () => {
  expect(pipeline.activities.map(({ name, dependsOn = {} }) => [name, dependsOn])).toEqual([
    ["ingest", {}],
    ["feature_engineering", { ingest: ["Succeeded"] }],
    ["training", { feature_engineering: ["Succeeded"] }],
    ["scoring", { training: ["Succeeded"] }],
    ["upkeep", { scoring: ["Succeeded"] }],
  ]);
});

test("the training notebook gets the range that the pipeline was asked for, by default all that is known", () => {
  expect(pipeline.parameters).toEqual({ start_date: "", to_date: "" });
  expect(train).toEqual({
    name: "training",
    type: "DatabricksNotebook",
    dependsOn: [{ activity: "feature_engineering", dependencyConditions: ["Succeeded"] }],
    policy: { timeout: "0.12:00:00", retry: 1, retryIntervalInSeconds: 300, secureOutput: false, secureInput: false },
    userProperties: [],
    typeProperties: {
      notebookPath: "/predictive-maintenance/dev/1a2b/training",
      baseParameters: {
        catalog: "@pipeline().globalParameters.catalog",
        schema: "@pipeline().globalParameters.schema",
        features_table: "@pipeline().globalParameters.features_table",
        model: "@pipeline().globalParameters.model",
        model_name: "@pipeline().globalParameters.model_name",
        start_date: "@pipeline().parameters.start_date",
        to_date: "@pipeline().parameters.to_date",
        horizon_hours: "@pipeline().globalParameters.horizon_hours",
        run_id: "@pipeline().RunId",
        window_hours: "@pipeline().globalParameters.window_hours",
        costs: "@pipeline().globalParameters.costs",
      },
    },
    linkedServiceName: { referenceName: "databricks", type: "LinkedServiceReference" },
  });
});

test("training lists every delivery, so that the latest file is found in the end", () => {
  expect(all.typeProperties.baseParameters.look_back_days).toBe("");
});

test("one run at a time", () => {
  expect(pipeline.concurrency).toBe(1);
});
