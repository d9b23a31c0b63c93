import { DefinitionError } from "./definition-error";
import type { Pipeline } from "./pipeline";

interface TriggerBase {
  /** Unique in the factory. */
  readonly name: string;
  readonly description: string;
  /** Started with their parameters' defaults. */
  readonly pipelines: readonly Pipeline[];
}

/** Starts pipelines when blobs are created or deleted in the storage account that the factory watches. */
export interface BlobEventTrigger extends TriggerBase {
  readonly type: "BlobEventsTrigger";
  readonly events: readonly ("Microsoft.Storage.BlobCreated" | "Microsoft.Storage.BlobDeleted")[];
  /** `/container/` or `/container/blobs/folder/`; no wildcards. */
  readonly blobPathBeginsWith: string;
  /** Whether blobs of zero bytes, such as folders, start nothing. */
  readonly ignoreEmptyBlobs: boolean;
}

/** Starts pipelines at recurring times. */
export interface ScheduleTrigger extends TriggerBase {
  readonly type: "ScheduleTrigger";
  readonly recurrence: Recurrence;
}

/** Every `interval` units of the frequency since `startTime`, at the times of `schedule`. */
export interface Recurrence {
  readonly frequency: "Hour" | "Day" | "Week" | "Month";
  readonly interval: number;
  /** ISO 8601 in UTC; one in the past only fixes the phase. */
  readonly startTime: string;
  readonly timeZone: "UTC";
  /** Default: the start time's own minute, hour and day. */
  readonly schedule?: {
    readonly hours: readonly number[];
    readonly minutes: readonly number[];
    readonly weekDays?: readonly string[];
    readonly monthDays?: readonly number[];
  };
}

export type Trigger = BlobEventTrigger | ScheduleTrigger;

/** Checks a trigger on blob events. Throws one `DefinitionError` with all its problems. */
export function blobEventTrigger(definition: Omit<BlobEventTrigger, "type">): BlobEventTrigger {
  const { name, blobPathBeginsWith, pipelines } = definition;
  const path = /^\/([a-z0-9-]{3,63}\/)(?:blobs\/(.*))?$/.exec(blobPathBeginsWith);
  const watched = path && `${path[1]}${path[2] ?? ""}`;
  const problems = watched
    ? pipelines.flatMap((pipeline) =>
        pipeline.writes
          .filter((written) => written.startsWith(watched) || watched.startsWith(written))
          .map(
            (written) => `watches ${watched}, but its pipeline ${pipeline.name} writes to ${written}: runs without end`,
          ),
      )
    : [`blobPathBeginsWith is "${blobPathBeginsWith}"; allowed: /container/ or /container/blobs/folder/`];
  if (problems.length > 0) throw new DefinitionError(`The trigger ${name}`, problems);
  return { type: "BlobEventsTrigger", ...definition };
}
