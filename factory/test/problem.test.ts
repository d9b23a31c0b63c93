import { FactoryError } from "../factory-error";
import { allowed, nearest, problemLine } from "../problem";

test("a problem is a line with all that is known of its place", () => {
  const place = { file: "pipeline/p.json", resource: 'pipeline "p"', activity: "a", property: "typeProperties.items" };
  expect(problemLine({ ...place, position: 3, message: "is wrong" })).toBe(
    'pipeline/p.json: pipeline "p": activity "a": typeProperties.items: position 3: is wrong',
  );
  expect(problemLine({ message: "is wrong" })).toBe("is wrong");
});

test("an error carries its problems, a line for each", () => {
  const problems = [{ message: "one" }, { file: "f.json", message: "two" }];
  const error = new FactoryError(problems);
  expect([error.message, error.problems]).toEqual(["one\nf.json: two", problems]);
  expect(new FactoryError("one").problems).toEqual([{ message: "one" }]);
});

test.each([
  ["cocat", "concat"],
  ["CONCATT", "concat"],
  ["waitTimeInSecond", "waitTimeInSeconds"],
  ["con", undefined],
  ["b", undefined],
])("nearest to %s is %s", (written, name) => {
  expect(nearest(written, ["a", "concat", "waitTimeInSeconds"])).toBe(name);
});

test("what is allowed is listed up to twenty, the nearest in front", () => {
  const names = Array.from({ length: 21 }, (_, index) => `column${index}`);
  expect(allowed("x", [])).toBe("there is none");
  expect(allowed("x", ["a", "b"])).toBe("there are: a, b");
  expect(allowed("colum7", names)).toMatch(/^did you mean "column7"\? \(there are: column0, .*, column19, …\)$/);
});
