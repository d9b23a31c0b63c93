import type { BlobEventTriggerResource } from "../../terraform-resources";
import type { Factory } from "../factory";
import type { PipelineRun } from "../runs";
import type { HandledBlobs } from "./handled-blobs";
import { triggerParameters } from "./parameters";

/** A blob as a listing shows it. */
export interface BlobItem {
  readonly container: string;
  /** With its folders. */
  readonly name: string;
  readonly etag: string;
  readonly size: number;
}

export interface BlobEvent {
  readonly type: "Microsoft.Storage.BlobCreated" | "Microsoft.Storage.BlobDeleted";
  readonly blob: BlobItem;
}

/** A started run, and the event that is handled once it has succeeded. */
export interface RaisedEvent {
  readonly event: BlobEvent;
  readonly runs: Promise<readonly PipelineRun[]>;
}

/** Whether an event starts the trigger's pipelines. */
export function matches(trigger: BlobEventTriggerResource, { type, blob }: BlobEvent): boolean {
  const path = `${blob.container}/blobs/${blob.name}`;
  return (
    trigger.activated &&
    trigger.events.includes(type) &&
    path.startsWith(trigger.blob_path_begins_with.replace(/^\//, "")) &&
    blob.name.endsWith(trigger.blob_path_ends_with) &&
    !(trigger.ignore_empty_blobs && blob.size === 0)
  );
}

/**
 * Raises the events of a storage account that has no Event Grid: two listings are compared by etag.
 * A blob is handled when the runs that it started have succeeded; until then a new process raises its event again.
 */
export class BlobEvents {
  private seen: ReadonlyMap<string, BlobItem>;

  constructor(
    private readonly triggers: readonly BlobEventTriggerResource[],
    private readonly factory: Factory,
    private readonly list: () => Promise<readonly BlobItem[]>,
    private readonly handled: HandledBlobs,
  ) {
    this.seen = new Map(handled.blobs.map((blob) => [key(blob), blob]));
  }

  /** Lists once and starts what the triggers want. */
  async poll(): Promise<readonly RaisedEvent[]> {
    const now = new Map((await this.list()).map((blob) => [key(blob), blob]));
    const events = difference(this.seen, now);
    this.seen = now;
    return events.flatMap((event) => this.raise(event) ?? []);
  }

  private raise(event: BlobEvent): RaisedEvent | undefined {
    const matching = this.triggers.filter((trigger) => matches(trigger, event));
    if (matching.length === 0) return undefined;
    const started = matching.flatMap((trigger) =>
      trigger.pipeline.map(async (pipeline) =>
        this.factory.run(pipeline.name, triggerParameters(pipeline, describe(trigger.name, event)), trigger.name),
      ),
    );
    const runs = Promise.all(started).then((ended) => {
      if (ended.every(({ status }) => status === "Succeeded")) this.handled.add(event);
      return ended;
    });
    return { event, runs };
  }
}

function describe(trigger: string, { blob }: BlobEvent) {
  const path = `${blob.container}/${blob.name}`;
  const slash = path.lastIndexOf("/");
  const body = { folderPath: path.slice(0, slash), fileName: path.slice(slash + 1) };
  return { name: trigger, startTime: new Date().toISOString(), outputs: { body } };
}

function difference(before: ReadonlyMap<string, BlobItem>, now: ReadonlyMap<string, BlobItem>): readonly BlobEvent[] {
  const created = [...now.values()].filter((blob) => before.get(key(blob))?.etag !== blob.etag);
  const deleted = [...before.values()].filter((blob) => !now.has(key(blob)));
  return [
    ...deleted.map((blob) => ({ type: "Microsoft.Storage.BlobDeleted", blob }) as const),
    ...created.map((blob) => ({ type: "Microsoft.Storage.BlobCreated", blob }) as const),
  ];
}

export function key(blob: Pick<BlobItem, "container" | "name">): string {
  return `${blob.container}/${blob.name}`;
}
