import { Places } from "../places";

const never = new AbortController().signal;

test("who finds no place waits, and is let in by turn", async () => {
  const places = new Places(1);
  const order: string[] = [];
  await places.enter(never);
  const waiting = ["one", "two"].map((name) => places.enter(never).then(() => order.push(name)));
  expect([places.free, places.waiting]).toEqual([0, 2]);
  places.leave();
  await waiting[0];
  expect(order).toEqual(["one"]);
  places.leave();
  await waiting[1];
  places.leave();
  expect([order, places.free, places.waiting]).toEqual([["one", "two"], 1, 0]);
});

test("who gives up leaves the queue to the others", async () => {
  const places = new Places(1);
  const impatient = new AbortController();
  await places.enter(never);
  const first = places.enter(impatient.signal);
  const second = places.enter(never);
  impatient.abort(new Error("too late"));
  await expect(first).rejects.toThrow("too late");
  places.leave();
  await second;
  expect(places.free).toBe(0);
});
