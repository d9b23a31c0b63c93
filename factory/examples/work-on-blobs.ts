import { Readable } from "node:stream";
import { AzureBlobStore, Factory, loadFactory } from "adf-local";

const csv = (name: string, folderPath: string) => ({
  name,
  properties: {
    type: "DelimitedText",
    linkedServiceName: { referenceName: "lake", type: "LinkedServiceReference" },
    parameters: { day: { type: "String", defaultValue: "sunday" } },
    typeProperties: {
      location: { type: "AzureBlobStorageLocation", container: "plant", folderPath, fileName: "@{dataset().day}.csv" },
      firstRowAsHeader: true,
    },
  },
});

const definition = loadFactory({
  name: "plant",
  datasets: [csv("landed", "in"), csv("kept", "out")],
  pipelines: [
    {
      name: "keep",
      properties: {
        activities: [
          {
            name: "which",
            type: "Lookup",
            typeProperties: { dataset: { referenceName: "landed" }, source: { type: "DelimitedTextSource" } },
          },
          {
            name: "copy",
            type: "Copy",
            dependsOn: [{ activity: "which", dependencyConditions: ["Succeeded"] }],
            inputs: [{ referenceName: "landed", parameters: { day: "@activity('which').output.firstRow.day" } }],
            outputs: [{ referenceName: "kept", parameters: { day: "@activity('which').output.firstRow.day" } }],
            typeProperties: { source: { type: "DelimitedTextSource" }, sink: { type: "DelimitedTextSink" } },
          },
        ],
      },
    },
  ],
});

async function main(): Promise<void> {
  const blobs = await AzureBlobStore.connect(process.env["STORAGE"] ?? "UseDevelopmentStorage=true");
  const { signal } = new AbortController();
  await blobs.write("plant", "in/sunday.csv", Readable.from([Buffer.from("day\nmonday\n")]), signal);
  await blobs.write("plant", "in/monday.csv", Readable.from([Buffer.from("id\n1\n")]), signal);
  const { status, activities } = await new Factory(definition, { blobs }).run("keep");
  console.log("lookup", JSON.stringify(activities[0]?.output));
  console.log("copy", activities[1]?.output?.["filesWritten"], "file");
  console.log(status);
}

void main();
