import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "../../environments/load";
import { synthesize } from "../stacks/synthesized";
import { tested } from "./tested";

/** The environment that has most. */
const { bootstrap, foundation, databricks, dataFactory, observability } = synthesize(tested(load("prod")));

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort();

// Terraform runs these apart, where its providers can be had: what they name must not be gone until then.
describe.each([
  ["bootstrap", bootstrap],
  ["foundation", foundation],
  ["databricks", databricks],
  ["data-factory", dataFactory],
  ["observability", observability],
])("%s.tftest.hcl", (name, stack) => {
  const hcl = readFileSync(join(__dirname, `${name}.tftest.hcl`), "utf8");

  test("has a value for each output of another stack that is read", () => {
    const read = found(JSON.stringify(stack), /\.outputs\.(cross_stack_output_\w+)/g);
    expect(found(hcl, /\b(cross_stack_output_\w+) +=/g)).toEqual(read);
  });

  test("names only resources of the stack", () => {
    const resources = Object.entries(stack.resource).flatMap(([type, of]) =>
      Object.keys(of).map((resource) => `${type}.${resource}`),
    );
    expect(resources).toEqual(
      expect.arrayContaining(found(hcl, /(?<![\w.])((?:azurerm|databricks|azuread|time|random)_\w+\.\w+)/g)),
    );
  });
});
