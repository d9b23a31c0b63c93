import { activitiesJson } from "../../pipelines/language/render";
import { scoring } from "../../pipelines/scoring";
import { plantRelease } from "./language/example";

const pipeline = scoring(plantRelease, "lake/");
const [ingest, ifNewData] = JSON.parse(activitiesJson(pipeline));
const newData = {
  start_date: "@activity('ingest').output.runOutput.start_date",
  to_date: "@activity('ingest').output.runOutput.to_date",
};
const notebookActivity = {
  type: "DatabricksNotebook",
  userProperties: [],
  linkedServiceName: { referenceName: "databricks", type: "LinkedServiceReference" },
};
const policy = { retry: 2, retryIntervalInSeconds: 60, secureOutput: false, secureInput: false };

test("scoring starts with ingesting what has landed", () => {
  expect(ingest).toEqual({
    ...notebookActivity,
    name: "ingest",
    dependsOn: [],
    policy: { timeout: "0.04:00:00", ...policy },
    typeProperties: {
      notebookPath: "/predictive-maintenance/dev/1a2b/ingest",
      baseParameters: {
        landing_root: "@pipeline().globalParameters.landing_root",
        catalog: "@pipeline().globalParameters.catalog",
        schema: "@pipeline().globalParameters.schema",
        run_id: "@pipeline().RunId",
        window_hours: "@pipeline().globalParameters.window_hours",
        limits: "@pipeline().globalParameters.limits",
        look_back_days: "@pipeline().globalParameters.look_back_days",
        ahead_hours: "@pipeline().globalParameters.ahead_hours",
      },
    },
  });
});

test("if there is new data, features are computed and scored for its range alone", () => {
  expect(ifNewData).toEqual({
    name: "if_new_data",
    type: "IfCondition",
    dependsOn: [{ activity: "ingest", dependencyConditions: ["Succeeded"] }],
    userProperties: [],
    typeProperties: {
      expression: { value: "@not(empty(activity('ingest').output.runOutput.to_date))", type: "Expression" },
      ifTrueActivities: [
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
              ...newData,
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
              ...newData,
              run_id: "@pipeline().RunId",
              model_version: "",
              backfill: "",
            },
          },
        },
      ],
    },
  });
});

test("one run at a time, without parameters: an event is only a doorbell", () => {
  expect(pipeline).toMatchObject({ concurrency: 1, parameters: {} });
});
