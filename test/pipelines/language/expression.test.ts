import {
  empty,
  globalParameter,
  not,
  parameter,
  pipelineRunId,
  runOutput,
} from "../../../pipelines/language/expression";

test.each([
  [pipelineRunId, "pipeline().RunId"],
  [parameter("to_date"), "pipeline().parameters.to_date"],
  [globalParameter("catalog"), "pipeline().globalParameters.catalog"],
  [runOutput("ingest", "to_date"), "activity('ingest').output.runOutput.to_date"],
  [runOutput("plant's", "rows"), "activity('plant''s').output.runOutput.rows"],
  [not(empty(parameter("to_date"))), "not(empty(pipeline().parameters.to_date))"],
])("%j is written in Data Factory's language", ({ text }, expected) => {
  expect(text).toBe(expected);
});

test("an expression knows what it reads, however deep", () => {
  expect(not(empty(runOutput("ingest", "to_date"))).references).toEqual([{ kind: "activity", name: "ingest" }]);
  expect(empty(parameter("to_date")).references).toEqual([{ kind: "parameter", name: "to_date" }]);
  expect(globalParameter("schema").references).toEqual([{ kind: "globalParameter", name: "schema" }]);
  expect(pipelineRunId.references).toEqual([]);
});
