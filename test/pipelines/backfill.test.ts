import { backfill } from "../../pipelines/backfill";
import { activitiesJson } from "../../pipelines/language/render";
import { plantRelease } from "./language/example";

const pipeline = backfill(plantRelease, "lake/");

const notebookActivity = {
  type: "DatabricksNotebook",
  userProperties: [],
  linkedServiceName: { referenceName: "databricks", type: "LinkedServiceReference" },
};
const policy = { retry: 2, retryIntervalInSeconds: 60, secureOutput: false, secureInput: false };
const range = { start_date: "@pipeline().parameters.from", to_date: "@pipeline().parameters.to" };

test("a backfill computes the features of its range, then scores it by the version that it was asked for", () => {
  expect(JSON.parse(activitiesJson(pipeline))).toEqual([
    {
      ...notebookActivity,
      name: "feature_engineering",
      dependsOn: [],
      policy: { timeout: "0.04:00:00", ...policy },
      typeProperties: {
        notebookPath: "/predictive-maintenance/dev/1a2b/feature_engineering",
        baseParameters: {
          catalog: "@pipeline().globalParameters.catalog",
          schema: "@pipeline().globalParameters.schema",
          features_table: "@pipeline().globalParameters.features_table",
          ...range,
          run_id: "@pipeline().RunId",
          window_hours: "@pipeline().globalParameters.window_hours",
        },
      },
    },
    {
      ...notebookActivity,
      name: "scoring",
      dependsOn: [{ activity: "feature_engineering", dependencyConditions: ["Succeeded"] }],
      policy: { timeout: "0.02:00:00", ...policy },
      typeProperties: {
        notebookPath: "/predictive-maintenance/dev/1a2b/scoring",
        baseParameters: {
          catalog: "@pipeline().globalParameters.catalog",
          schema: "@pipeline().globalParameters.schema",
          features_table: "@pipeline().globalParameters.features_table",
          results_data: "@pipeline().globalParameters.results_data",
          model_name: "@pipeline().globalParameters.model_name",
          ...range,
          run_id: "@pipeline().RunId",
          model_version: "@pipeline().parameters.model_version",
          backfill: "true",
        },
      },
    },
  ]);
});

test("it takes a range and a version, by default the champion, and runs one range at a time", () => {
  expect(pipeline).toMatchObject({ concurrency: 1, parameters: { from: "", to: "", model_version: "" } });
});
