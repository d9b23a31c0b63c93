import { loadFactory } from "adf-local";
import { untold } from "../../../local/job/untold";

const factory = (...names: readonly string[]) =>
  loadFactory({ name: "adf", pipelines: names.map((name) => ({ name, properties: { activities: [] } })) });

test("on this machine nobody is told of new work, whose request succeeds all the same", () => {
  expect(untold(factory("scoring", "new_work"))).toEqual({ new_work: { tell: {} } });
  expect(untold(factory("scoring"))).toEqual({});
});
