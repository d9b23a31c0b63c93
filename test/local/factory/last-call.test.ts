import { lastCall, notebookNames } from "../../../local/factory/last-call";
import type { PipelineResource } from "../../../local/synthesized";
import { fakeFactory, FakeNotebooks, fails, notebook } from "./fake-factory";

const ROOT = "/plant/dev/0123";

/** The activity `load` runs the notebook ingest; `score` runs where it found rows, with what it and a variable say. */
const activities = [
  {
    ...notebook("load"),
    typeProperties: {
      notebookPath: `${ROOT}/ingest`,
      baseParameters: {
        run_id: "@pipeline().RunId",
        day: "@pipeline().parameters.day",
        schema: "@pipeline().globalParameters.schema",
      },
    },
  },
  {
    name: "remember",
    type: "SetVariable",
    dependsOn: notebook("", { load: "Succeeded" }).dependsOn,
    typeProperties: { variableName: "rows", value: "@string(activity('load').output.runOutput.rows)" },
  },
  {
    name: "if",
    type: "IfCondition",
    dependsOn: notebook("", { remember: "Succeeded" }).dependsOn,
    typeProperties: {
      expression: "@greater(activity('load').output.runOutput.rows, 0)",
      ifTrueActivities: [
        notebook("score", {
          baseParameters: {
            first: "@activity('load').output.runOutput.first",
            rows: "@variables('rows')",
            at: "@pipeline().TriggerTime",
          },
        }),
      ],
    },
  },
  notebook("report", { if: "Failed" }),
];

function factoryWith(rows: number[], score: () => string = () => "") {
  const notebooks = new FakeNotebooks({
    [`${ROOT}/ingest`]: () => {
      const found = rows.shift()!;
      return found < 0 ? fails() : JSON.stringify({ rows: found, first: `row ${found}` });
    },
    score,
  });
  const definition = (
    more: readonly object[] = activities,
  ): Partial<PipelineResource> & { activities: readonly object[] } => ({
    activities: more,
    parameters: { day: "monday" },
    variables: { rows: "none" },
  });
  const { factory, history, pipelines } = fakeFactory(notebooks, definition());
  const call = (name: string, of = pipelines) =>
    lastCall({ name, pipelines: of, runs: history.runs, factoryName: "adf", globalParameters: { schema: "plant" } });
  const changed = (more: readonly object[]) => fakeFactory(notebooks, definition(more)).pipelines;
  return { notebooks, factory, pipelines, history, call, changed };
}

test("a notebook is known by its activity and by its file, at every level", () => {
  expect(notebookNames(factoryWith([]).pipelines)).toEqual(["load", "ingest", "score", "report"]);
});

test.each(["load", "ingest"])("%s is called as in its last run, also when that failed", async (name) => {
  const { factory, notebooks, call, history } = factoryWith([3, -1]);
  await factory.run("p", {}, "manual");
  await factory.run("p", { day: "tuesday" }, "manual");
  const { path, parameters, activity, run } = call(name);
  expect({ path, parameters }).toEqual(notebooks.calls.at(-1));
  expect(parameters).toEqual({ run_id: history.runs[1]!.runId, day: "tuesday", schema: "plant" });
  expect([activity, run.status]).toEqual(["load", "Failed"]);
});

test("outputs and variables are those of the last run that ran it, not of a later one that skipped it", async () => {
  const { factory, notebooks, call, history } = factoryWith([3, 7, 0], fails);
  for (const day of ["monday", "tuesday", "friday"]) await factory.run("p", { day }, "manual");
  const scored = notebooks.calls.filter(({ path }) => path === "score").at(-1);
  const { path, parameters } = call("score");
  expect({ path, parameters }).toEqual(scored);
  expect(parameters).toEqual({ first: "row 7", rows: "7", at: history.runs[1]!.start });
});

test("what has not run is one line with the names of those that have", async () => {
  const { factory, call } = factoryWith([0]);
  expect(() => call("load")).toThrow('notebook "load" has not run yet, of the pipelines\' these have: none');
  await factory.run("p", {}, "manual");
  expect(() => call("report")).toThrow(
    'notebook "report" has not run yet, of the pipelines\' these have: ingest, load',
  );
});

test("an expression that reads what the last run did not leave is one line", async () => {
  const { factory, call, changed } = factoryWith([3]);
  await factory.run("p", {}, "manual");
  const more = changed([notebook("load", { baseParameters: { x: "@activity('clear').output.runOutput.x" } })]);
  expect(() => call("load", more)).toThrow(
    'activity "load", after the last run of p: expression @activity(\'clear\').output.runOutput.x: activity "clear" has not run, these have: none',
  );
});
