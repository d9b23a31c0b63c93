import type { Factory } from "../factory";
import type { PipelineRun } from "../runs/records";
import type { BlobEventsTrigger, TriggeredPipeline } from "./trigger-source";
import { type BlobEvent, type BlobItem, key } from "./blob";
import { fire } from "./fire";
import type { HandledBlobs } from "./handled-blobs";

/** An event that started runs, and is handled once they have succeeded. */
export interface RaisedEvent {
  readonly event: BlobEvent;
  /** The runs, and those that they started without waiting for them. */
  readonly runs: Promise<readonly PipelineRun[]>;
}

/** An event that its triggers have not been given yet. */
interface Waiting {
  readonly event: BlobEvent;
  readonly triggers: readonly BlobEventsTrigger[];
}

/** Whether an event starts the pipelines of a trigger that is on. */
export function matches({ properties }: BlobEventsTrigger, { type, blob }: BlobEvent): boolean {
  const { events, blobPathBeginsWith, blobPathEndsWith, ignoreEmptyBlobs } = properties.typeProperties;
  // Event Grid compares with the blob's path in any case; what a path ends with may reach up to its container.
  const path = `/${blob.container}/blobs/${blob.name}`.toLowerCase();
  const beginning = `/${blobPathBeginsWith.replace(/^\//, "")}`.toLowerCase();
  return (
    events.includes(type) &&
    path.startsWith(beginning) &&
    path.endsWith(blobPathEndsWith.toLowerCase()) &&
    !(ignoreEmptyBlobs && blob.size === 0)
  );
}

export interface BlobEventsProps {
  readonly factory: Factory;
  /** All blobs of the storage account. */
  readonly list: () => Promise<readonly BlobItem[]>;
  readonly handled: HandledBlobs;
}

/**
 * Raises the events of a storage account that has no Event Grid: two listings are compared by etag.
 * A blob is handled when the runs that it started have succeeded, and those that these started without waiting for them; until then a new process raises its event again.
 * Where the factory takes no more runs, an event waits for a later poll.
 */
export class BlobEvents {
  private seen: ReadonlyMap<string, BlobItem>;
  private waiting: readonly Waiting[] = [];
  private readonly unhandled = new Set<BlobEvent>();

  constructor(private readonly props: BlobEventsProps) {
    this.seen = new Map(props.handled.blobs.map((blob) => [key(blob), blob]));
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
    const now = new Map((await this.props.list()).map((blob) => [key(blob), blob]));
    const { definition, triggers: states } = this.props.factory;
    const started = definition.blobEventsTriggers.filter(({ name }) => states.isStarted(name));
    const fresh = difference(this.seen, now)
      .map((event) => ({ event, triggers: started.filter((trigger) => matches(trigger, event)) }))
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
    return this.props.factory.takes(triggers.flatMap(({ properties }) => properties.pipelines.map(nameOf)));
  }

  private raise({ event, triggers }: Waiting): RaisedEvent {
    const { factory } = this.props;
    const path = key(event.blob);
    const slash = path.lastIndexOf("/");
    const body = { folderPath: path.slice(0, slash), fileName: path.slice(slash + 1) };
    const properties = { EventType: event.type, FileName: body.fileName, FolderPath: body.folderPath };
    const started = triggers.flatMap((trigger) =>
      fire(factory, trigger, { values: { outputs: { body } }, body, properties }),
    );
    const runs = Promise.all(started.map(({ settled }) => settled)).then((settled) => {
      const ended = settled.flat();
      if (ended.every(({ status }) => status === "Succeeded")) this.handle(event);
      return ended;
    });
    // Whoever waits for the runs hears why they were not started; nobody has to.
    runs.catch(() => undefined);
    return { event, runs };
  }

  private handle(event: BlobEvent): void {
    this.props.handled.add(event);
    this.unhandled.delete(event);
  }
}

const nameOf = ({ pipelineReference }: TriggeredPipeline): string => pipelineReference.referenceName;

function difference(before: ReadonlyMap<string, BlobItem>, now: ReadonlyMap<string, BlobItem>): readonly BlobEvent[] {
  const created = [...now.values()].filter((blob) => before.get(key(blob))?.etag !== blob.etag);
  const deleted = [...before.values()].filter((blob) => !now.has(key(blob)));
  return [
    ...deleted.map((blob) => ({ type: "Microsoft.Storage.BlobDeleted", blob }) as const),
    ...created.map((blob) => ({ type: "Microsoft.Storage.BlobCreated", blob }) as const),
  ];
}
