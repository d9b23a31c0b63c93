import { hasWildcard, literalFolder, wildcard, wildcardPath } from "../../data/wildcard";

test.each([
  ["*.csv", "a.csv", true],
  ["*.csv", "a.csv.gz", false],
  ["a?.csv", "a1.csv", true],
  ["a?.csv", "a.csv", true],
  ["a?.csv", "a12.csv", false],
  ["a.csv", "abcsv", false],
  ["a^*", "a*", true],
  ["a^*", "ab", false],
])("%s and %s: %s", (pattern, name, matches) => {
  expect(wildcard(pattern)(name)).toBe(matches);
});

test("each part of a path is matched by itself, and folders inside only where they are wanted", () => {
  expect(wildcardPath("a/*", false)("a/b")).toBe(true);
  expect(wildcardPath("a/*", false)("a/b/c")).toBe(false);
  expect(wildcardPath("a/*", true)("a/b/c")).toBe(true);
  expect(wildcardPath("a/*", true)("a")).toBe(false);
});

test("a path begins at the folders that have no wildcard", () => {
  expect(literalFolder("a/b^*/c?/d")).toBe("a/b*");
  expect(literalFolder("a/b")).toBe("a/b");
  expect(["a*", "a?", "a^*", "a"].map(hasWildcard)).toEqual([true, true, false, false]);
});
