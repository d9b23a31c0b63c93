import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { risksIn } from "../../../operations/monitor/risks";

const out = mkdtempSync(join(tmpdir(), "risks-"));
const file = join(out, "predictions.csv");
afterAll(() => rmSync(out, { recursive: true }));

test("before anything was scored nothing is known", () => {
  expect(risksIn(file)).toBeUndefined();
});

test("a machine is at risk by its last window, the most probable first", () => {
  const lines = [
    "machineID,window_end,prob_comp1,prob_comp2,predicted",
    "1,2015-01-01T00:00:00Z,0.900000,0.000000,comp1",
    "1,2015-01-01T12:00:00Z,0.100000,0.000000,none",
    "2,2015-01-01T12:00:00Z,0.600000,0.200000,comp1",
    "10,2015-01-01T12:00:00Z,0.000000,0.800000,comp2",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const window = "2015-01-01T12:00:00Z";
  expect(risksIn(file)).toEqual([
    { machine: 10, component: "comp2", probability: 0.8, window },
    { machine: 2, component: "comp1", probability: 0.6, window },
  ]);
});
