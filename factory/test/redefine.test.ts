import { Factory } from "../factory";
import { loadFactory } from "../load";
import type { PipelineSource, TriggerSource } from "../source";
import { Schedules } from "../triggers/schedules";
import { FakeNotebooks, notebook } from "./fake-factory";
import { ManualClock } from "./manual-clock";

const HOUR = 3_600_000;

const pipeline = (name: string, notebooks: readonly string[], concurrency?: number): PipelineSource => ({
  name,
  properties: { activities: notebooks.map((one) => notebook(one)), ...(concurrency && { concurrency }) },
});

const hourly = (runtimeState: "Started" | "Stopped", name = "hourly"): TriggerSource => ({
  name,
  properties: {
    type: "ScheduleTrigger",
    runtimeState,
    pipelines: [{ pipelineReference: { referenceName: "p" } }],
    typeProperties: { recurrence: { frequency: "Hour", interval: 1, startTime: "2015-01-01T00:00:00Z" } },
  },
});

const definition = (pipelines: readonly PipelineSource[], triggers: readonly TriggerSource[] = []) =>
  loadFactory({ name: "adf", pipelines, triggers });

/** A notebook that ends when it is let. */
function held() {
  let end = (): void => undefined;
  const ended = new Promise<string>((resolve) => (end = () => resolve("")));
  return { wait: () => ended, end: () => end() };
}

test("a run that begins afterwards is of the new definition, and one under way of the old", async () => {
  const first = held();
  const notebooks = new FakeNotebooks({ first: first.wait });
  const factory = new Factory(definition([pipeline("p", ["first"])]), { notebooks });
  const before = factory.run("p");
  factory.redefine(definition([pipeline("p", ["second"])]));
  const after = await factory.run("p");
  first.end();
  expect(after.activities.map(({ name }) => name)).toEqual(["second"]);
  expect((await before).activities.map(({ name }) => name)).toEqual(["first"]);
});

test("pipelines come and go", async () => {
  const factory = new Factory(definition([pipeline("p", ["a"])]), { notebooks: new FakeNotebooks() });
  factory.redefine(definition([pipeline("q", ["a"])]));
  await expect(factory.run("p")).rejects.toThrow('has no pipeline "p", it has: q');
  expect((await factory.run("q")).status).toBe("Succeeded");
});

test("runs that wait for their turn keep it, and begin at once where more may run", async () => {
  const open = held();
  const notebooks = new FakeNotebooks({ a: open.wait });
  const factory = new Factory(definition([pipeline("p", ["a"], 1)]), { notebooks });
  const runs = [factory.run("p"), factory.run("p"), factory.run("p")];
  const begun = async () => {
    await new Promise(setImmediate);
    return factory.underWay.map(({ status }) => status);
  };
  expect(await begun()).toEqual(["InProgress", "Queued", "Queued"]);
  factory.redefine(definition([pipeline("p", ["a"], 2)]));
  expect(await begun()).toEqual(["InProgress", "InProgress", "Queued"]);
  open.end();
  await Promise.all(runs);
});

test("a trigger is on where the new definition says so, and gone where it does not have it", async () => {
  const clock = new ManualClock("2015-01-01T00:30:00Z");
  const pipelines = [pipeline("p", ["a"])];
  const factory = new Factory(definition(pipelines, [hourly("Stopped")]), { notebooks: new FakeNotebooks(), clock });
  const schedules = new Schedules(factory, (run) => void run.catch(() => undefined));
  schedules.start();
  const runsInAnHour = async (triggers: readonly TriggerSource[]) => {
    factory.redefine(definition(pipelines, triggers));
    const before = factory.history.runs.length;
    await clock.pass(HOUR);
    return factory.history.runs.slice(before).map(({ invokedBy }) => invokedBy);
  };
  expect(await runsInAnHour([hourly("Stopped")])).toEqual([]);
  expect(await runsInAnHour([hourly("Started")])).toEqual(["hourly"]);
  expect(await runsInAnHour([hourly("Started"), hourly("Started", "other")])).toEqual(["hourly", "other"]);
  expect(await runsInAnHour([hourly("Started", "other")])).toEqual(["other"]);
  expect(await runsInAnHour([hourly("Stopped", "other")])).toEqual([]);
  expect(() => factory.triggers.of("hourly")).toThrow("it has: other");
  schedules.stop();
});
