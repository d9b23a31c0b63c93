import { decisive, graphProblems, isMet } from "../../pipelines/dependencies";
import type { Dependency, DependencyCondition } from "../../pipelines/dependencies";
import type { ActivityStatus } from "../../runs/records";

const on = (activity: string, ...dependencyConditions: DependencyCondition[]): Dependency => ({
  activity,
  dependencyConditions,
});

test.each<[DependencyCondition, Record<ActivityStatus, boolean>]>([
  ["Succeeded", { Succeeded: true, Failed: false, Skipped: false, Cancelled: false }],
  ["Failed", { Succeeded: false, Failed: true, Skipped: false, Cancelled: false }],
  ["Skipped", { Succeeded: false, Failed: false, Skipped: true, Cancelled: false }],
  ["Completed", { Succeeded: true, Failed: true, Skipped: false, Cancelled: false }],
])("the condition %s is met by %j", (condition, expected) => {
  for (const [status, met] of Object.entries(expected))
    expect(isMet([on("a", condition)], () => status as ActivityStatus)).toBe(met);
});

test("conditions within an entry are OR, entries are AND", () => {
  const status = (name: string): ActivityStatus => (name === "bad" ? "Failed" : "Succeeded");
  expect(isMet([on("bad", "Succeeded", "Failed")], status)).toBe(true);
  expect(isMet([on("good", "Succeeded"), on("bad", "Failed")], status)).toBe(true);
  expect(isMet([on("good", "Succeeded"), on("bad", "Succeeded")], status)).toBe(false);
  expect(isMet([], status)).toBe(true);
});

test("a skipped leaf is replaced by what it depended on, however far up", () => {
  const activities = [
    { name: "a", dependsOn: [] },
    { name: "b", dependsOn: [on("a", "Succeeded")] },
    { name: "c", dependsOn: [on("b", "Succeeded")] },
    { name: "d", dependsOn: [on("a", "Failed")] },
  ];
  const statuses: Record<string, ActivityStatus> = { a: "Failed", b: "Skipped", c: "Skipped", d: "Succeeded" };
  expect(decisive(activities, (name) => statuses[name]!).map(({ name }) => name)).toEqual(["a", "d"]);
});

test("unknown and cyclic dependencies are named", () => {
  expect(graphProblems([{ name: "a", dependsOn: [on("x", "Succeeded")] }])).toEqual([
    { activity: "a", property: "dependsOn", message: 'there is no activity "x" beside it, there are: a' },
  ]);
  const circle = [
    { name: "a", dependsOn: [on("b", "Succeeded")] },
    { name: "b", dependsOn: [on("a", "Succeeded")] },
    { name: "c", dependsOn: [] },
  ];
  expect(graphProblems(circle)).toEqual([{ message: 'activities depend on each other in a circle: "a", "b"' }]);
});
