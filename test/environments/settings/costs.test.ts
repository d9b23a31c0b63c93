import { validate } from "../../../environments/load";
import { refuses, valid } from "../refusals";

const each = "a number from 0 to 1000000000";

refuses([
  ["a cost below nothing", { costs: { comp1: { failure: -1 } } }, `dev.costs.comp1.failure is -1; allowed: ${each}`],
  [
    "a cost in words",
    { costs: { comp2: { inspection: "low" } } },
    `dev.costs.comp2.inspection is "low"; allowed: ${each}`,
  ],
  ["no number", { costs: { comp2: { inspection: NaN } } }, `dev.costs.comp2.inspection is null; allowed: ${each}`],
  [
    "an intervention that nobody would pay for",
    { costs: { comp3: { intervention: 20_000 } } },
    'dev.costs.comp3 is {"intervention":20000}; allowed: an intervention (usually 2000) that costs no more than the failure that it prevents',
  ],
  [
    "a component that the plant has not",
    { costs: { comp5: { failure: 1 } } },
    "dev.costs.comp5 is not a setting; allowed: an object of comp1, comp2, comp3, comp4",
  ],
  [
    "what costs nothing here",
    { costs: { comp1: { repair: 1 } } },
    "dev.costs.comp1.repair is not a setting; allowed: an object of failure, intervention, inspection",
  ],
]);

test("an environment states what differs, and the rest is usual", () => {
  const [environment] = validate({ dev: { ...valid, costs: { comp4: { failure: 50_000, inspection: 0 } } } });
  expect(environment!.costs.comp4).toEqual({ failure: 50_000, intervention: 2_000, inspection: 0 });
  expect(environment!.costs.comp1).toEqual({ failure: 10_000, intervention: 2_000, inspection: 1_000 });
});

test("an intervention may cost as much as a failure: then nothing is lost by waiting for one", () => {
  const costs = { comp1: { failure: 2_000, intervention: 2_000 } };
  expect(() => validate({ dev: { ...valid, costs } })).not.toThrow();
});
