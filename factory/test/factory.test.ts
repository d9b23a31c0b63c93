import { setTimeout as sleep } from "node:timers/promises";
import type { FactoryEvent } from "../runs/events";
import { activity, fakeFactory, FakeNotebooks, notebook, statuses, strings } from "./fake-factory";
import { ManualClock } from "./manual-clock";

/** Runs five at once and returns how many ran side by side at most. */
async function mostAtOnce(concurrency: number | undefined): Promise<number> {
  let running = 0;
  let most = 0;
  const notebooks = new FakeNotebooks({
    a: async () => {
      most = Math.max(most, ++running);
      await sleep(5);
      running -= 1;
      return "";
    },
  });
  const factory = fakeFactory(notebooks, { activities: [notebook("a")], ...(concurrency && { concurrency }) });
  await Promise.all(Array.from({ length: 5 }, () => factory.run("p", {}, "manual")));
  expect(factory.history.runs).toHaveLength(5);
  return most;
}

test.each([
  [1, 1],
  [2, 2],
  [undefined, 5],
])("with concurrency %s, %i runs run side by side and the others wait", async (concurrency, expected) => {
  expect(await mostAtOnce(concurrency)).toBe(expected);
});

test("at most a hundred runs wait, as in the service", async () => {
  const factory = fakeFactory(new FakeNotebooks(), { activities: [notebook("a")], concurrency: 1 });
  const runs = Array.from({ length: 102 }, () => factory.run("p", {}, "manual"));
  await expect(runs[101]).rejects.toThrow('pipeline "p": 100 runs are queued');
  await Promise.all(runs.slice(0, 101));
});

test("says how many runs it still takes", async () => {
  const factory = fakeFactory(new FakeNotebooks(), { activities: [notebook("a")], concurrency: 2 });
  expect(factory.room("p")).toBe(102);
  const runs = Array.from({ length: 3 }, () => factory.run("p", {}, "manual"));
  expect(factory.room("p")).toBe(99);
  await Promise.all(runs);
  expect(factory.room("p")).toBe(102);
});

test("what is queued when it stops never starts, and is no run", async () => {
  const notebooks = new FakeNotebooks({ a: () => new Promise(() => undefined) });
  const factory = fakeFactory(notebooks, { activities: [notebook("a")], concurrency: 1 });
  const runs = Array.from({ length: 3 }, () => factory.run("p", {}, "manual"));
  await sleep(5);
  const stopped = factory.stop();
  await expect(runs[0]).resolves.toMatchObject({ status: "Cancelled" });
  await expect(runs[1]).rejects.toThrow("cancelled");
  await expect(runs[2]).rejects.toThrow("cancelled");
  await stopped;
  expect(notebooks.calls).toHaveLength(1);
  expect(factory.history.runs).toHaveLength(1);
});

test("an unknown pipeline is named with those that exist, and a promise rejects with it", async () => {
  const factory = fakeFactory(new FakeNotebooks(), { activities: [] });
  await expect(factory.run("nope", {}, "manual")).rejects.toThrow('the factory has no pipeline "nope", it has: p');
});

describe("cancelling one run", () => {
  const wait = activity("wait", "Wait", { waitTimeInSeconds: 60 });

  function factoryOf(properties: Parameters<typeof fakeFactory>[1]) {
    const runs: string[] = [];
    const observe = (event: FactoryEvent): void => {
      if (event.kind === "runQueued" || (event.kind === "runStarted" && !runs.includes(event.run.runId)))
        runs.push(event.run.runId);
    };
    const clock = new ManualClock("2015-01-01T00:00:00Z");
    return { clock, runs, factory: fakeFactory(new FakeNotebooks(), properties, { clock, observe }) };
  }

  test("ends it and leaves the others", async () => {
    const { clock, runs, factory } = factoryOf({ activities: [wait] });
    const [one, other] = [factory.run("p"), factory.run("p")];
    await clock.pass(1_000);
    await factory.cancel(runs[0]!);
    expect(statuses(await one)).toEqual({ status: "Cancelled", wait: "Cancelled" });
    await clock.pass(59_000);
    expect((await other).status).toBe("Succeeded");
  });

  test("one that is queued never starts and gives its place to others", async () => {
    const { clock, runs, factory } = factoryOf({ activities: [wait], concurrency: 1 });
    const first = factory.run("p");
    await clock.pass(0);
    const [second, third] = [factory.run("p"), factory.run("p")];
    expect(factory.room("p")).toBe(98);
    const cancelled = factory.cancel(runs[1]!);
    await expect(second).rejects.toThrow("cancelled");
    await cancelled;
    expect(factory.room("p")).toBe(99);
    await clock.pass(120_000);
    expect([(await first).end, (await third).end]).toEqual(["2015-01-01T00:01:00.000Z", "2015-01-01T00:02:00.000Z"]);
  });

  test("one that is not under way is refused", async () => {
    await expect(factoryOf({ activities: [] }).factory.cancel("x")).rejects.toThrow('no run "x" is under way');
  });
});

test("names are the same whatever their case: pipelines, parameters, activities and what they depend on", async () => {
  const notebooks = new FakeNotebooks();
  const activities = [
    notebook("First"),
    notebook("second", { FIRST: "Succeeded", baseParameters: { day: "@pipeline().parameters.DAY" } }),
  ];
  const factory = fakeFactory(notebooks, { activities, parameters: strings({ day: "" }) });
  expect((await factory.run("P", { Day: "monday" })).status).toBe("Succeeded");
  expect(notebooks.calls.map(({ path }) => path)).toEqual(["First", "second"]);
  expect(notebooks.calls[1]!.parameters).toEqual({ day: "monday" });
  expect(() => fakeFactory(notebooks, { activities: [notebook("a"), notebook("A")] })).toThrow(
    'activity "A" exists twice',
  );
});
