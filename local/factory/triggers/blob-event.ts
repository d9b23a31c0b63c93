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

/** An event that its triggers have not been given yet. */
interface Waiting {
  readonly event: BlobEvent;
  readonly triggers: readonly BlobEventTriggerResource[];
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
 * Where the factory takes no more runs, an event waits for a later poll.
 */
export class BlobEvents {
  private seen: ReadonlyMap<string, BlobItem>;
  private waiting: readonly Waiting[] = [];
  private readonly unhandled = new Set<BlobEvent>();

  constructor(
    private readonly triggers: readonly BlobEventTriggerResource[],
    private readonly factory: Factory,
    private readonly list: () => Promise<readonly BlobItem[]>,
    private readonly handled: HandledBlobs,
  ) {
    this.seen = new Map(handled.blobs.map((blob) => [key(blob), blob]));
  }

  /** Events whose runs have not been started, have not ended or have not succeeded. */
  get left(): number {
    return this.unhandled.size;
  }

  /** Events that wait until the factory takes further runs. */
  get held(): number {
    return this.waiting.length;
  }

  /** Lists once and starts what the triggers want, as far as the factory takes it. */
  async poll(): Promise<readonly RaisedEvent[]> {
    const now = new Map((await this.list()).map((blob) => [key(blob), blob]));
    const fresh = difference(this.seen, now)
      .map((event) => ({ event, triggers: this.triggers.filter((trigger) => matches(trigger, event)) }))
      .filter(({ triggers }) => triggers.length > 0);
    this.seen = now;
    fresh.forEach(({ event }) => this.unhandled.add(event));

    const raised: RaisedEvent[] = [];
    this.waiting = [...this.waiting, ...fresh].filter((candidate) => {
      if (!this.isTaken(candidate)) return true;
      raised.push(this.raise(candidate));
      return false;
    });
    return raised;
  }

  /** Whether the factory takes all runs that an event starts. */
  private isTaken({ triggers }: Waiting): boolean {
    return this.factory.takes(triggers.flatMap(({ pipeline }) => pipeline.map(({ name }) => name)));
  }

  private raise({ event, triggers }: Waiting): RaisedEvent {
    const started = triggers.flatMap((trigger) =>
      trigger.pipeline.map(async (pipeline) =>
        this.factory.run(pipeline.name, triggerParameters(pipeline, describe(trigger.name, event)), trigger.name),
      ),
    );
    const runs = Promise.all(started).then((ended) => {
      if (ended.every(({ status }) => status === "Succeeded")) this.handle(event);
      return ended;
    });
    // Whoever waits for the runs hears why they were not started; nobody has to.
    runs.catch(() => undefined);
    return { event, runs };
  }

  private handle(event: BlobEvent): void {
    this.handled.add(event);
    this.unhandled.delete(event);
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
