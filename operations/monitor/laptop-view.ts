import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../../command-line/json";
import { namesOf } from "../../environments/naming";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { printedIn } from "../../local/cluster/printed";
import { BLOBS } from "../../local/job/run-folder";
import { badRow, landedFile } from "../../local/report/findings";
import type { ShownActivity } from "./factory-view";
import { type Risk, risksIn } from "./risks";

const fates = z.object({ files: z.array(landedFile), badRows: z.array(badRow) });
/** What became of files that landed, and the rows of them that were set aside. */
export type Fates = z.infer<typeof fates>;

const notebookRun = z.looseObject({
  input: z.looseObject({ notebookPath: z.string() }),
  activityRunStart: z.coerce.date(),
  activityRunEnd: z.coerce.date().nullish(),
});

/** Characters of what a notebook printed that are shown: the last ones. */
const MOST_PRINTED = 20_000;

/** Where the laptop keeps what it shows. */
export interface LaptopPlaces {
  readonly predictions: string;
  readonly blobs: string;
  /** Folder of what notebooks print. */
  readonly printed: string;
}

/** Of an environment that was deployed to `npm run cloud`, or of the run in a folder. */
export function placesOf(out: string, settings: EnvironmentSettings, isCloud: boolean): LaptopPlaces {
  const { dataFactory, workspace } = namesOf(settings);
  const factory = isCloud ? path.join(out, "factories", dataFactory) : out;
  return {
    predictions: path.join(factory, "predictions.csv"),
    blobs: isCloud ? path.join(factory, BLOBS) : path.join(out, "state", BLOBS),
    printed: isCloud ? path.join(out, "workspaces", workspace, "printed") : path.join(out, "state", "printed"),
  };
}

/** What a laptop knows of a factory besides its REST API: predictions, the fate of blobs, what notebooks print. */
export class LaptopView {
  constructor(private readonly places: LaptopPlaces) {}

  /** `undefined` until something is predicted. */
  risks(): readonly Risk[] | undefined {
    return risksIn(this.places.predictions);
  }

  /** As of the last predictions; `undefined` until then. */
  blobs(): Fates | undefined {
    const { blobs } = this.places;
    return existsSync(blobs) ? readJson(blobs, fates) : undefined;
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
