import type { Activity } from "../../../pipelines/language/activity";
import { not, parameter, runOutput } from "../../../pipelines/language/expression";
import type { IfConditionActivity } from "../../../pipelines/language/activity";
import type { PipelineDefinition } from "../../../pipelines/language/pipeline";
import { activity, example, problemsOf, release } from "./example";

const problems = (change: Partial<PipelineDefinition>) => problemsOf(() => example(change));
const problemsAmong = (...activities: readonly Activity[]) => problems({ activities });

const named = (name: string, ...dependencies: readonly string[]) =>
  activity({ name, dependsOn: Object.fromEntries(dependencies.map((dependency) => [dependency, ["Succeeded"]])) });

const condition = (change: Partial<IfConditionActivity>): IfConditionActivity => ({
  name: "if",
  type: "IfCondition",
  expression: not(parameter("to_date")),
  ifTrueActivities: [],
  ...change,
});

/** An activity that reads what another one's notebook exited with. */
const reader = (name: string, source: string, ...dependencies: readonly string[]) => ({
  ...named(name, ...dependencies),
  notebook: "read",
  baseParameters: { rows: runOutput(source, "rows") },
});
const readerRelease = { ...release, notebooks: [...release.notebooks, { name: "read", widgets: ["rows"] }] };
const problemsAmongReaders = (...activities: readonly Activity[]) => problems({ activities, release: readerRelease });

test("a pipeline without mistakes is what it was defined as", () => {
  expect(example().activities).toEqual([activity()]);
});

describe("names", () => {
  test("are there once", () => {
    expect(problemsAmong(named("a"), named("b"), named("a"))).toEqual([
      'activity "a" is there twice; names are unique in the pipeline, whatever their case',
    ]);
  });

  test("differ in more than case, which the service ignores", () => {
    expect(problemsAmong(named("a"), named("A"))).toHaveLength(1);
  });

  test("are unique with those of nested activities", () => {
    const nested = condition({ expression: runOutput("a", "ok"), dependsOn: { a: ["Succeeded"] } });
    expect(problemsAmong(named("a"), { ...nested, ifTrueActivities: [named("a")] })).toHaveLength(1);
    expect(problemsAmong(named("a"), { ...nested, ifFalseActivities: [named("a")] })).toHaveLength(1);
  });

  test.each(["", "a.b", "-a", "a/b", "a".repeat(56)])("%p is no name", (name) => {
    expect(problemsAmong(named(name))).toEqual([
      `activity "${name}"; allowed: 1 to 55 characters, a letter, digit or _ first, no . + ? / < > * % & : \\`,
    ]);
  });
});

describe("dependencies", () => {
  test("are activities of the pipeline", () => {
    expect(problemsAmong(named("a"), named("b", "c"))).toEqual(['b: dependsOn "c"; beside it are a, b']);
  });

  test("stand beside the activity, not around it and not inside another", () => {
    const inside = condition({
      expression: runOutput("a", "ok"),
      dependsOn: { a: ["Succeeded"] },
      ifTrueActivities: [named("b", "a")],
    });
    expect(problemsAmong(named("a"), inside, named("c", "b"))).toEqual([
      'c: dependsOn "b"; beside it are a, if, c',
      'b: dependsOn "a"; beside it are b',
    ]);
  });

  test("do not wait for each other", () => {
    expect(problemsAmong(named("a", "c"), named("b", "a"), named("c", "b"), named("d", "a"))).toEqual([
      "activities wait for each other: a -> c -> b -> a",
    ]);
  });

  test("do not wait for themselves, nested ones neither", () => {
    const nested = condition({ ifTrueActivities: [named("a", "a")] });
    expect(problems({ activities: [nested], parameters: { to_date: "" } })).toEqual([
      "activities wait for each other: a -> a",
    ]);
  });

  test("form two cycles: both are told", () => {
    expect(problemsAmong(named("a", "b"), named("b", "a"), named("c", "d"), named("d", "c"))).toHaveLength(2);
  });
});

test("a loop inside another activity is refused, as by the service", () => {
  const each: Activity = { name: "each", type: "ForEach", items: parameter("list"), batchCount: 5, activities: [] };
  const activities = [condition({ expression: parameter("list"), ifTrueActivities: [each] })];
  expect(problems({ activities, parameters: { list: "[]" } })).toEqual([
    "each: a ForEach inside if; put it into a pipeline of its own",
  ]);
  expect(problems({ activities: [each], parameters: { list: "[]" } })).toEqual([]);
});

describe("expressions", () => {
  test("read activities that ended before, directly or further up", () => {
    expect(problemsAmongReaders(named("a"), named("b", "a"), reader("c", "a", "b"))).toEqual([]);
  });

  test("do not read an activity that runs at the same time", () => {
    expect(problemsAmongReaders(named("a"), reader("b", "a"))).toEqual(['b: reads activity "a"; upstream of it: none']);
  });

  test("do not read an activity that comes later or does not exist", () => {
    expect(problemsAmongReaders(reader("a", "b"), named("b", "a"))).toHaveLength(1);
    expect(problemsAmongReaders(named("a"), reader("b", "c", "a"))).toEqual([
      'b: reads activity "c"; upstream of it: a',
    ]);
  });

  test("of nested activities read what ended before the activity around them", () => {
    const nested = (dependsOn: IfConditionActivity["dependsOn"]) =>
      condition({ expression: parameter("to_date"), dependsOn: dependsOn ?? {}, ifTrueActivities: [reader("b", "a")] });
    const among = (inner: Activity) =>
      problems({ activities: [named("a"), inner], parameters: { to_date: "" }, release: readerRelease });
    expect(among(nested({ a: ["Succeeded"] }))).toEqual([]);
    expect(among(nested({}))).toEqual(['b: reads activity "a"; upstream of it: none']);
  });

  test("do not read what is inside another activity", () => {
    const around = condition({ expression: parameter("to_date"), ifTrueActivities: [named("a")] });
    const activities = [around, reader("b", "a", "if")];
    expect(problems({ activities, parameters: { to_date: "" }, release: readerRelease })).toEqual([
      'b: reads activity "a"; upstream of it: if',
    ]);
  });

  test("read parameters that the pipeline has", () => {
    expect(problems({ activities: [condition({})], parameters: { start_date: "" } })).toEqual([
      'if: reads parameter "to_date"; known: start_date',
    ]);
  });

  test("read global parameters that the factory has", () => {
    const colour = { ...parameter("x"), references: [{ kind: "globalParameter", name: "colour" }] as const };
    expect(problems({ activities: [condition({ expression: colour })] })).toEqual([
      'if: reads global parameter "colour"; known: landing_root, catalog, schema, features_table, results_data, model, model_name, horizon_hours, costs, window_hours, limits, look_back_days, ahead_hours, retention_days, factory_id, verification_root, verification_schema, verification_model_name',
    ]);
  });
});

test("all problems of a pipeline come in one message that names it", () => {
  const define = () =>
    example({
      name: "broken",
      concurrency: 0,
      writes: ["/lake/"],
      activities: [named("a", "b"), activity({ notebook: "sum", policy: { ...activity().policy, retry: -1 } })],
    });
  expect(define).toThrow(
    [
      "The pipeline broken is not valid:",
      "concurrency is 0; allowed: a whole number from 1",
      'writes "/lake/"; allowed: container/ or container/folder/',
      'a: dependsOn "b"; beside it are a, count',
      'count: notebook "sum" is unknown; the release has count',
      "count: retry is -1; allowed: a whole number from 0",
    ].join("\n  "),
  );
});
