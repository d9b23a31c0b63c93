import { Factory, loadFactory, type NotebookRunner } from "adf-local";

const definition = loadFactory({
  name: "plant",
  globalParameters: { catalog: { type: "String", value: "dev" } },
  pipelines: [
    {
      name: "scoring",
      properties: {
        parameters: { day: { type: "String", defaultValue: "monday" } },
        activities: [
          {
            name: "ingest",
            type: "DatabricksNotebook",
            typeProperties: {
              notebookPath: "/plant/ingest",
              baseParameters: { catalog: "@pipeline().globalParameters.catalog", day: "@pipeline().parameters.day" },
            },
          },
          {
            name: "if_new_data",
            type: "IfCondition",
            dependsOn: [{ activity: "ingest", dependencyConditions: ["Succeeded"] }],
            typeProperties: {
              expression: { value: "@greater(activity('ingest').output.runOutput.rows, 0)", type: "Expression" },
              ifTrueActivities: [
                { name: "score", type: "DatabricksNotebook", typeProperties: { notebookPath: "/plant/score" } },
              ],
            },
          },
        ],
      },
    },
  ],
});

/** Runs no Spark: it says what it was asked for, and each notebook ends with three rows. */
const notebooks: NotebookRunner = {
  async run(path, parameters) {
    console.log(path, parameters);
    return { exitValue: '{"rows": 3}', seconds: 1 };
  },
};

const factory = new Factory(definition, { notebooks });
void factory.run("scoring", { day: "tuesday" }).then(({ status, activities }) => {
  console.log(status, activities.map(({ name }) => name).join(", "));
});
