import { z } from "zod";
import type { FormatType } from "./formats/format";
import { additionalColumns } from "./additional-columns";
import { readSettings } from "./file-selection";

// What an activity says beside a dataset about how it is read or written.

const ignored = z.unknown().optional();

/** A type that the service writes in several cases: `JsonSource` and `JSONSource`. */
function typed(name: string) {
  return z
    .string()
    .refine((written) => written.toLowerCase() === name.toLowerCase(), {
      error: ({ input }) => `is ${JSON.stringify(input)}, the dataset needs ${name}`,
    })
    .optional();
}

/** `source` of a Copy from a dataset of this format. */
export function copySourceShape(format: FormatType) {
  return sourceShape(format).extend({ additionalColumns });
}

/** `source` of a Lookup on a dataset of this format, and most of that of a Copy. */
export function sourceShape({ type, readSettings: formatSettings }: FormatType) {
  return z.strictObject({
    type: typed(`${type}Source`),
    storeSettings: readSettings.default({ deleteFilesAfterCompletion: false, enablePartitionDiscovery: false }),
    formatSettings: formatSettings.optional(),
    recursive: ignored,
    sourceRetryCount: ignored,
    sourceRetryWait: ignored,
    maxConcurrentConnections: ignored,
    disableMetricsCollection: ignored,
  });
}

const BEHAVIORS = ["PreserveHierarchy", "FlattenHierarchy", "MergeFiles"] as const;

/** Where the files of a Copy go. */
export type CopyBehavior = (typeof BEHAVIORS)[number];

const copyBehavior = z.preprocess(
  (written) =>
    written === "" || written === null
      ? undefined
      : (BEHAVIORS.find((known) => typeof written === "string" && known.toLowerCase() === written.toLowerCase()) ??
        written),
  z.enum(BEHAVIORS).optional(),
);

const writeSettings = z.strictObject({
  type: z.enum(["AzureBlobStorageWriteSettings", "AzureBlobFSWriteSettings"]).optional(),
  copyBehavior,
  blockSizeInMB: ignored,
  maxConcurrentConnections: ignored,
  disableMetricsCollection: ignored,
});

/** `sink` of a Copy into a dataset of this format. */
export function sinkShape({ type, writeSettings: formatSettings }: FormatType) {
  return z.strictObject({
    type: typed(`${type}Sink`),
    storeSettings: writeSettings.default({ copyBehavior: undefined }),
    formatSettings: formatSettings.optional(),
    writeBatchSize: ignored,
    writeBatchTimeout: ignored,
    sinkRetryCount: ignored,
    sinkRetryWait: ignored,
    maxConcurrentConnections: ignored,
    disableMetricsCollection: ignored,
  });
}
