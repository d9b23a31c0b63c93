import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Functions {
  readonly compare: (one: string, other: string) => number;
  readonly matches: (text: string, search: string) => boolean;
}

const source = readFileSync(join(__dirname, "..", "..", "..", "local", "report", "tables.js"), "utf8");
const load = new Function("document", `${source}; return { compare, matches };`) as (document: object) => Functions;
const { compare, matches } = load({ querySelectorAll: () => [] });

test("numbers are sorted by their size, texts by their letters, and dashes come last", () => {
  expect(["10", "9", "-1", "0.5"].sort(compare)).toEqual(["-1", "0.5", "9", "10"]);
  expect(["model3", "model1", "none"].sort(compare)).toEqual(["model1", "model3", "none"]);
  expect(["–", "7", "18"].sort(compare)).toEqual(["7", "18", "–"]);
  expect(compare("comp1", "comp1")).toBe(0);
});

test("a search finds rows that have all its words, in any case", () => {
  expect(matches("12 model3 18 y comp1", "MODEL3 comp1")).toBe(true);
  expect(matches("12 model3 18 y none", "model3 comp1")).toBe(false);
  expect(matches("12 model3", "")).toBe(true);
});
