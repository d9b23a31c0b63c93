import { z } from "zod";
import { ActivityError } from "../pipelines/activities/activity-error";

/** The service's number for a failure of a type of activity. */
export type ActivityCode = "2011" | "2100" | "2200";

/** Something wrong with data or where they are, in the words of the service's copy engine. */
export class DataError extends Error {
  override readonly name = "DataError";

  constructor(
    readonly code: string,
    readonly reason: string,
  ) {
    super(
      `ErrorCode=${code},'Type=Microsoft.DataTransfer.Common.Shared.HybridDeliveryException,Message=${reason},Source=Microsoft.DataTransfer.ClientLibrary,'`,
    );
  }
}

export function missingBlob(container: string, path: string): DataError {
  return new DataError(
    "UserErrorSourceBlobNotExist",
    `The required Blob is missing. ContainerName: ${container}, path: ${path}.`,
  );
}

/** Does work on data; what goes wrong there has the activity's number. */
export async function withCode<T>(errorCode: ActivityCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DataError) throw new ActivityError(error.message, { errorCode });
    // A setting that an expression gave.
    if (error instanceof z.ZodError)
      throw new ActivityError(
        error.issues.map(({ path, message }) => `${path.join(".") || "value"}: ${message}`).join(", "),
        { errorCode },
      );
    throw error;
  }
}
