import { simulatorOptions } from "../../../local/job/data";

const plant = { machines: 5, days: 40, seed: 42, gaps: 0, dirty: 0, faulty: 0, newModel: 0 };

/** The value of an option on the simulator's command line. */
const option = (name: string, parameters: readonly string[]) => parameters[parameters.indexOf(name) + 1];

test("faulty sensors are shared among the four kinds of faults", () => {
  const parameters = simulatorOptions({ ...plant, faulty: 0.04 });
  for (const kind of ["stuck", "drifting", "spiking", "silent"]) expect(option(`--${kind}`, parameters)).toBe("0.01");
});

test.each([
  ["on the last day", {}, "39"],
  ["on the day after --train-to", { trainTo: "2015-01-31" }, "31"],
])("machines of a new model begin after the history: %s", (_, history, day) => {
  const parameters = simulatorOptions({ ...plant, ...history, newModel: 0.2 });
  expect(option("--new-model", parameters)).toBe("0.2");
  expect(option("--new-model-from", parameters)).toBe(day);
});

test.each(["2014-12-31", "2015-02-09"])("with --train-to %s, which the landing refuses, none begin", (trainTo) => {
  expect(simulatorOptions({ ...plant, trainTo, newModel: 0.2 })).not.toContain("--new-model");
});
