import { withFirings } from "../../../operations/monitor/firings";

const NOW = new Date("2026-11-30T08:00:00Z");
const pipelineReference = { referenceName: "scoring", type: "PipelineReference" };

test("a schedule has its next times, whatever its pipelines take", () => {
  const properties = {
    type: "ScheduleTrigger",
    runtimeState: "Stopped",
    pipelines: [{ pipelineReference, parameters: { day: "@trigger().scheduledTime" } }],
    typeProperties: { recurrence: { frequency: "Hour", interval: 6, startTime: "2026-01-01T00:00:00Z" } },
  };
  expect(withFirings([{ name: "catch_up", properties }], NOW, 2)).toEqual([
    {
      ...{ name: "catch_up", type: "ScheduleTrigger", runtimeState: "Stopped", pipelines: ["scoring"] },
      next: ["2026-11-30T12:00:00.000Z", "2026-11-30T18:00:00.000Z"],
    },
  ]);
});

test("a tumbling window has the ends of its windows", () => {
  const properties = {
    type: "TumblingWindowTrigger",
    runtimeState: "Started",
    pipeline: { pipelineReference },
    typeProperties: { frequency: "Hour", interval: 1, startTime: "2026-11-30T00:00:00Z", maxConcurrency: 1 },
  };
  expect(withFirings([{ name: "hourly", properties }], NOW, 1)).toMatchObject([
    { pipelines: ["scoring"], next: ["2026-11-30T09:00:00.000Z"] },
  ]);
});

test("a trigger of a kind that is not known here says so, and the others are shown", () => {
  const properties = { type: "CustomEventsTrigger", runtimeState: "Started", pipelines: [], typeProperties: {} };
  const triggers = [
    { name: "topic", properties },
    { name: "off", properties: { ...properties, runtimeState: "Stopped" } },
  ];
  expect(withFirings(triggers, NOW)).toMatchObject([
    { name: "topic", next: [], problem: expect.stringContaining("CustomEventsTrigger") },
    { name: "off", next: [], problem: expect.stringContaining("CustomEventsTrigger") },
  ]);
});
