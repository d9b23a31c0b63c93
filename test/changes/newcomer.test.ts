import { ProgramCopy } from "../program-copy";

// What CONTRIBUTING.md says that a change takes is all that it takes; for an environment see operations/environments/follow.test.ts.

const copy = new ProgramCopy();
afterAll(() => copy.remove());

test("a notebook activity is its notebook and two files", async () => {
  copy.write(
    "notebooks/stock.py",
    [
      "# Databricks notebook source",
      'dbutils.widgets.text("catalog", "")',
      'dbutils.widgets.text("results_data", "")',
      "",
    ].join("\n"),
  );
  copy.edit(
    "pipelines/stages.ts",
    "export const score:",
    `export const stock: DatabricksNotebookActivity = {
  name: "stock",
  type: "DatabricksNotebook",
  notebook: "stock",
  baseParameters: { catalog: globalParameter("catalog"), results_data: globalParameter("results_data") },
  policy: { timeout: "0.01:00:00", retry: 1, retryIntervalInSeconds: 60 },
};

export const score:`,
  );
  copy.edit(
    "pipelines/training.ts",
    "import { featureEngineering, ingest, score }",
    "import { featureEngineering, ingest, score, stock }",
  );
  copy.edit(
    "pipelines/training.ts",
    "{ ...upkeep,",
    '{ ...stock, dependsOn: { scoring: ["Succeeded"] } },\n      { ...upkeep,',
  );
  expect(await copy.synthHere("activity")).toMatchObject({ status: 0, stderr: "" });
  const { azurerm_data_factory_pipeline } = copy.stack("activity", "dev-data-factory").resource;
  const { activities_json } = azurerm_data_factory_pipeline.pipelines_training;
  const [stock] = JSON.parse(activities_json).filter(({ name }: { readonly name: string }) => name === "stock");
  expect(stock).toMatchObject({
    dependsOn: [{ activity: "scoring", dependencyConditions: ["Succeeded"] }],
    typeProperties: {
      notebookPath: expect.stringMatching(/^\/predictive-maintenance\/dev\/\w+\/stock$/),
      baseParameters: { catalog: "@pipeline().globalParameters.catalog" },
    },
  });
  expect(JSON.stringify(copy.stack("activity", "dev-databricks").resource.databricks_notebook)).toContain("/stock");
});

test("a notebook activity that misses a widget is refused in one message", async () => {
  copy.edit("notebooks/stock.py", '"results_data"', '"results"');
  const { status, stderr } = await copy.synthHere("refused");
  expect(status).toBe(1);
  expect(stderr).toContain('stock: baseParameters lack "results", a widget of the notebook stock');
  expect(stderr).not.toMatch(/^\s+at /m);
});
