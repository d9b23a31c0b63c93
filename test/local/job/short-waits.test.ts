import { loadFactory } from "adf-local";
import { shortWaits } from "../../../local/job/short-waits";

const factory = (...names: readonly string[]) =>
  loadFactory({ name: "adf", pipelines: names.map((name) => ({ name, properties: { activities: [] } })) });

test("the waits of the doorbell take a second here", async () => {
  const stubs = shortWaits(factory("scoring", "start_scoring", "doorbell"));
  expect(Object.entries(stubs).map(([name, activities]) => [name, Object.keys(activities)])).toEqual([
    ["doorbell", ["until_all_rang"]],
    ["start_scoring", ["until_it_is_seen"]],
  ]);
});

test("a release without a doorbell has nothing to shorten", () => {
  expect(shortWaits(factory("scoring"))).toEqual({});
});
