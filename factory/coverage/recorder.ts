import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { CoveredRun } from "./coverage";

/** The folder where the tests of one Jest run note their runs; not set where nobody asks for coverage. */
export const COVERAGE_FOLDER = "ADF_LOCAL_COVERAGE";

const PLACE = "place";

const coveredRun = z.object({
  pipeline: z.string(),
  activities: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["Succeeded", "Failed", "Skipped", "Cancelled"]),
      attempts: z.int(),
      branch: z.string().exactOptional(),
      iteration: z.string().exactOptional(),
    }),
  ),
});

/** Notes a run of the factory at a place; several processes may do so at once. */
export function noteRun(folder: string, place: string, run: CoveredRun): void {
  const absolute = path.resolve(place);
  const own = path.join(folder, createHash("sha256").update(absolute).digest("hex"));
  if (!existsSync(own)) {
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, PLACE), absolute);
  }
  // What else an activity has, as its values, is left out.
  appendFileSync(path.join(own, `${process.pid}.jsonl`), `${JSON.stringify(coveredRun.parse(run))}\n`);
}

/** The runs that were noted, by the place of their factory. */
export function notedRuns(folder: string): ReadonlyMap<string, readonly CoveredRun[]> {
  return new Map(
    readdirSync(folder).map((name) => {
      const own = path.join(folder, name);
      const files = readdirSync(own).filter((file) => file.endsWith(".jsonl"));
      const lines = files.flatMap((file) => readFileSync(path.join(own, file), "utf8").split("\n").slice(0, -1));
      return [readFileSync(path.join(own, PLACE), "utf8"), lines.map((line) => coveredRun.parse(JSON.parse(line)))];
    }),
  );
}
