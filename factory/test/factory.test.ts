import { setTimeout as sleep } from "node:timers/promises";
import { fakeFactory, FakeNotebooks, notebook } from "./fake-factory";

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

test("an unknown pipeline is named with those that exist", () => {
  const factory = fakeFactory(new FakeNotebooks(), { activities: [] });
  expect(() => factory.run("nope", {}, "manual")).toThrow('the factory has no pipeline "nope", it has: p');
});
