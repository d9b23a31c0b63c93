import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRuntime } from "../../local/command/runtime";
import { ProgramCopy } from "../program-copy";
import { repository } from "../repository";
import { runHere } from "../run-here";

// A plant is described in one place: a change of contract/plant.ts is all that it takes.

const copy = new ProgramCopy({ whole: true });
for (const folder of ["examples/milling", "local/plant", "operations/verify"])
  cpSync(join(repository, folder), join(copy.folder, folder), { recursive: true });
const described = readFileSync(join(copy.folder, "contract", "plant.ts"), "utf8");
afterAll(() => copy.remove());
beforeEach(() => copy.write("contract/plant.ts", described));

/** What Python says of a module of the copy. */
function python(folder: string, program: string): unknown {
  const options = { cwd: join(copy.folder, folder), encoding: "utf8" } as const;
  const { stdout, stderr } = spawnSync(readRuntime(repository).python, ["-c", `import json\n${program}`], options);
  return stderr === "" ? JSON.parse(stdout) : stderr;
}

/** A module of the copy, as it is now. */
function fresh<Module extends object>(path: string): Module {
  jest.resetModules();
  return jest.requireActual<Module>(join(copy.folder, path));
}

/** Runs what `npm run contract` runs in the copy. */
function generate() {
  const { write } = fresh<typeof import("../../contract/write")>("contract/write.ts");
  return runHere(() => write([], copy.folder));
}

/** The header of each file of the copy's known plant. */
function landed(): Readonly<Record<string, string>> {
  const { knownPlant } = fresh<typeof import("../../operations/verify/known-plant")>(
    "operations/verify/known-plant.ts",
  );
  return Object.fromEntries(Object.entries(knownPlant()).map(([table, text]) => [table, text.split("\n")[0]!]));
}

test("a sensor and a component more are in columns, settings, simulated and known plant", async () => {
  copy.edit("contract/plant.ts", '{ name: "rotate"', '{ name: "speed"');
  copy.edit("contract/plant.ts", 'sensor: "rotate"', 'sensor: "speed"');
  copy.edit(
    "contract/plant.ts",
    "  ],\n  errors:",
    '    { name: "noise", unit: "dB", plausible: [0, 140], recorded: [40, 110], mean: 70, deviation: 4 },\n  ],\n  errors:',
  );
  copy.edit(
    "contract/plant.ts",
    "  ],\n  models:",
    '    { name: "bearing", sensor: "noise", shift: 12, errors: [], risk: 0.2 },\n  ],\n  models:',
  );
  const program = ["--require", "tsx/cjs", "contract/main.ts"];
  const generated = spawnSync(process.execPath, program, { cwd: copy.folder, encoding: "utf8" });
  expect(generated).toMatchObject({ status: 0, stderr: "" });
  expect(landed()["telemetry"]).toBe("datetime,machineID,volt,speed,pressure,vibration,noise");
  const { data } = fresh<typeof import("../../environments/settings/data")>("environments/settings/data.ts");
  expect(data.parse({ limits: { noise: [30, 120] } })).toMatchObject({ limits: { noise: [30, 120] } });
  const tables = "from predictive_maintenance.tables import PREDICTIONS, TELEMETRY";
  expect(python("notebooks", `${tables}\nprint(json.dumps([TELEMETRY.columns, PREDICTIONS.columns]))`)).toEqual([
    expect.stringContaining("volt double, speed double, pressure double, vibration double, noise double, month"),
    expect.stringMatching(/prob_comp4 double, prob_bearing double, predicted .*prob_bearing_72h double/),
  ]);
  const machine = "from history import Machine\nfrom rows import rows";
  const simulated = `${machine}\nprint(json.dumps(rows(1, Machine(1, "model1", 20), 0, 400)))`;
  const { telemetry, failures } = python("local/plant", simulated) as Readonly<Record<string, readonly string[]>>;
  expect(telemetry![0]!.split(",")).toHaveLength(7);
  expect(failures).toContainEqual(expect.stringMatching(/,1,bearing\n$/));
});

test("the example of another plant synthesizes", async () => {
  copy.write("contract/plant.ts", 'export { PLANT } from "../examples/milling/plant";\n');
  expect(await generate()).toMatchObject({ status: 0, stderr: "" });
  expect(landed()["telemetry"]).toMatch(/,rotational_speed,torque,tool_wear$/);
  expect(await copy.synthHere("milling")).toMatchObject({ status: 0, stderr: "" });
});

test("a description with a mistake is refused in one message, and nothing is generated or synthesized", async () => {
  expect(await generate()).toMatchObject({ status: 0 });
  const before = readFileSync(join(copy.folder, "notebooks/predictive_maintenance/contract.py"), "utf8");
  copy.edit("contract/plant.ts", '{ name: "rotate"', '{ name: "volt"');
  const message = [
    "contract/plant.ts is not valid:",
    '  sensor "volt": there is another sensor of this name',
    '  component "comp2": sensor is "rotate"; allowed: volt, volt, pressure, vibration\n',
  ].join("\n");
  expect(await generate()).toMatchObject({ status: 1, stderr: message });
  expect(readFileSync(join(copy.folder, "notebooks/predictive_maintenance/contract.py"), "utf8")).toBe(before);
  expect(await copy.synthHere("refused")).toMatchObject({ status: 1, stderr: message });
});
