import type { Copied } from "../../data/copy-files";
import type { Dataset } from "../../datasets/dataset";
import type { JsonObject } from "../../json";

export interface CopyOutputProps {
  readonly copied: Copied;
  readonly start: Date;
  readonly seconds: number;
  readonly source: Dataset;
  readonly sink: Dataset;
}

/** What a Copy tells of itself, in the service's shape. */
export function copyOutput({ copied, start, seconds, source, sink }: CopyOutputProps): JsonObject {
  const { rowsRead, rowsCopied, ...files } = copied;
  const duration = Math.max(1, Math.ceil(seconds));
  const [sourceType, sinkType] = [storeType(source), storeType(sink)];
  return {
    ...files,
    ...(source.type !== "Binary" && { rowsRead, rowsCopied }),
    sourcePeakConnections: 1,
    sinkPeakConnections: 1,
    copyDuration: duration,
    throughput: Math.round(copied.dataRead / 1.024 / duration) / 1000,
    errors: [],
    usedParallelCopies: 1,
    executionDetails: [
      {
        source: { type: sourceType },
        sink: { type: sinkType },
        status: "Succeeded",
        start: start.toISOString(),
        duration,
        usedParallelCopies: 1,
        profile: {
          queue: { status: "Completed", duration: 0 },
          transfer: {
            status: "Completed",
            duration,
            details: {
              readingFromSource: { type: sourceType, workingDuration: duration },
              writingToSink: { type: sinkType, workingDuration: duration },
            },
          },
        },
        detailedDurations: { queuingDuration: 0, transferDuration: duration },
      },
    ],
    durationInQueue: { integrationRuntimeQueue: 0 },
  };
}

function storeType({ isDataLake }: Dataset): string {
  return isDataLake ? "AzureBlobFS" : "AzureBlobStorage";
}
