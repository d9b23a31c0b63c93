import { Command, InvalidArgumentError } from "commander";
import { parse } from "../../command-line/parse";
import { UserError } from "../../command-line/user-error";
import { outOption } from "../../local/job/options";
import { type Day, isDay } from "../../local/storage/landing/day";
import { type LocalOptions, localOption } from "../laptop";
import { partsOf } from "./parts";

const DESCRIPTION =
  "Computes features and predictions of a range again, one run of the pipeline backfill for each calendar month: on the tables of the last npm start, or with --environment in a deployed factory. Given again, it goes on where it stopped.";

/** Months that one command computes at most: a mistake in a year is seen before it is paid for. */
const MOST_PARTS = 120;

/** What somebody wants to be computed again. */
export interface BackfillRequest extends LocalOptions {
  /** First and last day on which the windows end, in UTC, both included. */
  readonly from: Day;
  readonly to: Day;
  /** Number of a version of the model; absent: the champion. */
  readonly modelVersion?: string;
  /** Runs that began earlier do not count as done; absent: all that are known do. */
  readonly since?: Date;
  /** Whose factory; absent: that of the last local run. */
  readonly environment?: string;
  /** The folder of the local run. */
  readonly out: string;
}

/** Reads the command line; `undefined` when it asked for help. Throws `UserError` for wrong use. */
export function parseBackfillRequest(parameters: readonly string[], now = new Date()): BackfillRequest | undefined {
  const program = new Command("npm run backfill --")
    .description(DESCRIPTION)
    .requiredOption("--from <date>", "first day on which windows end, yyyy-MM-dd in UTC", day)
    .requiredOption("--to <date>", "last day on which windows end", day)
    .option("--model-version <version>", "as npm run model -- status shows it (default: the champion)", version)
    .option("--since <time>", "only what a run that began since has computed is not computed again", time)
    .option("--environment <name>", "a file of environments/, such as dev")
    .addOption(outOption().conflicts("environment"))
    .addOption(localOption());
  if (!parse(program, parameters)) return undefined;
  const request = program.opts<BackfillRequest>();
  const { from, to, local, environment } = request;
  if (local !== undefined && environment === undefined)
    throw new UserError("--local needs --environment, which says what the factory is called", 2);
  if (from > to) throw new UserError(`--from ${from} is later than --to ${to}`, 2);
  const today = now.toISOString().slice(0, "yyyy-MM-dd".length);
  if (to > today) throw new UserError(`--to ${to} is in the future; allowed: at most today, ${today}`, 2);
  const parts = partsOf(from, to).length;
  if (parts > MOST_PARTS)
    throw new UserError(`--from ${from} and --to ${to} are ${parts} months; allowed: at most ${MOST_PARTS}`, 2);
  return request;
}

function day(value: string): Day {
  if (isDay(value)) return value;
  throw new InvalidArgumentError("Expected a calendar day as yyyy-MM-dd.");
}

function version(value: string): string {
  if (/^[1-9]\d*$/.test(value)) return value;
  throw new InvalidArgumentError("Expected the number of a version, such as 3.");
}

function time(value: string): Date {
  const read = new Date(value);
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(value) && !Number.isNaN(read.getTime())) return read;
  throw new InvalidArgumentError("Expected a time in UTC such as 2026-11-30T08:00Z.");
}
