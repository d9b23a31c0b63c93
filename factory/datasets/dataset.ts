import { z } from "zod";
import { binary } from "../data/formats/binary";
import { delimitedText } from "../data/formats/delimited-text";
import type { ActivitySettings, FileFormat, FormatType } from "../data/formats/format";
import { json as jsonFormat } from "../data/formats/json";
import { parquet } from "../data/formats/parquet";
import { type Place, trimSlashes } from "../data/file-selection";
import type { Scope } from "../expressions/evaluator";
import { eager } from "../expressions/functions/function";
import { evaluateJson } from "../expressions/template";
import { asText, findName, json, type Json, type JsonObject } from "../json";
import { notUnderstood, present } from "./literals";

/** The dataset types whose files are read and written here. */
const FORMATS: readonly FormatType[] = [binary, delimitedText, jsonFormat, parquet];

/** What only a pipeline knows: a dataset cannot read it. */
const OF_PIPELINES = ["activity", "item", "pipeline", "variables"];

const reference = z.looseObject({ referenceName: z.string() });

/** A dataset as Data Factory's own JSON. */
export const datasetSource = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({
    type: z.string(),
    linkedServiceName: reference,
    parameters: z
      .record(z.string(), z.looseObject({ type: z.string().default("String"), defaultValue: json.optional() }))
      .default({}),
    typeProperties: z.record(z.string(), json).default({}),
  }),
});

/** A linked service as Data Factory's own JSON. */
export const linkedServiceSource = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({ type: z.string() }),
});

const path = z.string().optional();
const LOCATIONS = new Map<string, z.ZodType>([
  ["AzureBlobStorageLocation", z.strictObject({ type: z.string(), container: path, folderPath: path, fileName: path })],
  ["AzureBlobFSLocation", z.strictObject({ type: z.string(), fileSystem: path, folderPath: path, fileName: path })],
]);

const located = z.looseObject({ type: z.string() });

/** A dataset whose files are in Blob Storage or in a data lake. */
export class Dataset {
  readonly name: string;
  readonly linkedService: string;
  readonly type: string;
  private readonly properties: z.output<typeof datasetSource>["properties"];

  constructor({ name, properties }: z.output<typeof datasetSource>) {
    this.name = name;
    this.type = properties.type;
    this.linkedService = properties.linkedServiceName.referenceName;
    this.properties = properties;
  }

  get format(): FormatType | undefined {
    return FORMATS.find(({ type }) => type === this.type);
  }

  /** Whether its account is a data lake. */
  get isDataLake(): boolean {
    return located.safeParse(this.properties.typeProperties["location"]).data?.type === "AzureBlobFSLocation";
  }

  /** Why its files cannot be read and written here, each reason in words that follow the dataset's name. */
  problems(given: readonly string[]): readonly string[] {
    const { format } = this;
    if (format === undefined)
      return [`has type "${this.type}", understood are ${FORMATS.map(({ type }) => type).join(", ")}`];
    const { location, ...settings } = this.properties.typeProperties;
    const { parameters } = this.properties;
    const names = Object.keys(parameters);
    return [
      ...locationProblems(location),
      ...notUnderstood("typeProperties", format.properties, settings),
      ...given.filter((name) => findName(names, name) === undefined).map((name) => `has no parameter "${name}"`),
      ...names
        .filter((name) => parameters[name]?.defaultValue === undefined && findName(given, name) === undefined)
        .map((name) => `needs a value for its parameter "${name}"`),
    ];
  }

  /** Its place and its format, as an activity refers to it. `given` are the reference's parameters, evaluated. */
  resolve(
    given: JsonObject,
    scope: Scope,
    settings: ActivitySettings,
  ): { readonly place: Place; readonly format: FileFormat } {
    const { location, ...properties } = this.evaluated(given, scope);
    const { container, fileSystem, folderPath, fileName } = located.parse(location);
    const named = trimSlashes(textOf(container ?? fileSystem));
    if (named === "") throw new Error(`dataset "${this.name}" has no container`);
    const file = textOf(fileName);
    return {
      place: { container: named, folder: trimSlashes(textOf(folderPath)), file: file === "" ? undefined : file },
      format: this.format!.format(properties, settings),
    };
  }

  private evaluated(given: JsonObject, scope: Scope): JsonObject {
    const { parameters, typeProperties } = this.properties;
    const value = Object.fromEntries(
      Object.entries(parameters).map(([name, { defaultValue = null }]) => {
        const found = findName(Object.keys(given), name);
        return [name, found === undefined ? evaluateJson(defaultValue, scope) : (given[found] ?? null)];
      }),
    );
    const inside = new Map([...scope].filter(([name]) => !OF_PIPELINES.includes(name)));
    inside.set(
      "dataset",
      eager(0, 0, () => value),
    );
    return Object.fromEntries(
      Object.entries(typeProperties)
        .filter(([, property]) => property !== null)
        .map(([name, property]) => [name, present(evaluateJson(property, inside))]),
    );
  }
}

function locationProblems(location: Json | undefined): readonly string[] {
  const type = located.safeParse(location).data?.type;
  const shape = type === undefined ? undefined : LOCATIONS.get(type);
  if (shape === undefined)
    return [`has a location of type "${type ?? "none"}", understood are ${[...LOCATIONS.keys()].join(", ")}`];
  return notUnderstood("typeProperties.location", shape, location);
}

function textOf(value: unknown): string {
  const read = json.safeParse(value).data;
  return read === undefined ? "" : asText(read);
}
