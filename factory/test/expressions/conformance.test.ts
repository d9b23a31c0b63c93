import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { systemClock } from "../../clock";
import { ExpressionError } from "../../expressions/error";
import { timeFunctions } from "../../expressions/functions/dates";
import { eager, object, text } from "../../expressions/functions/function";
import { readJson } from "../../expressions/json-reader";
import { evaluateExactly } from "../../expressions/template";
import { writeJson } from "../../expressions/value-text";
import { findName } from "../../json";
import type { ObjectValue, Value } from "../../expressions/value";

// conformance.json holds the answers of Microsoft's engine; factory/conformance/README.md says how it was asked.
const rows = z
  .array(z.tuple([z.string(), z.string().nullable()]))
  .parse(JSON.parse(readFileSync(path.join(__dirname, "conformance.json"), "utf8")));

const around = object(readJson(readFileSync(path.join(__dirname, "../../conformance/scope.json"), "utf8")));
const part = (name: string): ObjectValue => object(around[name]);

const scope = new Map([
  ...timeFunctions(systemClock),
  [
    "pipeline",
    eager(0, 0, () => ({
      ...part("system"),
      parameters: part("parameters"),
      globalParameters: part("globalParameters"),
    })),
  ] as const,
  ["variables", eager(1, 1, (name) => named(part("variables"), text(name)))] as const,
  ["activity", eager(1, 1, (name) => named(part("activities"), text(name)))] as const,
  ["item", eager(0, 0, () => part("item"))] as const,
]);

function named(values: ObjectValue, name: string): Value {
  const found = findName(Object.keys(values), name);
  if (found === undefined) throw new ExpressionError(`unknown name ${name}`);
  return values[found] ?? null;
}

/** Our answer as the JSON that the engine would write; null for an error. Any other error than the factory's own fails. */
function answer(expression: string): string | null {
  try {
    return writeJson(evaluateExactly(expression, scope));
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}

/** Where the factory differs on purpose, and why. */
const DIFFERENT = new Map(
  Object.entries({
    "the engine drops the bits beyond 32 without a word, here they are an error or count": [
      "@range(9223372036854775806,1)",
      "@range(9223372036854775807,2)",
      "@range(3000000000,2)",
      "@rand(3000000000,3000000001)",
      "@substring('abc',4294967296,1)",
      "@addToTime('2015-01-01T00:00:00Z',2147483648,'Second')",
      "@addToTime('2015-01-01T00:00:00Z',4294967297,'Year')",
      "@subtractFromTime('2015-01-01T00:00:00Z',-9223372036854775808,'Second')",
    ],
    "Data Factory documents no parameter for a locale": [
      "@float('1.5','en-US')",
      "@float('10,5','de-DE')",
      "@formatDateTime('2015-01-01T05:06:07Z','D','de-DE')",
      "@formatDateTime('2015-01-01T05:06:07Z','d','en-GB')",
      "@formatDateTime('2015-07-01T05:06:07Z','d','xx')",
      "@formatDateTime('2015-07-01T05:06:07Z','d','')",
      "@formatDateTime('2015-07-01T05:06:07Z','d','fr')",
    ],
    "undefined and constructors are not JSON": [
      "@json('[1,,2]')",
      "@json('[1,2,,]')",
      "@json('[,]')",
      "@json(',1')",
      "@json('[undefined]')",
      "@json('{\"a\":undefined}')",
      "@json('new Date(1)')",
    ],
    "an integer of JSON with more than 64 bits can be written and compared here": [
      "@string(json('9223372036854775808'))",
      "@equals(json('9223372036854775808'),json('9223372036854775808'))",
      "@float(json('9223372036854775808'))",
    ],
    "the way to the engine cannot carry half a character": ["@substring('😀a',0,1)"],
    "a time before the year 1 is an error, the engine leaves out the zone": [
      "@formatDateTime('0001-01-01T00:00:00+02:00')",
    ],
    "the last 100 nanoseconds that a clock shows twice are an error too": [
      "@convertToUtc('2015-10-25T02:59:59.9999999','W. Europe Standard Time')",
    ],
    "a document type with content, and what only Json.NET knows, is refused or left as it is": [
      "@xml('<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>')",
      '@json(xml(\'<a xmlns:json="http://james.newtonking.com/projects/json"><b json:Array="true">1</b></a>\'))',
    ],
    "no element, and a prefix without a namespace, are no XML": [
      "@xml(json('{}'))",
      "@xml(json('{\"a\":[]}'))",
      "@xml(json('{\"p:a\":1}'))",
    ],
    "what is no base64 is an error at once": ["@dataUriToBinary('data:;base64,a')"],
  }).flatMap(([reason, expressions]) => expressions.map((expression) => [expression, reason] as const)),
);

test("the table has at least 400 expressions", () => {
  expect(rows.length).toBeGreaterThanOrEqual(400);
});

test.each(rows.filter(([expression]) => !DIFFERENT.has(expression)))(
  "%s gives %s, as in the engine",
  (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  },
);

test.each([...DIFFERENT])("%s differs from the engine: %s", (expression) => {
  const row = rows.find(([written]) => written === expression);
  expect(row).toBeDefined();
  expect(answer(expression)).not.toBe(row?.[1]);
});
