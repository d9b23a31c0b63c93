import type { Copied } from "../../data/copy-files";
import type { Dataset } from "../../datasets/dataset";
import type { JsonObject } from "../../json";
import type { CopySettings, Verification } from "./copy-settings";

export interface CopyResult {
  readonly copied: Copied;
  readonly settings: CopySettings;
  readonly verification: Verification;
  /** Where its log and the rows that it set aside are. */
  readonly paths: JsonObject;
}

export interface CopyOutputProps extends CopyResult {
  readonly start: Date;
  readonly seconds: number;
  readonly source: Dataset;
  readonly sink: Dataset;
}

/** What a Copy tells of itself, in the service's shape. */
export function copyOutput(props: CopyOutputProps): JsonObject {
  const { copied, paths, seconds, settings, source, sink, verification } = props;
  const { rowsRead, rowsCopied, rowsSkipped, filesSkipped, filesInconsistent, ...files } = copied;
  const duration = Math.max(1, Math.ceil(seconds));
  const types = [storeType(source), ...(settings.staging === undefined ? [] : ["AzureBlobStorage"]), storeType(sink)];
  return {
    ...files,
    ...(settings.skipErrorFile && { filesSkipped }),
    ...(source.type !== "Binary" && { rowsRead, rowsCopied }),
    ...(settings.enableSkipIncompatibleRow && { rowsSkipped }),
    ...paths,
    sourcePeakConnections: 1,
    sinkPeakConnections: 1,
    copyDuration: duration,
    throughput: Math.round(copied.dataRead / 1.024 / duration) / 1000,
    errors: [],
    usedParallelCopies: 1,
    executionDetails: types.slice(1).map((to, index) => stage(types[index]!, to, props.start, duration)),
    dataConsistencyVerification: {
      VerificationResult: verification,
      ...(verification === "Verified" && { InconsistentData: filesInconsistent > 0 ? "Skipped" : "None" }),
    },
    durationInQueue: { integrationRuntimeQueue: 0 },
  };
}

/** One way of the data: a staged copy has two. */
function stage(source: string, sink: string, start: Date, duration: number): JsonObject {
  return {
    source: { type: source },
    sink: { type: sink },
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
          readingFromSource: { type: source, workingDuration: duration },
          writingToSink: { type: sink, workingDuration: duration },
        },
      },
    },
    detailedDurations: { queuingDuration: 0, transferDuration: duration },
  };
}

function storeType({ isDataLake }: Dataset): string {
  return isDataLake ? "AzureBlobFS" : "AzureBlobStorage";
}
