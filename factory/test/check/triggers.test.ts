import { checked } from "./checked";

const pipelines = [
  {
    name: "p",
    properties: { activities: [], parameters: { x: { type: "String" }, n: { type: "Int", defaultValue: 1 } } },
  },
];
const reference = { referenceName: "p" };

const blobs = (parameters: object, runtimeState = "Started") => ({
  name: "blobs",
  properties: {
    type: "BlobEventsTrigger",
    runtimeState,
    pipelines: [{ pipelineReference: reference, parameters }],
    typeProperties: { blobPathEndsWith: ".csv", events: ["Microsoft.Storage.BlobCreated"] },
  },
});
const nights = (parameters: object) => ({
  name: "nights",
  properties: {
    type: "ScheduleTrigger",
    runtimeState: "Started",
    pipelines: [{ pipelineReference: reference, parameters }],
    typeProperties: { recurrence: { frequency: "Day" } },
  },
});
const hours = (parameters: object, name = "hours", dependsOn: readonly string[] = []) => ({
  name,
  properties: {
    type: "TumblingWindowTrigger",
    runtimeState: "Started",
    pipeline: { pipelineReference: reference, parameters },
    typeProperties: {
      frequency: "Hour",
      interval: 1,
      startTime: "2026-01-01T00:00:00Z",
      maxConcurrency: 1,
      dependsOn: dependsOn.map((referenceName) => ({
        type: "TumblingWindowTriggerDependencyReference",
        referenceTrigger: { referenceName },
      })),
    },
  },
});
const check = (...triggers: object[]) => checked({ pipelines, triggers });

test.each([
  ["a blob's name", blobs({ x: "@triggerBody().fileName" })],
  ["a blob's folder, in any case", blobs({ x: "@TriggerBody().folderpath" })],
  ["the body of an event", blobs({ x: "@trigger().outputs.body.fileName" })],
  ["a planned time", nights({ x: "@formatDateTime(trigger().scheduledTime, 'yyyy')" })],
  ["a window", hours({ x: "@{trigger().outputs.windowStartTime} to @{trigger().outputs.windowEndTime}" })],
  ["a text", nights({ x: "monday", n: "2" })],
])("a trigger gives %s", (_, trigger) => {
  expect(check(trigger)).toEqual({ problems: [], warnings: [] });
});

test.each([
  [
    "a window of a schedule",
    nights({ x: "@trigger().outputs.windowStartTime" }),
    'trigger "nights": properties.pipelines.0.parameters.x: position 12: there is no property of trigger() in a ScheduleTrigger "outputs", there are: name, startTime, scheduledTime',
  ],
  [
    "a window's end by another name",
    hours({ x: "@trigger().outputs.windowEnd" }),
    'trigger "hours": properties.pipeline.parameters.x: position 20: there is no property of trigger() in a TumblingWindowTrigger "windowEnd", there are: windowStartTime, windowEndTime',
  ],
  [
    "a blob of a schedule",
    nights({ x: "@triggerBody().fileName" }),
    "triggerBody() is there in a BlobEventsTrigger, this is a ScheduleTrigger",
  ],
  ["a blob's name by another one", blobs({ x: "@triggerBody().filename2" }), 'did you mean "fileName"?'],
  ["what pipelines have", nights({ x: "@pipeline().RunId" }), "pipeline() is there in pipelines only, not in triggers"],
  ["an unknown function", nights({ x: "@now()" }), 'unknown function "now"'],
  [
    "a text for a number",
    nights({ x: "", n: "many" }),
    'of pipeline "p": parameter "n" of type Int cannot be "many" of type String',
  ],
  ["another parameter", nights({ x: "", y: "" }), 'of pipeline "p": there is no parameter "y", there are: x, n'],
])("a started trigger that gives %s is refused", (_, trigger, message) => {
  expect(check(trigger).problems).toEqual([expect.stringContaining(message)]);
});

test("what a stopped trigger gives wrongly is told", () => {
  const { problems, warnings } = check(blobs({ x: "@nothing()" }, "Stopped"));
  expect(problems).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('unknown function "nothing"')]);
});

test("a parameter without default that a trigger does not give is told", () => {
  expect(check(nights({}))).toEqual({
    problems: [],
    warnings: [
      'trigger "nights": properties.pipelines.0: of pipeline "p": no value is given and there is no default for "x" of type String',
    ],
  });
});

test("triggers whose windows depend on each other are told", () => {
  expect(check(hours({ x: "" }, "a", ["b"]), hours({ x: "" }, "b", ["A"])).warnings).toEqual([
    "windows of triggers depend on each other: a > b > a",
  ]);
});
