import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../../command-line/json";
import { COMPONENTS } from "../../contract/parts";
import { HORIZONS } from "../../contract/widgets";
import { namesOf } from "../../environments/naming";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { printedIn } from "../../local/cluster/printed";
import { MONITORED } from "../../local/job/run-folder";
import { badRow, landedFile, risk, work } from "../../local/report/findings";
import type { ShownActivity } from "./factory-view";

const findings = z.object({
  risks: z.array(risk),
  /** Null where no release that keeps a work list has scored. */
  work: work.nullable().default(null),
  files: z.array(landedFile),
  badRows: z.array(badRow),
});
/**
 * The machines at risk, the work list, what became of files that landed, and the rows of them that were set aside.
 * `components` and `horizons` (hours) name the places of what a risk has for each.
 */
export type LaptopFindings = z.infer<typeof findings> & {
  readonly components: readonly string[];
  readonly horizons: readonly number[];
};

const notebookRun = z.looseObject({
  input: z.looseObject({ notebookPath: z.string() }),
  activityRunStart: z.coerce.date(),
  activityRunEnd: z.coerce.date().nullish(),
});

/** Characters of what a notebook printed that are shown: the last ones. */
const MOST_PRINTED = 20_000;

/** Where the laptop keeps what it shows. */
export interface LaptopPlaces {
  readonly findings: string;
  /** Folder of what notebooks print. */
  readonly printed: string;
}

/** Of an environment that was deployed to `npm run cloud`, or of the run in a folder. */
export function placesOf(out: string, settings: EnvironmentSettings, isCloud: boolean): LaptopPlaces {
  const { dataFactory, workspace } = namesOf(settings);
  const factory = isCloud ? path.join(out, "factories", dataFactory) : out;
  return {
    findings: isCloud ? path.join(factory, MONITORED) : path.join(out, "state", MONITORED),
    printed: isCloud ? path.join(out, "workspaces", workspace, "printed") : path.join(out, "state", "printed"),
  };
}

/** What a laptop knows of a factory besides its REST API: machines at risk, work list, blobs, what notebooks print. */
export class LaptopView {
  constructor(private readonly places: LaptopPlaces) {}

  /** As of the last predictions; `undefined` until then. */
  findings(): LaptopFindings | undefined {
    const file = this.places.findings;
    if (!existsSync(file)) return undefined;
    return { ...readJson(file, findings), components: COMPONENTS, horizons: HORIZONS };
  }

  /** What a notebook activity has printed so far; `undefined` of other activities. */
  printedBy(activity: ShownActivity, now = new Date()): string | undefined {
    const run = notebookRun.safeParse(activity);
    if (!run.success) return undefined;
    const { input, activityRunStart, activityRunEnd } = run.data;
    const printed = printedIn(this.places.printed, input.notebookPath, activityRunStart, activityRunEnd ?? now);
    return printed.length > MOST_PRINTED ? `…${printed.slice(-MOST_PRINTED)}` : printed;
  }
}
