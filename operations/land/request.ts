import { resolve } from "node:path";
import { wholeNumber } from "../../command-line/whole-number";
import { day } from "../../local/job/options";
import { parseRequest } from "../command";
import { type LocalOptions, localOption } from "../laptop";

const DESCRIPTION =
  "Lands a plant in a deployed environment as its producers would, and waits for what the pipelines make of it: the history, which a training run learns from, then the days after it one by one, which their events have scored.";

export interface LandOptions extends LocalOptions {
  /** Folder with the classic five files; absent: a plant is simulated. */
  readonly data?: string;
  readonly machines: number;
  readonly days: number;
  /** Last day of the history; absent: all but the last day. */
  readonly trainTo?: string;
}

export const readRequest = (parameters: readonly string[]) =>
  parseRequest<"land", LandOptions>("land", DESCRIPTION, ["land"], parameters, (program) =>
    program
      .option("--data <folder>", "five CSV files (PdM_telemetry.csv, …; .gz too) instead of a simulated plant", resolve)
      .option("--machines <n>", "machines of the simulated plant", wholeNumber(1, 1_000), 12)
      .option("--days <n>", "days of the simulated plant, from 2015-01-01", wholeNumber(2, 3_650), 61)
      .option("--train-to <date>", "last day of the history, yyyy-MM-dd (default: all but the last day)", day)
      .addOption(localOption()),
  );
