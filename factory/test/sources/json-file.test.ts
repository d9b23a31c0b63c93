import { parseRelaxed } from "../../sources/json-file";

test.each([
  ["a byte order mark", '\uFEFF{"a": 1}', { a: 1 }],
  ["comments", '{ // one\n "a": /* two */ 1 }', { a: 1 }],
  ["a comma behind the last item", '{"a": [1, 2, ], }', { a: [1, 2] }],
  ["a comment behind the last comma", '{"a": 1, // last\n}', { a: 1 }],
  ["what looks like them in a string", '{"a": "http://x/,] /* \\" */ ,}"}', { a: 'http://x/,] /* " */ ,}' }],
])("%s is read", (_, text, expected) => {
  expect(parseRelaxed(text, "a.json")).toEqual(expected);
});

test.each([
  ['{\n  "a": 1\n  "b": 2 }', "a.json: line 3, column 3: this is no JSON"],
  ['{"a": ', "a.json: line 1, column 7: this is no JSON"],
  ["", "a.json: line 1, column 1: this is no JSON"],
])("%j is refused with its line and column", (text, message) => {
  expect(() => parseRelaxed(text, "a.json")).toThrow(message);
});
