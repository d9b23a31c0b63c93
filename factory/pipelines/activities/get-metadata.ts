import { z } from "zod";
import { held } from "../../clock";
import { missingBlob, withCode } from "../../data/data-error";
import { readSettings, type ReadSettings, withSlash } from "../../data/file-selection";
import { childItems, type Item, itemAt } from "../../data/metadata";
import { notUnderstood, present } from "../../datasets/literals";
import { evaluateJson } from "../../expressions/template";
import { asText, findName, isArray, isSameName, json, type Json, type JsonObject } from "../../json";
import type { WorkContext } from "./activity";
import { ActivityError } from "./activity-error";
import { DatasetActivity } from "./dataset-activity";
import type { OpenDataset } from "./dataset-reference";
import type { Around } from "./load";
import { tableOf } from "./lookup";

const FIELDS = [
  "childItems",
  "columnCount",
  "contentMD5",
  "exists",
  "itemName",
  "itemType",
  "lastModified",
  "size",
  "structure",
] as const;
type Field = (typeof FIELDS)[number];

const CODE = "2011";

const shape = z.looseObject({
  dataset: z.unknown().optional(),
  fieldList: json.default([]),
  storeSettings: json.optional(),
  formatSettings: json.optional(),
});

/** Tells what the account knows of a file or a folder. */
export class GetMetadata extends DatasetActivity<z.infer<typeof shape>> {
  constructor(typeProperties: unknown, _load: unknown, { datasets }: Around) {
    super(shape, typeProperties, datasets);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    return held(context.clock, () => withCode(CODE, () => this.read(context)));
  }

  protected problems(): readonly string[] {
    const format = this.reference.dataset?.format;
    if (format === undefined) return [];
    const { fieldList, storeSettings, formatSettings } = this.properties;
    return [
      ...notUnderstood("storeSettings", readSettings, storeSettings),
      ...notUnderstood("formatSettings", format.readSettings, formatSettings),
      ...(isArray(fieldList) ? fieldList : []).flatMap((name) =>
        typeof name === "string" && !name.includes("@") && findName(FIELDS, name) === undefined
          ? [`asks for "${name}", of blobs there are ${FIELDS.join(", ")}`]
          : [],
      ),
    ];
  }

  private async read(context: WorkContext): Promise<JsonObject> {
    const { scope } = context;
    const value = (written: Json | undefined) =>
      written === undefined ? undefined : present(evaluateJson(written, scope));
    const settings = readSettings.parse(value(this.properties.storeSettings) ?? {});
    const opened = this.reference.open(context, { read: value(this.properties.formatSettings), write: undefined });
    const fields = fieldsOf(value(this.properties.fieldList) ?? []);
    const { container, folder, file } = opened.place;
    const item = await itemAt(opened.store, opened.place);
    if (item === undefined) {
      if (fields.includes("exists")) return { exists: false };
      throw missingBlob(container, withSlash(folder) + (file ?? ""));
    }
    const output: Partial<Record<Field, Json>> = {};
    for (const field of fields) output[field] = await fieldOf(field, item, opened, settings);
    return Object.fromEntries(Object.entries(output));
  }
}

function fieldsOf(written: Json): readonly Field[] {
  const names = isArray(written) ? written : [written];
  return names.map((name) => {
    const field = FIELDS.find((known) => isSameName(known, asText(name)));
    if (field === undefined)
      throw new ActivityError(`fieldList has ${JSON.stringify(name)}, of blobs there are ${FIELDS.join(", ")}`, {
        errorCode: CODE,
      });
    return field;
  });
}

async function fieldOf(field: Field, item: Item, opened: OpenDataset, settings: ReadSettings): Promise<Json> {
  const { itemName, itemType, lastModified, blob } = item;
  switch (field) {
    case "exists":
      return true;
    case "itemName":
      return itemName;
    case "itemType":
      return itemType;
    case "lastModified":
      return lastModified === undefined
        ? notThere(field, "folders of blob storage")
        : `${lastModified.toISOString().slice(0, 19)}Z`;
    case "childItems":
      return itemType === "File" ? notThere(field, "files") : childItems(opened.store, opened.place, settings);
  }
  if (itemType === "Folder" || blob === undefined) return notThere(field, "folders");
  switch (field) {
    case "size":
      return blob.size;
    case "contentMD5":
      return blob.contentMD5 ?? null;
    case "structure":
    case "columnCount":
      return columnsOf(field, opened, blob.name);
  }
}

async function columnsOf(field: "structure" | "columnCount", opened: OpenDataset, name: string): Promise<Json> {
  if (opened.format.table === undefined) return notThere(field, "files of this format");
  const { columns } = await tableOf(opened, name);
  if (columns.some(({ type }) => type === undefined)) return notThere(field, "files of this format");
  return field === "columnCount"
    ? columns.length
    : columns.map(({ name: column, type }) => ({ name: column, type: type ?? "String" }));
}

function notThere(field: Field, what: string): never {
  throw new ActivityError(`The field '${field}' is not there for ${what}.`, { errorCode: CODE });
}
