import { z } from "zod";
import { held } from "../../clock";
import { cellValue, type Table } from "../../data/cell";
import { decompressed } from "../../data/compression";
import { withCode } from "../../data/data-error";
import { selectFiles } from "../../data/file-selection";
import { sourceShape } from "../../data/sides";
import { notUnderstood, present } from "../../datasets/literals";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { WorkContext } from "./activity";
import { ActivityError } from "./activity-error";
import { DatasetActivity } from "./dataset-activity";
import type { OpenDataset } from "./dataset-reference";
import type { Around } from "./load";
import { boolean } from "./properties";

const MOST_ROWS = 5_000;
const LARGEST_OUTPUT = 4 * 1024 * 1024;

const shape = z.looseObject({
  dataset: z.unknown().optional(),
  source: json.optional(),
  firstRowOnly: json.default(true),
});

/** Reads the first row of a dataset, or its first 5,000. */
export class Lookup extends DatasetActivity<z.infer<typeof shape>> {
  constructor(typeProperties: unknown, _load: unknown, { datasets }: Around) {
    super(shape, typeProperties, datasets);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const firstRowOnly = boolean.parse(evaluateJson(this.properties.firstRowOnly, context.scope));
    const rows = await held(context.clock, () =>
      withCode("2100", () => this.rows(context, firstRowOnly ? 1 : MOST_ROWS)),
    );
    const output: JsonObject = firstRowOnly
      ? rows[0] === undefined
        ? {}
        : { firstRow: rows[0] }
      : { count: rows.length, value: rows };
    if (Buffer.byteLength(JSON.stringify(output)) > LARGEST_OUTPUT)
      throw new ActivityError("The length of execution output is over limit (around 4MB currently).", {
        errorCode: "2001",
      });
    return output;
  }

  protected problems(): readonly string[] {
    const format = this.reference.dataset?.format;
    if (format === undefined) return [];
    if (format.type === "Binary") return ["reads a dataset of type Binary, which has no rows"];
    return notUnderstood("source", sourceShape(format), this.properties.source);
  }

  private async rows(context: WorkContext, most: number): Promise<readonly JsonObject[]> {
    const source = present(evaluateJson(this.properties.source ?? {}, context.scope));
    const { storeSettings, formatSettings } = sourceShape(this.reference.dataset!.format!).parse(source);
    const opened = this.reference.open(context, { read: json.optional().parse(formatSettings), write: undefined });
    const files = await selectFiles(opened.store, opened.place, {
      ...storeSettings,
      recursive: storeSettings.recursive ?? true,
    });
    const rows: JsonObject[] = [];
    for (const { blob } of files) {
      const { columns, rows: read } = await tableOf(opened, blob.name);
      for await (const row of read) {
        rows.push(Object.fromEntries(columns.map(({ name }, index) => [name, cellValue(row[index])])));
        if (rows.length === most) return rows;
      }
    }
    return rows;
  }
}

/** The rows of one file. */
export async function tableOf({ store, place, format }: OpenDataset, name: string): Promise<Table> {
  const content = await store.read(place.container, name);
  return format.table!.read(decompressed(content, format.compression), name);
}
