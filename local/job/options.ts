import path from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { wholeNumber } from "../../command-line/whole-number";
import { isDay } from "../storage/landing/day";

/** What decides the result of a run; `--resume` goes on with the options that were saved. */
export const runOptions = z
  .object({
    /** Folder with the classic five files; absent: a plant is simulated. */
    data: z.string().exactOptional(),
    /** Last day of the history; absent: all but the last day. */
    trainTo: z.string().exactOptional(),
    /** Days that arrive together afterwards. */
    blobDays: z.number(),
    machines: z.number(),
    days: z.number(),
    seed: z.number(),
    /** Share of hours and of sensor values that the simulated plant does not measure. */
    gaps: z.number(),
    /** Share of rows that the simulated plant delivers spoilt. */
    dirty: z.number(),
    /** Share of the time of sensors in which they are stuck, drift, spike or are silent; a run of an older release has none. */
    faulty: z.number().default(0),
    /** Share of the machines of the simulated plant that are of a new model and begin after the history; likewise. */
    newModel: z.number().default(0),
    environment: z.string(),
    /** A synthesized folder that is run as it is; absent: the stacks are synthesized first. */
    cdktfOut: z.string().exactOptional(),
  })
  .readonly();

export type RunOptions = z.infer<typeof runOptions>;

export interface CommandLine {
  readonly options: RunOptions;
  /** The names of the run options that were given, not defaulted. */
  readonly given: readonly (keyof RunOptions)[];
  readonly out: string;
  readonly watch: boolean;
  readonly resume: boolean;
  /** The activity at which the run that is resumed starts. */
  readonly from?: string;
  /** Whether activities are tried again as their policies say. */
  readonly retries: boolean;
}

type Parsed = RunOptions & {
  readonly out: string;
  readonly watch?: boolean;
  readonly resume?: boolean;
  readonly from?: string;
  readonly retry: boolean;
};

/** Options of a simulated plant. */
export const SIMULATION = ["machines", "days", "seed", "gaps", "dirty", "faulty", "newModel"] as const;

function command(): Command {
  return new Command("npm start --")
    .description(
      "Synthesizes the stacks and runs their Data Factory pipelines on this machine: trains on the history, then drops new data as blobs and lets the trigger score it.",
    )
    .addOption(
      new Option("--data <folder>", "five CSV files (PdM_telemetry.csv, …; .gz too) instead of a simulated plant")
        .argParser(absolute)
        .conflicts([...SIMULATION]),
    )
    .option("--train-to <date>", "last day of the history, yyyy-MM-dd (default: all but the last day)", day)
    .option("--blob-days <n>", "days in one delivery after the history", wholeNumber(1, 3650), 1)
    .option("--machines <n>", "machines of the simulated plant", wholeNumber(1, 10_000), 100)
    .option("--days <n>", "days of the simulated plant, from 2015-01-01", wholeNumber(2, 3650), 366)
    .option("--seed <n>", "seed of the simulated plant", wholeNumber(0, 2 ** 31 - 1), 42)
    .option("--gaps <share>", "missing hours and sensor values of the simulated plant", share, 0)
    .option("--dirty <share>", "invalid rows of the simulated plant, which end up in quarantine", share, 0)
    .option("--faulty <share>", "time in which sensors are stuck, drift, spike or are silent, a week each", share, 0)
    .option(
      "--new-model <share>",
      "machines of a model that begins after the history, which has never seen it",
      share,
      0,
    )
    .option("--environment <name>", "whose stacks run", "dev")
    .addOption(outOption())
    .option("--watch", "stay up afterwards: whatever lands in Azurite is scored; Ctrl-C stops")
    .option("--no-retry", "retry no activity; by default their policies decide, except for program errors")
    .option("--resume", "continue from the state of an interrupted run")
    .option("--from <activity>", "with --resume: restart the last run that has this activity at this activity")
    .option("--cdktf-out <folder>", "run this synthesized folder as it is", absolute);
}

/** Where the results and the state of a run are. */
export function outOption(): Option {
  return new Option("--out <folder>", "results and state of the run")
    .argParser(absolute)
    .default(path.resolve("out"), "out");
}

/** Reads the command line; `undefined` when it asked for help. */
export function parseCommandLine(parameters: readonly string[]): CommandLine | undefined {
  const program = command();
  if (!parse(program, parameters)) return undefined;
  const { out, watch = false, resume = false, from, retry: retries, ...options } = program.opts<Parsed>();
  const names = runOptions.unwrap().keyof().options;
  const given = names.filter((name) => program.getOptionValueSource(name) === "cli");
  if (from !== undefined && !resume)
    throw new UserError(`--from ${from} needs --resume, because it continues an earlier run`, 2);
  return { options, given, out, watch, resume, retries, ...(from !== undefined && { from }) };
}

/** How an option is written on the command line. */
export function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function absolute(value: string): string {
  return path.resolve(value);
}

function share(value: string): number {
  const result = /^\d*\.?\d+$/.test(value) ? Number(value) : NaN;
  if (result <= 0.5) return result;
  throw new InvalidArgumentError("Allowed are shares from 0 to 0.5.");
}

/** Reads a day of an option. */
export function day(value: string): string {
  if (isDay(value)) return value;
  throw new InvalidArgumentError("Expected a calendar day as yyyy-MM-dd.");
}
