import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { SkipRow } from "../../data/cell";
import { trimSlashes } from "../../data/file-selection";
import { RedirectedRows, SessionLog } from "../../data/session-log";
import { Staging } from "../../data/staging";
import type { JsonObject } from "../../json";
import type { BlobStore } from "../../storage/blob-store";
import type { WorkContext } from "./activity";
import type { BlobPlace, CopySettings } from "./copy-settings";
import { NO_STORE, storeOf } from "./dataset-reference";

/** The container that is made for interim data where none is given. */
const STAGING = "adfstagedcopytempdata";

/** What one run of a Copy writes beside its sink: interim data, its log, rows that it set aside. */
export class SideBlobs {
  readonly staging: Staging | undefined;
  readonly log: SessionLog | undefined;
  private readonly redirected: RedirectedRows | undefined;

  constructor(
    private readonly settings: CopySettings,
    private readonly context: WorkContext,
  ) {
    const { staging, log, redirect } = settings;
    const { signal, clock, activityRunId } = context;
    if (log) this.log = new SessionLog(log.logLevel, () => clock.now());
    if (redirect) this.redirected = new RedirectedRows();
    if (!staging) return;
    const { container, folder } = split(trimSlashes(staging.path) || STAGING, activityRunId);
    const compression = staging.enableCompression ? ({ codec: "gzip", level: "Optimal" } as const) : undefined;
    this.staging = new Staging({ store: this.storeOf(staging), container, folder, compression, signal });
  }

  readonly skipRow: SkipRow = (row, error) => {
    this.log?.rowSkipped(row, error);
    this.redirected?.add(row, error);
  };

  /** Writes what was noted, and deletes the interim data; returns the paths for the output. */
  async end(): Promise<JsonObject> {
    await this.staging?.clear();
    const { log, redirect } = this.settings;
    const { activityName, activityRunId } = this.context;
    const rows = this.redirected?.text;
    return {
      ...(log &&
        this.log && {
          logFilePath: await this.write(log, ["copyactivity-logs", activityName, activityRunId], "txt", this.log.text),
        }),
      ...(redirect && rows && { redirectRowPath: await this.write(redirect, [activityRunId], "csv", rows) }),
    };
  }

  private async write(place: BlobPlace, path: readonly string[], ending: string, text: string): Promise<string> {
    const { container, folder } = split(trimSlashes(place.path), ...path);
    const content = Readable.from([Buffer.from(text)]);
    // What has been noted is kept, however the copy ended.
    const { signal } = new AbortController();
    await this.storeOf(place).write(container, `${folder}/${randomUUID()}.${ending}`, content, signal);
    return `${container}/${folder}/`;
  }

  private storeOf({ linkedServiceName }: BlobPlace): BlobStore {
    const store = storeOf(this.context.services, linkedServiceName);
    if (store === undefined) throw new Error(NO_STORE);
    return store;
  }
}

/** The container, and the folder in it. */
function split(...path: readonly string[]): { readonly container: string; readonly folder: string } {
  const [container = "", ...folder] = path
    .filter((part) => part !== "")
    .join("/")
    .split("/");
  return { container, folder: folder.join("/") };
}
