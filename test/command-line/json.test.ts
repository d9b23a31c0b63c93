import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { checked, parseJson, readJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";

const plant = z.object({ machines: z.array(z.object({ age: z.int() })) });

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "json-test-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("what has the expected shape is read, from a file, a text or a value", () => {
  const file = join(folder, "plant.json");
  writeFileSync(file, '{"machines": [{"age": 7}]}');
  const machines = [{ age: 7 }];
  expect(readJson(file, plant)).toEqual({ machines });
  expect(parseJson("the plant", plant, JSON.stringify({ machines }))).toEqual({ machines });
  expect(checked("the plant", plant, { machines })).toEqual({ machines });
});

test("a file that is not there or is no JSON is named in one line", () => {
  const file = join(folder, "plant.json");
  expect(() => readJson(file, plant)).toThrow(/plant\.json cannot be read: ENOENT.*$/);
  writeFileSync(file, "{");
  expect(() => readJson(file, plant)).toThrow(/plant\.json cannot be read: .+$/);
});

test.each([
  [{ machines: [{ age: 7 }, { age: "7" }] }, "the plant: machines.1.age: "],
  [[], "the plant: Invalid input: "],
])("%j is refused with the place of what is wrong", (value, message) => {
  const read = () => checked("the plant", plant, value);
  expect(read).toThrow(UserError);
  expect(read).toThrow(message);
});
