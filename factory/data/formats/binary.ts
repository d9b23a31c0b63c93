import { z } from "zod";
import { compression, compressionOf } from "../compression";
import type { FormatType } from "./format";

const properties = z.strictObject({ compression });

/** Files as they are. */
export const binary: FormatType = {
  type: "Binary",
  properties,
  readSettings: z.strictObject({ type: z.literal("BinaryReadSettings").optional() }),
  writeSettings: z.strictObject({ type: z.literal("BinaryWriteSettings").optional() }),
  format: (written) => ({ compression: compressionOf(properties.parse(written).compression), extension: undefined }),
};
