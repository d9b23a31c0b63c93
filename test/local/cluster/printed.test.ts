import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Printed, printedIn } from "../../../local/cluster/printed";

const folder = path.join(mkdtempSync(path.join(tmpdir(), "printed-")), "printed");
afterAll(() => rmSync(path.dirname(folder), { recursive: true }));

const at = (second: number) => new Date(Date.UTC(2026, 10, 30, 12, 0, second));
const between = (notebook: string, from: number, to: number) => printedIn(folder, notebook, at(from), at(to));

test("nothing was printed before anything ran", () => {
  expect(between("/plant/score", 0, 60)).toBe("");
});

test("the lines of a notebook are those of its runs in a span of time, each attempt after the other", () => {
  const printed = new Printed(folder);
  const run = (notebook: string, second: number, ...lines: readonly string[]) =>
    lines.forEach(printed.begin(notebook, at(second).getTime()));
  run("/plant/score", 10, "first try", "and more");
  run("/plant/ingest", 12, "another notebook");
  run("/plant/score", 20, "second try");
  run("/plant/score", 40, "a later run");
  expect(between("/plant/score", 5, 30)).toBe("first try\nand more\nsecond try\n");
  expect(between("/plant/score", 41, 60)).toBe("");
});
