import { activitiesJson } from "../../pipelines/language/render";
import { verification } from "../../pipelines/verification";
import { plantRelease } from "./language/example";

const pipeline = verification(plantRelease, "lake/");
const activities = JSON.parse(activitiesJson(pipeline)) as readonly {
  readonly name: string;
  readonly policy: { readonly retry: number };
  readonly typeProperties: { readonly notebookPath: string; readonly baseParameters: Record<string, string> };
}[];
const parametersOf = (name: string) => activities.find((one) => one.name === name)!.typeProperties.baseParameters;

test("it clears, does all that training and scoring do, and reports", () => {
  expect(pipeline.activities.map(({ name, dependsOn = {} }) => [name, dependsOn])).toEqual([
    ["clear", {}],
    ["ingest", { clear: ["Succeeded"] }],
    ["feature_engineering", { ingest: ["Succeeded"] }],
    ["training", { feature_engineering: ["Succeeded"] }],
    ["scoring", { training: ["Succeeded"] }],
    ["report", { scoring: ["Succeeded"] }],
  ]);
});

test("nothing of it touches the environment's own tables, model or raw files", () => {
  for (const { typeProperties } of activities) {
    const { schema, model_name = "", landing_root = "" } = typeProperties.baseParameters;
    expect(schema).toBe("@pipeline().globalParameters.verification_schema");
    expect(["", "@pipeline().globalParameters.verification_model_name"]).toContain(model_name);
    expect(["", "@pipeline().globalParameters.verification_root"]).toContain(landing_root);
  }
});

test("what predictions depend on is the same in every environment", () => {
  expect(parametersOf("ingest")).toMatchObject({ window_hours: "12", limits: "", look_back_days: "", ahead_hours: "" });
  expect(parametersOf("feature_engineering")).toMatchObject({ window_hours: "12" });
  expect(parametersOf("training")).toMatchObject({
    model: "DecisionTree",
    horizon_hours: "24",
    costs: "",
    window_hours: "12",
    start_date: "",
    to_date: "",
  });
});

test("a report is not repeated, because it has cleared what it would report", () => {
  expect(activities.map(({ name, policy }) => [name, policy.retry])).toEqual([
    ["clear", 1],
    ["ingest", 1],
    ["feature_engineering", 1],
    ["training", 1],
    ["scoring", 1],
    ["report", 0],
  ]);
});

test("clear and report are two uses of one notebook", () => {
  expect(
    activities.filter(({ typeProperties }) => typeProperties.notebookPath.endsWith("/verification")),
  ).toMatchObject([
    { name: "clear", typeProperties: { baseParameters: { action: "clear" } } },
    { name: "report", typeProperties: { baseParameters: { action: "report" } } },
  ]);
});
