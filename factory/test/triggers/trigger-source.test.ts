import { loadFactory } from "../../load";
import type { TriggerSource } from "../../source";

const pipelines = [
  { name: "p", properties: { parameters: { day: { type: "String", defaultValue: "" } }, activities: [] } },
];
const starts = (referenceName: string, parameters = {}) => ({ pipelineReference: { referenceName }, parameters });

type Properties = TriggerSource["properties"];
const load = (properties: object) =>
  loadFactory({ name: "f", pipelines, triggers: [{ name: "t", properties: properties as Properties }] });

const schedule = (recurrence: object, more: object = {}) => ({
  type: "ScheduleTrigger",
  runtimeState: "Started",
  typeProperties: { recurrence },
  ...more,
});
const blobs = (typeProperties: object) => ({
  type: "BlobEventsTrigger",
  typeProperties: { events: ["Microsoft.Storage.BlobCreated"], ...typeProperties },
});
const windows = (typeProperties: object) => ({
  type: "TumblingWindowTrigger",
  typeProperties: {
    frequency: "Hour",
    interval: 1,
    startTime: "2026-01-01T00:00:00Z",
    maxConcurrency: 1,
    ...typeProperties,
  },
});
const onItself = (more: object) => ({
  dependsOn: [{ type: "SelfDependencyTumblingWindowTriggerReference", ...more }],
});
const onAnother = (referenceName: string) => ({
  dependsOn: [{ type: "TumblingWindowTriggerDependencyReference", referenceTrigger: { referenceName } }],
});

test.each<[string, object, string]>([
  ["an unknown frequency", schedule({ frequency: "Year" }), '"Year" is none of Minute, Hour, Day, Week, Month'],
  ["weekDays at Month", schedule({ frequency: "Month", schedule: { weekDays: ["Monday"] } }), "at frequency Week only"],
  ["monthDays at Day", schedule({ frequency: "Day", schedule: { monthDays: [1] } }), "at frequency Month only"],
  [
    "monthlyOccurrences at Week",
    schedule({ frequency: "Week", schedule: { monthlyOccurrences: [{ day: "Monday", occurrence: 1 }] } }),
    "at frequency Month only",
  ],
  [
    "a sixth Friday",
    schedule({ frequency: "Month", schedule: { monthlyOccurrences: [{ day: "Friday", occurrence: 6 }] } }),
    "monthlyOccurrences.0.occurrence: expected 1 to 5",
  ],
  [
    "a pipeline that does not exist",
    schedule({ frequency: "Day" }, { pipelines: [starts("gone")] }),
    'trigger "t": properties.pipelines.0: there is no pipeline "gone", there are: p',
  ],
  [
    "a parameter that its pipeline does not have",
    schedule({ frequency: "Day" }, { pipelines: [starts("P", { month: "1" })] }),
    'trigger "t": properties.pipelines.0.parameters: of pipeline "p": there is no parameter "month", there are: day',
  ],
  ["a blob trigger on everything", blobs({}), "one of blobPathBeginsWith and blobPathEndsWith is required"],
  [
    "a folder without blobs",
    blobs({ blobPathBeginsWith: "/raw/in/" }),
    "expected /CONTAINER/ or /CONTAINER/blobs/FOLDER/",
  ],
  ["an unknown event", blobs({ blobPathEndsWith: ".csv", events: ["Renamed"] }), '"Renamed" is none of'],
  ["windows of a day", windows({ frequency: "Day" }), '"Day" is none of Minute, Hour, Month'],
  ["windows of a minute", windows({ frequency: "Minute" }), "interval: a window has 5 minutes or more"],
  [
    "more than 50 windows at once",
    windows({ maxConcurrency: 51 }),
    "maxConcurrency: expected a whole number from 1 to 50",
  ],
  ["a delay that is no time span", windows({ delay: "soon" }), '"soon" is no time span, expected d.hh:mm:ss'],
  ["a dependency on a later self", windows(onItself({ offset: "01:00:00" })), "offset: expected a negative time span"],
  ["a dependency on a self without offset", windows(onItself({})), "offset: expected a negative time span"],
  ["a dependency on nothing", windows(onAnother("gone")), 'depends on trigger "gone", which does not exist'],
  [
    "custom events",
    { type: "CustomEventsTrigger", runtimeState: "Started", typeProperties: {} },
    'trigger "t": properties.type: "CustomEventsTrigger" does not run here',
  ],
])("%s is refused", (_, properties, message) => {
  expect(() => load(properties)).toThrow(message);
});

test.each<[string, object]>([
  ["a trigger of a type that does not run here, if it is stopped", { type: "CustomEventsTrigger" }],
  [
    "words in any case",
    schedule({ frequency: "week", schedule: { weekDays: ["FRIDAY"] } }, { type: "scheduletrigger" }),
  ],
  ["empty lists of a schedule", schedule({ frequency: "Day", schedule: { weekDays: [], hours: [] } })],
  ["an interval as a string", windows({ frequency: "minute", interval: "15" })],
  ["a trigger without pipelines", windows({})],
  ["a whole container", blobs({ blobPathBeginsWith: "/raw/" })],
  ["a container's root", blobs({ blobPathBeginsWith: "/raw/blobs/" })],
])("%s is taken", (_, properties) => {
  expect(() => load(properties)).not.toThrow();
});

test("a pipeline's name in another case is the pipeline", () => {
  const { scheduleTriggers } = load(schedule({ frequency: "Day" }, { pipelines: [starts("P")] }));
  expect(scheduleTriggers[0]!.properties.pipelines[0]!.pipelineReference.referenceName).toBe("p");
});
