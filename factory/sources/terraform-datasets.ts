import { z } from "zod";
import { blocks } from "./terraform-resources";

// The provider's datasets and linked services as Data Factory's own JSON. Their values are checked where they are used.

const place = z.looseObject({
  container: z.unknown().optional(),
  file_system: z.unknown().optional(),
  path: z.unknown().optional(),
  filename: z.unknown().optional(),
});

const dataset = z.looseObject({
  name: z.string(),
  linked_service_name: z.string(),
  parameters: z.record(z.string(), z.unknown()).default({}),
  azure_blob_storage_location: blocks(place),
  azure_blob_fs_location: blocks(place),
  compression: blocks(z.looseObject({ type: z.unknown(), level: z.unknown() })),
});

/** Properties by their names in Terraform, with those of the service. */
const PROPERTIES = {
  column_delimiter: "columnDelimiter",
  row_delimiter: "rowDelimiter",
  quote_character: "quoteChar",
  escape_character: "escapeChar",
  first_row_as_header: "firstRowAsHeader",
  null_value: "nullValue",
  encoding: "encodingName",
  compression_codec: "compressionCodec",
  compression_level: "compressionLevel",
} as const;

const TYPES: Readonly<Record<string, string>> = {
  azurerm_data_factory_dataset_binary: "Binary",
  azurerm_data_factory_dataset_delimited_text: "DelimitedText",
  azurerm_data_factory_dataset_json: "Json",
  azurerm_data_factory_dataset_parquet: "Parquet",
};

const LINKED_SERVICES: Readonly<Record<string, string>> = {
  azurerm_data_factory_linked_service_azure_blob_storage: "AzureBlobStorage",
  azurerm_data_factory_linked_service_data_lake_storage_gen2: "AzureBlobFS",
};

const custom = z.looseObject({
  name: z.string(),
  type: z.string(),
  type_properties_json: z.string().default("{}"),
  parameters: z.record(z.string(), z.unknown()).default({}),
  linked_service: blocks(z.looseObject({ name: z.string() })),
});

/** Whether a type of resource is a dataset. */
export function isDataset(type: string): boolean {
  return /^azurerm_data_factory_(custom_)?dataset(_|$)/.test(type);
}

/** Whether a type of resource is a linked service. */
export function isLinkedService(type: string): boolean {
  return /^azurerm_data_factory_linked_(custom_)?service(_|$)/.test(type);
}

/** A dataset of the service from a resource. One of another type keeps the resource's, which is then told not to be understood. */
export function datasetJson(type: string, resource: unknown): z.ZodSafeParseResult<object> {
  if (type === "azurerm_data_factory_custom_dataset") return customJson(resource);
  return dataset
    .transform(({ name, linked_service_name, parameters, ...written }) => ({
      name,
      properties: {
        type: TYPES[type] ?? type,
        linkedServiceName: { referenceName: linked_service_name },
        parameters: defaults(parameters),
        typeProperties: defined({
          location: locationOf(written),
          compression: written.compression[0] && {
            type: written.compression[0].type,
            level: written.compression[0].level,
          },
          ...Object.fromEntries(
            Object.entries(PROPERTIES).map(([terraform, property]) => [property, written[terraform]]),
          ),
        }),
      },
    }))
    .safeParse(resource);
}

/** A linked service of the service from a resource: its name and its type. */
export function linkedServiceJson(type: string, resource: unknown): z.ZodSafeParseResult<object> {
  return z
    .looseObject({ name: z.string(), type: z.string().optional() })
    .transform(({ name, type: given }) => ({ name, properties: { type: LINKED_SERVICES[type] ?? given ?? type } }))
    .safeParse(resource);
}

function customJson(resource: unknown): z.ZodSafeParseResult<object> {
  return custom
    .transform(({ name, type, type_properties_json, parameters, linked_service: [linked] }) => ({
      name,
      properties: {
        type,
        linkedServiceName: { referenceName: linked?.name },
        parameters: defaults(parameters),
        typeProperties: parsed(type_properties_json),
      },
    }))
    .safeParse(resource);
}

function locationOf({
  azure_blob_storage_location: [blob],
  azure_blob_fs_location: [lake],
}: Pick<z.output<typeof dataset>, "azure_blob_storage_location" | "azure_blob_fs_location">) {
  const location = (type: string, { container, file_system, path, filename }: z.output<typeof place>) =>
    defined({ type, container, fileSystem: file_system, folderPath: path, fileName: filename });
  if (blob !== undefined) return location("AzureBlobStorageLocation", blob);
  return lake && location("AzureBlobFSLocation", lake);
}

/** The provider declares parameters by their defaults; an empty one is none. */
function defaults(parameters: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value === "" ? { type: "String" } : { type: "String", defaultValue: value },
    ]),
  );
}

function defined(properties: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined && value !== null));
}

/** A text as JSON; what is none stays as it is, and is told where it is used. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
