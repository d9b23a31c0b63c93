import { spelledActivities } from "../../sources/activity-spelling";

function spell(...activities: readonly object[]) {
  const unknown: string[] = [];
  const json = spelledActivities(activities, (path, known, activity) =>
    unknown.push(`${activity}: ${path}, not ${known.slice(0, 2).join(", ")}`),
  );
  return { json, unknown };
}

test("properties of activities are read in any case, at every depth", () => {
  const { json, unknown } = spell({
    Name: "each",
    Type: "foreach",
    TypeProperties: { Items: [], activities: [{ NAME: "a", TYPE: "Wait", typeproperties: { WaitTimeInSeconds: 1 } }] },
  });
  expect(unknown).toEqual([]);
  expect(json).toEqual([
    {
      name: "each",
      type: "foreach",
      typeProperties: {
        items: [],
        activities: [{ name: "a", type: "Wait", typeProperties: { waitTimeInSeconds: 1 } }],
      },
    },
  ]);
});

test("others are told with their activity, also inside of cases", () => {
  const wait = { name: "wait", type: "Wait", typeProperties: { waitTime: 1 }, dependOn: [] };
  const { unknown } = spell(
    { name: "switch", type: "Switch", typeProperties: { on: "a", cases: [{ value: "a", activities: [wait] }] } },
    { name: "copy", type: "Copy", typeProperties: { anything: 1 }, policy: { retries: 1 } },
  );
  expect(unknown).toEqual([
    "wait: typeProperties.waitTime, not waitTimeInSeconds",
    "wait: dependOn, not connectVia, dependsOn",
    "copy: policy.retries, not timeout, retry",
  ]);
});

test("what is no list of activities stays what it is", () => {
  expect(spelledActivities("none", () => undefined)).toBe("none");
});
