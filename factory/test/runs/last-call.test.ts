import { lastCall, notebookNames } from "../../runs/last-call";
import { fakeFactory, FakeNotebooks, fails, notebook, strings } from "../fake-factory";

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
  const properties = (more: readonly object[] = activities) => ({
    activities: more,
    parameters: strings({ day: "monday" }),
    variables: strings({ rows: "none" }),
  });
  const factory = fakeFactory(notebooks, properties());
  const { history, definition } = factory;
  const call = (name: string, of = definition) => lastCall({ name, definition: of, runs: history.runs });
  const changed = (more: readonly object[]) => fakeFactory(notebooks, properties(more)).definition;
  return { notebooks, factory, definition, history, call, changed };
}

test("a notebook is known by its activity and by its file, at every level", () => {
  expect(notebookNames(factoryWith([]).definition)).toEqual(["load", "ingest", "score", "report"]);
});

test.each(["load", "ingest"])("%s is called as in its last run, also when that failed", async (name) => {
  const { factory, notebooks, call, history } = factoryWith([3, -1]);
  await factory.run("p");
  await factory.run("p", { day: "tuesday" });
  const { path, parameters, activity, run } = call(name);
  expect({ path, parameters }).toEqual(notebooks.calls.at(-1));
  expect(parameters).toEqual({ run_id: history.runs[1]!.runId, day: "tuesday", schema: "plant" });
  expect([activity, run.status]).toEqual(["load", "Failed"]);
});

test("outputs and variables are those of the last run that ran it, not of a later one that skipped it", async () => {
  const { factory, notebooks, call, history } = factoryWith([3, 7, 0], fails);
  for (const day of ["monday", "tuesday", "friday"]) await factory.run("p", { day });
  const scored = notebooks.calls.filter(({ path }) => path === "score").at(-1);
  const { path, parameters } = call("score");
  expect({ path, parameters }).toEqual(scored);
  expect(parameters).toEqual({ first: "row 7", rows: "7", at: history.runs[1]!.invocation!.time });
});

test("what has not run is one line with the names of those that have", async () => {
  const { factory, call } = factoryWith([0]);
  expect(() => call("load")).toThrow('notebook "load" has not run yet, of the pipelines\' these have: none');
  await factory.run("p");
  expect(() => call("report")).toThrow(
    'notebook "report" has not run yet, of the pipelines\' these have: ingest, load',
  );
});

test("an expression that reads what the last run did not leave is one line", async () => {
  const { factory, call, changed } = factoryWith([3]);
  await factory.run("p");
  const more = changed([notebook("load", { baseParameters: { x: "@activity(string('clear')).output.runOutput.x" } })]);
  expect(() => call("load", more)).toThrow(
    'activity "load", after the last run of p: expression @activity(string(\'clear\')).output.runOutput.x: activity "clear" has not run before this one, these have: none',
  );
});
