import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { writeFileAtomically } from "adf-local/atomic-file";
import { readJson } from "../../command-line/json";
import { runChild } from "../command/child";
import { findClassicFiles } from "../storage/landing/classic-files";
import { planLanding, telemetryDays } from "../storage/landing/plan";
import { type SplitData, splitData, splitFiles } from "../storage/landing/split";
import type { RunOptions, SIMULATION } from "./options";
import type { RunFolder } from "./run-folder";

const SENSOR_FAULTS = ["stuck", "drifting", "spiking", "silent"] as const;

/** Simulates the plant into the run folder, unless an interrupted run already did; returns the folder of the five files. */
export async function simulate(
  { machines, days, seed, gaps, dirty, faulty }: Pick<RunOptions, (typeof SIMULATION)[number]>,
  folder: Pick<RunFolder, "at">,
  python: string,
  signal: AbortSignal,
): Promise<string> {
  const plant = folder.at("plant");
  if (existsSync(plant)) return plant;
  const draft = folder.at("plant.draft");
  rmSync(draft, { recursive: true, force: true });
  const sensors = Object.fromEntries(SENSOR_FAULTS.map((kind) => [kind, faulty / SENSOR_FAULTS.length]));
  const values = { machines, days, seed, gaps, dirty, ...sensors, out: draft };
  const parameters = Object.entries(values).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const program = path.join(__dirname, "..", "plant", "simulate.py");
  await runChild("the simulation of the plant", python, [program, ...parameters], { signal });
  renameSync(draft, plant);
  return plant;
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
