import { BlobEvents, Factory, HandledBlobs, loadFactory } from "adf-local";

const definition = loadFactory({
  name: "plant",
  pipelines: [
    {
      name: "scoring",
      properties: {
        parameters: { file: { type: "String" } },
        activities: [
          {
            name: "ingest",
            type: "DatabricksNotebook",
            typeProperties: {
              notebookPath: "/plant/ingest",
              baseParameters: { file: "@pipeline().parameters.file" },
            },
          },
        ],
      },
    },
  ],
  triggers: [
    {
      name: "new_telemetry",
      properties: {
        type: "BlobEventsTrigger",
        runtimeState: "Started",
        pipelines: [
          { pipelineReference: { referenceName: "scoring" }, parameters: { file: "@triggerBody().fileName" } },
        ],
        typeProperties: {
          events: ["Microsoft.Storage.BlobCreated"],
          blobPathBeginsWith: "/landing/blobs/telemetry/",
          ignoreEmptyBlobs: true,
        },
      },
    },
  ],
});

const notebooks = {
  run: async (path: string, parameters: object) => {
    console.log(path, parameters);
    return { exitValue: undefined, seconds: 1 };
  },
};

// A real program lists a storage account here, as often as it likes.
const blobs = [
  { container: "landing", name: "telemetry/monday.csv", etag: "1", size: 10 },
  { container: "landing", name: "errors/monday.csv", etag: "1", size: 10 },
];
const factory = new Factory(definition, { notebooks });
const events = new BlobEvents({ factory, list: async () => blobs, handled: new HandledBlobs() });

async function main(): Promise<void> {
  for (const { event, runs } of await events.poll())
    console.log(event.blob.name, (await runs).map(({ status }) => status).join());
  console.log(`${(await events.poll()).length} new events`);
}

void main();
