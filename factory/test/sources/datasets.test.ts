import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Datasets } from "../../datasets/datasets";
import { readFactory } from "../../sources/read-factory";

/** A factory in a new folder with these files. */
function factoryOf(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(path.join(tmpdir(), "datasets-"));
  for (const [file, json] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), JSON.stringify(json));
  }
  const { datasets, linkedServices, problems } = readFactory(folder);
  return { found: new Datasets(datasets, linkedServices), problems };
}

const place = (at: Datasets, name: string) => {
  const dataset = at.find(name, []);
  return typeof dataset === "string"
    ? dataset
    : dataset.resolve({}, new Map(), { read: undefined, write: undefined }).place;
};

const properties = (folderPath: string) => ({
  type: "Json",
  linkedServiceName: { referenceName: "storage", type: "LinkedServiceReference" },
  typeProperties: { location: { type: "AzureBlobFSLocation", fileSystem: "lake", folderPath, fileName: "a.json" } },
});

test("a folder of git has datasets and linked services", () => {
  const { found } = factoryOf({
    "pipeline/p.json": { name: "p", properties: { activities: [] } },
    "dataset/d.json": { name: "Orders", properties: properties("/in/") },
    "dataset/e.json": {
      name: "files",
      properties: { ...properties("in"), linkedServiceName: { referenceName: "share" } },
    },
    "linkedService/storage.json": { name: "storage", properties: { type: "AzureBlobFS" } },
    "linkedService/share.json": { name: "share", properties: { type: "AzureFileStorage" } },
  });
  expect(place(found, "orders")).toEqual({ container: "lake", folder: "in", file: "a.json" });
  expect(place(found, "files")).toContain('is on linked service "share" of type "AzureFileStorage"');
});

test("a template has them too; what cannot be evaluated matters only to what uses it", () => {
  const resource = (kind: string, name: string, json: object) => ({
    name: `[concat(parameters('factoryName'), '/${name}')]`,
    type: `Microsoft.DataFactory/factories/${kind}`,
    properties: json,
  });
  const { found, problems } = factoryOf({
    "ARMTemplateForFactory.json": {
      parameters: { factoryName: { defaultValue: "f" }, folder: { defaultValue: "in" }, secret: {} },
      resources: [
        resource("pipelines", "p", { activities: [] }),
        resource("datasets", "orders", {
          ...properties("[parameters('folder')]"),
          linkedServiceName: { referenceName: "[parameters('secret')]", type: "LinkedServiceReference" },
        }),
        resource("datasets", "other", properties("[parameters('secret')]")),
        resource("linkedServices", "storage", {
          type: "AzureBlobFS",
          typeProperties: { url: "[parameters('secret')]" },
        }),
      ],
    },
  });
  expect(problems).toEqual([]);
  expect(place(found, "orders")).toEqual({ container: "lake", folder: "in", file: "a.json" });
  expect(place(found, "other")).toContain(
    'uses dataset "other": template expression [parameters(\'secret\')]: parameter "secret"',
  );
});

test("a stack of Terraform has the provider's datasets, with the service's settings", () => {
  const linked = { linked_service_name: "${azurerm_data_factory_linked_service_azure_blob_storage.s.name}" };
  const { found } = factoryOf({
    "cdk.tf.json": {
      resource: {
        azurerm_data_factory: { f: { name: "f" } },
        azurerm_data_factory_linked_service_azure_blob_storage: { s: { name: "storage" } },
        azurerm_data_factory_linked_service_sftp: { t: { name: "partner" } },
        azurerm_data_factory_dataset_delimited_text: {
          d: {
            name: "csv",
            ...linked,
            azure_blob_storage_location: {
              container: "landing",
              path: "in",
              filename: "@{dataset().name}.csv",
              dynamic_filename_enabled: true,
            },
            parameters: { name: "a", day: "" },
            column_delimiter: ";",
            first_row_as_header: true,
          },
        },
        azurerm_data_factory_dataset_binary: {
          e: { name: "remote", linked_service_name: "partner", sftp_server_location: [{ path: "x", filename: "y" }] },
        },
        azurerm_data_factory_custom_dataset: {
          g: {
            name: "lake",
            type: "Json",
            linked_service: { name: "storage" },
            type_properties_json: JSON.stringify(properties("in").typeProperties),
          },
        },
      },
    },
  });
  const csv = found.find("csv", ["day"]);
  expect(
    typeof csv !== "string" && csv.resolve({ day: "x" }, new Map(), { read: undefined, write: undefined }),
  ).toMatchObject({
    place: { container: "landing", folder: "in", file: "a.csv" },
  });
  expect(place(found, "csv")).toBe('uses dataset "csv", which needs a value for its parameter "day"');
  expect(place(found, "lake")).toMatchObject({ container: "lake" });
  expect(place(found, "remote")).toBe(
    'uses dataset "remote", which is on linked service "partner" of type "azurerm_data_factory_linked_service_sftp", has a location of type "none", understood are AzureBlobStorageLocation, AzureBlobFSLocation',
  );
});
