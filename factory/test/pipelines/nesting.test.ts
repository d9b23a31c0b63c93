import { activity, fakeFactory, FakeNotebooks } from "../fake-factory";

const container = (type: string, name: string, inner: readonly unknown[]) =>
  activity(name, type, {
    expression: "@true",
    items: [],
    cases: [{ value: "a", activities: type === "Switch" ? inner : [] }],
    ifTrueActivities: inner,
    activities: inner,
  });

const load = (outer: string, inner: string) => () =>
  fakeFactory(new FakeNotebooks(), { activities: [container(outer, "outer", [container(inner, "inner", [])])] });

test.each([
  ["ForEach", "IfCondition"],
  ["ForEach", "Switch"],
  ["Until", "IfCondition"],
  ["Until", "Switch"],
])("a %s may hold a %s", (outer, inner) => {
  expect(load(outer, inner)).not.toThrow();
});

test.each([
  ["ForEach", "ForEach"],
  ["ForEach", "Until"],
  ["Until", "ForEach"],
  ["Until", "Until"],
  ["IfCondition", "ForEach"],
  ["IfCondition", "Until"],
  ["IfCondition", "IfCondition"],
  ["IfCondition", "Switch"],
  ["Switch", "ForEach"],
  ["Switch", "Until"],
  ["Switch", "IfCondition"],
  ["Switch", "Switch"],
  ["ForEach", "Validation"],
  ["IfCondition", "Validation"],
])("a %s holds no %s, as in the service", (outer, inner) => {
  expect(load(outer, inner)).toThrow(
    `pipeline "p": activity "inner": the service takes no ${inner} inside the ${outer} "outer", put it into a pipeline of its own and call that with ExecutePipeline`,
  );
});
