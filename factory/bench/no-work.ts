// What the factory itself costs: pipelines whose activities do no work. Run with `npm run bench`.
import { performance } from "node:perf_hooks";
import { Factory, loadFactory, type PipelineSource, VirtualClock } from "adf-local";
import { runUntil } from "../triggers/run-until";

const ACTIVITIES = 100;

const after = (index: number) =>
  index === 0 ? [] : [{ activity: `a${index - 1}`, dependencyConditions: ["Succeeded"] }];

const activityAt = (index: number, isChain: boolean) => ({
  name: `a${index}`,
  type: "DatabricksNotebook",
  dependsOn: isChain ? after(index) : [],
  typeProperties: {
    notebookPath: "/n",
    baseParameters: { day: "@formatDateTime(pipeline().TriggerTime, 'yyyy-MM-dd')" },
  },
});

const pipelineOf = (name: string, isChain: boolean): PipelineSource => ({
  name,
  properties: { activities: Array.from({ length: ACTIVITIES }, (_, index) => activityAt(index, isChain)) },
});

const notebooks = { run: async () => ({ exitValue: '{"rows": 3}', seconds: 0 }) };

async function measure(title: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`${title}: ${(performance.now() - start).toFixed(0)} ms`);
}

async function main(): Promise<void> {
  for (const [name, isChain] of [
    ["one after the other", true],
    ["side by side", false],
  ] as const) {
    const factory = new Factory(loadFactory({ name: "f", pipelines: [pipelineOf("p", isChain)] }), { notebooks });
    await measure(`${ACTIVITIES} activities ${name}, the first run`, () => factory.run("p"));
    await measure(`${ACTIVITIES} activities ${name}, the second run`, () => factory.run("p"));
  }
  const definition = loadFactory({
    name: "f",
    pipelines: [{ name: "p", properties: { activities: [activityAt(0, false)] } }],
    triggers: [
      {
        name: "quarters",
        properties: {
          type: "ScheduleTrigger",
          runtimeState: "Started",
          pipelines: [{ pipelineReference: { referenceName: "p" } }],
          typeProperties: { recurrence: { frequency: "Minute", interval: 15, startTime: "2026-03-01T00:00:00Z" } },
        },
      },
    ],
  });
  const factory = new Factory(definition, { notebooks, clock: new VirtualClock(new Date("2026-03-01T00:00:00Z")) });
  await measure("a month of runs each quarter of an hour", () => runUntil(factory, new Date("2026-04-01T00:00:00Z")));
  console.log(`${factory.history.runs.length} runs`);
}

void main();
