import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { writeFileAtomically } from "adf-local/atomic-file";
import { readJson } from "../../command-line/json";
import { runChild } from "../command/child";
import { findClassicFiles } from "../storage/landing/classic-files";
import { daysBetween } from "../storage/landing/day";
import { planLanding, telemetryDays } from "../storage/landing/plan";
import { type SplitData, splitData, splitFiles } from "../storage/landing/split";
import type { RunOptions, SIMULATION } from "./options";
import type { RunFolder } from "./run-folder";

const SENSOR_FAULTS = ["stuck", "drifting", "spiking", "silent"] as const;
/** Of every simulated plant. */
const FIRST_DAY = "2015-01-01";

type Simulated = Pick<RunOptions, (typeof SIMULATION)[number] | "trainTo">;

/** Simulates the plant into the run folder, unless an interrupted run already did; returns the folder of the five files. */
export async function simulate(
  options: Simulated,
  folder: Pick<RunFolder, "at">,
  python: string,
  signal: AbortSignal,
): Promise<string> {
  const plant = folder.at("plant");
  if (existsSync(plant)) return plant;
  const draft = folder.at("plant.draft");
  rmSync(draft, { recursive: true, force: true });
  const program = path.join(__dirname, "..", "plant", "simulate.py");
  const parameters = [program, ...simulatorOptions(options), "--out", draft];
  await runChild("the simulation of the plant", python, parameters, { signal });
  renameSync(draft, plant);
  return plant;
}

/** The same plant on the command line of the simulator; machines of a new model begin on the first day after the history. */
export function simulatorOptions({ faulty, newModel, trainTo, ...plant }: Simulated): readonly string[] {
  const { machines, days, seed, gaps, dirty } = plant;
  const sensors = Object.fromEntries(SENSOR_FAULTS.map((kind) => [kind, faulty / SENSOR_FAULTS.length]));
  const begins = trainTo === undefined ? days - 1 : daysBetween(FIRST_DAY, trainTo) + 1;
  // A day that lies outside the data is refused when they are cut into deliveries, with the days that they have.
  const isWithin = newModel > 0 && begins > 0 && begins < days;
  const fleet = isWithin ? { "new-model": newModel, "new-model-from": begins } : {};
  const values = { machines, days, seed, gaps, dirty, ...sensors, ...fleet };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`]);
}

/** Cuts the five files into what lands, unless an interrupted run already did. */
export async function prepareLanding(
  data: string,
  options: Pick<RunOptions, "trainTo" | "blobDays">,
  folder: Pick<RunFolder, "at">,
): Promise<SplitData> {
  const index = folder.at("landing.json");
  if (existsSync(index)) return readJson(index, splitData);
  const files = await findClassicFiles(data);
  const plan = planLanding(await telemetryDays(files.telemetry), options.trainTo, options.blobDays);
  const split = await splitFiles(files, plan, folder.at("landing"));
  writeFileAtomically(index, JSON.stringify(split));
  return split;
}
