import { parsePath, valueAt } from "../../data/json-path";

test.each([
  ["$['a'][0]['b c']", ["a", 0, "b c"]],
  ["$.a.b[1]", ["a", "b", 1]],
  ["['prod']", ["prod"]],
  ["prod", ["prod"]],
  ['$["a"]', ["a"]],
  ["$", []],
  ["$['a\\'b']", ["a'b"]],
])("%s is read", (text, path) => {
  expect(parsePath(text)).toEqual(path);
});

test.each(["$..a", "$['a'][*]", "$[?(@.x)]", "$['a"])("%s is not understood", (text) => {
  expect(parsePath(text)).toBeUndefined();
});

test("a value is found inside objects and arrays, and nowhere else", () => {
  const value = { a: [{ b: null }] };
  expect(valueAt(value, ["a", 0, "b"])).toBeNull();
  expect(valueAt(value, ["a", 1, "b"])).toBeUndefined();
  expect(valueAt(value, ["toString"])).toBeUndefined();
});
