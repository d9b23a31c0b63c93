import { asText, type Json, parseJson } from "../../json";
import { eager } from "../../expressions/functions/function";
import { ExpressionError } from "../../expressions/error";
import { evaluateText } from "../../expressions/template";

const parameters: Json = {
  text: "[".repeat(20_000),
  xml: `${"<a>".repeat(20_000)}${"</a>".repeat(20_000)}`,
  spaces: `${" ".repeat(100_000)}x${" ".repeat(100_000)}y`,
};
const scope = new Map([
  ["parameters", eager(0, 0, () => parameters)],
  ["deep", eager(0, 0, () => nested(20_000))],
]);
const evaluate = (text: string) => evaluateText(text, scope);

function nested(depth: number): Json {
  let value: Json = [];
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

test.each([
  ["@9007199254740991", 9007199254740991],
  ["@9007199254740993", "9007199254740993"],
  ["@ticks('2015-01-01T00:00:00Z')", 635556672000000000],
  ["@ticks('2015-01-01T00:00:00.1234567Z')", "635556672001234567"],
  ["@createArray(9223372036854775807,1.5)", ["9223372036854775807", 1.5]],
  ["@float('NaN')", "NaN"],
])("%s leaves an expression as %j: no digit is lost", (text, expected) => {
  expect(evaluate(text)).toEqual(expected);
});

test("the integers that a value has on its way in are integers again", () => {
  const values = new Map([["value", eager(0, 0, () => ({ whole: 7, half: 3.5, large: 1e300 }))]]);
  expect(evaluateText("@div(value().whole,2)", values)).toBe(3);
  expect(evaluateText("@div(value().half,2)", values)).toBe(1.75);
  expect(evaluateText("@{value().large}", values)).toBe("1E+300");
});

test.each([
  [1e-7, "1E-07"],
  [0.5, "0.5"],
  [7, "7"],
  [[1, 1e-7], "[1,1E-07]"],
  [{ "$content-type": "text/plain", $content: "aGVsbG8=" }, "hello"],
])("JSON %j is written into a string as %s", (value, expected) => {
  expect(asText(value)).toBe(expected);
});

test.each([
  ["@string(deep())", "nested too deeply, or too large"],
  ["@json(parameters().text)", "nested too deeply, or too large"],
  ["@xml(parameters().xml)", "nested too deeply, or too large"],
  [`@concat('${"x".repeat(8_192)}')`, "it has 8202 characters, at most 8192 are allowed"],
  [`x @{concat('${"x".repeat(8_192)}')}`, "it has 8202 characters, at most 8192 are allowed"],
  ["@range(0,9223372036854775807)", "range expects an integer from 0 to 100000"],
  ['@{json(\'{"$content-type":"text/plain","$content":"!"}\')}', 'expects base64, got "!"'],
])("what is too much, or broken, is an error of the factory: %#", (text, message) => {
  const problem = problemOf(text);
  expect(problem).toBeInstanceOf(ExpressionError);
  expect(problem?.message).toContain(message);
});

test("an expression may be nested as deeply as the engine allows", () => {
  expect(evaluate(`@${"not(".repeat(500)}true${")".repeat(500)}`)).toBe(true);
});

function problemOf(text: string): Error | undefined {
  try {
    evaluate(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

test("much white space is trimmed in a moment", () => {
  expect(evaluate("@length(trim(parameters().spaces))")).toBe(100_002);
});

test.each([
  ['{"id": 9007199254740993, "share": 0.5}', { id: "9007199254740993", share: 0.5 }],
  ['{"id": 1234567890123456, "text": "9007199254740993"}', { id: 1234567890123456, text: "9007199254740993" }],
  ["[0.12345678901234567890, 1e20]", [0.12345678901234568, 1e20]],
])("JSON %s is read without losing a digit of an integer", (written, expected) => {
  expect(parseJson(written)).toEqual(expected);
});

test("what is no JSON is refused, long numbers or not", () => {
  expect(() => parseJson("{id: 9007199254740993}")).toThrow(SyntaxError);
});
