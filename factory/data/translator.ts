import { z } from "zod";
import { flag } from "../pipelines/activities/properties";
import { parsePath } from "./json-path";

const TYPES = ["Boolean", "Byte[]", "DateTime", "Double", "Int16", "Int32", "Int64", "Single", "String"] as const;

/** Types whose values are not converted here are refused. */
const type = z.preprocess(
  (written) =>
    TYPES.find((known) => typeof written === "string" && known.toLowerCase() === written.toLowerCase()) ?? written,
  z.enum(TYPES).optional(),
);
const ordinal = z
  .union([
    z.int().positive(),
    z
      .string()
      .regex(/^[1-9]\d*$/)
      .transform(Number),
  ])
  .optional();
const path = z
  .string()
  .refine((text) => parsePath(text) !== undefined, {
    error: ({ input }) => `path ${String(input)} is not understood here`,
  })
  .transform((text) => ({ isFromRoot: text.startsWith("$"), steps: parsePath(text) ?? [] }));

const side = z
  .strictObject({
    name: z.string().optional(),
    ordinal,
    path: path.optional(),
    type,
    physicalType: z.unknown().optional(),
  })
  .refine(
    (written) => written.name !== undefined || written.ordinal !== undefined || written.path !== undefined,
    "name, ordinal or path is expected",
  );

export type MappingSide = z.output<typeof side>;

/** One column or property of the sink, and where its values come from. */
export interface Mapping {
  readonly source: MappingSide;
  readonly sink: MappingSide;
}

/** An older form: names of source columns with those of the sink, as an object or as `a: b, c: d`. */
const columnMappings = z.preprocess(
  (written) =>
    typeof written === "string"
      ? Object.fromEntries(written.split(",").map((pair) => pair.split(":").map((name) => name.trim())))
      : written,
  z.record(z.string(), z.string()).optional(),
);

/** How columns of the source become those of the sink. */
export const translator = z
  .strictObject({
    type: z.literal("TabularTranslator"),
    mappings: z.array(z.strictObject({ source: side, sink: side })).optional(),
    columnMappings,
    collectionReference: z.union([z.literal("").transform(() => undefined), path]).optional(),
    mapComplexValuesToString: flag,
    typeConversion: z.unknown().optional(),
    typeConversionSettings: z
      .strictObject({
        allowDataTruncation: z.unknown().optional(),
        treatBooleanAsNumber: flag.refine((is) => !is, "is not understood here"),
      })
      .optional(),
  })
  .transform(({ mappings, columnMappings: pairs = {}, ...more }) => {
    const named = Object.entries(pairs).map(([source, sink]): Mapping => ({
      source: { name: source },
      sink: { name: sink },
    }));
    return { ...more, mappings: mappings ?? (named.length === 0 ? undefined : named) };
  });

export type Translator = z.output<typeof translator>;
