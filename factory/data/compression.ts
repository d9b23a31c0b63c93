import { pipeline, type Readable } from "node:stream";
import { constants, createGunzip, createGzip } from "node:zlib";
import { z } from "zod";

/** How files are compressed; `undefined`: not at all. */
export interface Compression {
  readonly codec: "gzip";
  readonly level: "Optimal" | "Fastest";
}

const codec = z
  .string()
  .toLowerCase()
  .pipe(
    z.enum(["gzip", "none", ""], { error: ({ input }) => `${String(input)} is not understood here, only gzip is` }),
  );
const level = z.enum(["Optimal", "Fastest"]).default("Optimal");

/** As the dataset types DelimitedText and Json since 2020 write it: two properties. */
export const compressionProperties = { compressionCodec: codec.optional(), compressionLevel: level };

/** As the others write it: an object. */
export const compression = z.strictObject({ type: codec, level }).optional();

export function compressionOf(
  written: { readonly type?: string | undefined; readonly level?: Compression["level"] } | undefined,
): Compression | undefined {
  return written?.type === "gzip" ? { codec: "gzip", level: written.level ?? "Optimal" } : undefined;
}

export function decompressed(content: Readable, compression: Compression | undefined): Readable {
  return compression === undefined ? content : pipeline(content, createGunzip(), () => undefined);
}

export function compressed(content: Readable, compression: Compression | undefined): Readable {
  if (compression === undefined) return content;
  const level = compression.level === "Fastest" ? constants.Z_BEST_SPEED : constants.Z_DEFAULT_COMPRESSION;
  return pipeline(content, createGzip({ level }), () => undefined);
}
