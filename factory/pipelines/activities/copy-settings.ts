import { z } from "zod";
import type { CopyBehavior } from "../../data/sides";
import { translator } from "../../data/translator";
import { boolean, flag } from "./properties";

const ignored = z.unknown().optional();

/** A linked service by its name alone or as a reference, and a folder of it with the container in front. */
const place = {
  linkedServiceName: z.union([
    z.string(),
    z.looseObject({ referenceName: z.string() }).transform(({ referenceName }) => referenceName),
  ]),
  path: z.string().default(""),
};

/** Blobs that a Copy writes beside its sink. */
export type BlobPlace = z.output<z.ZodObject<typeof place>>;

const logLevel = z.enum(["Info", "Warning"]).default("Warning");
const logStorageSettings = z.strictObject({ ...place, logLevel, enableReliableLogging: ignored });

const shape = z.strictObject({
  dataIntegrationUnits: ignored,
  parallelCopies: ignored,
  cloudDataMovementUnits: ignored,
  translator: translator.nullish(),
  validateDataConsistency: flag,
  enableStaging: flag,
  stagingSettings: z.strictObject({ ...place, enableCompression: flag }).optional(),
  enableSkipIncompatibleRow: flag,
  redirectIncompatibleRowSettings: z.strictObject({ ...place, path: z.string().min(1) }).optional(),
  skipErrorFile: z
    .strictObject({
      fileMissing: boolean.default(true),
      fileForbidden: flag,
      dataInconsistency: flag,
      // Blob Storage takes any name.
      invalidFileName: ignored,
    })
    .optional(),
  logSettings: z
    .strictObject({
      enableCopyActivityLog: flag,
      copyActivityLogSettings: z.strictObject({ logLevel, enableReliableLogging: ignored }).optional(),
      logLocationSettings: z.strictObject(place).optional(),
    })
    .refine(({ enableCopyActivityLog: isOn, logLocationSettings }) => !isOn || logLocationSettings !== undefined, {
      path: ["logLocationSettings"],
      error: "is missing",
    })
    .optional(),
  logStorageSettings: logStorageSettings.optional(),
});

/** What a Copy says besides its sides. Settings of what is turned off count for nothing, as in the service. */
export const copySettings = shape
  .refine(({ enableStaging, stagingSettings }) => !enableStaging || stagingSettings !== undefined, {
    path: ["stagingSettings"],
    error: "is missing",
  })
  .transform(({ enableStaging, stagingSettings, logSettings, logStorageSettings: older, ...more }) => ({
    ...more,
    redirect: more.enableSkipIncompatibleRow ? more.redirectIncompatibleRowSettings : undefined,
    staging: enableStaging ? stagingSettings : undefined,
    log: logSettings === undefined ? older : newerLog(logSettings),
  }));

export type CopySettings = z.output<typeof copySettings>;

type Log = z.output<typeof logStorageSettings>;

function newerLog({
  enableCopyActivityLog,
  copyActivityLogSettings,
  logLocationSettings,
}: NonNullable<z.output<typeof shape>["logSettings"]>):
  Pick<Log, "linkedServiceName" | "path" | "logLevel"> | undefined {
  if (!enableCopyActivityLog || logLocationSettings === undefined) return undefined;
  return { ...logLocationSettings, logLevel: copyActivityLogSettings?.logLevel ?? "Warning" };
}

/** Whether data are compared after the copy; the service does so for rows, and for Binary files that keep their folders. */
export type Verification = "Verified" | "NotVerified" | "Unsupported";

export function verificationOf(
  { validateDataConsistency, staging, translator }: CopySettings,
  {
    isBinary,
    copyBehavior = "PreserveHierarchy",
  }: { readonly isBinary: boolean; readonly copyBehavior: CopyBehavior | undefined },
): Verification {
  if (!validateDataConsistency) return "NotVerified";
  const isSupported = isBinary ? copyBehavior === "PreserveHierarchy" : translator?.collectionReference === undefined;
  return isSupported && staging === undefined ? "Verified" : "Unsupported";
}
