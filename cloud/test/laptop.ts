import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import { Factory, type FactorySource, loadFactory, type NotebookRunner, systemClock } from "adf-local";
import { ActivityLog, factoryRoutes, LoopbackServer } from "azure-laptop";

const GROUP = "rg-plant";
const FACTORY = "adf-plant";

const notebook = (name: string, ...after: readonly string[]) => ({
  name,
  type: "DatabricksNotebook",
  dependsOn: after.map((activity) => ({ activity, dependencyConditions: ["Succeeded"] })),
  policy: { timeout: "0.01:00:00", retry: 0 },
  typeProperties: { notebookPath: `/plant/${name}`, baseParameters: { day: "@pipeline().parameters.day" } },
});

const source: FactorySource = {
  name: FACTORY,
  globalParameters: { catalog: { type: "String", value: "dev" } },
  pipelines: [
    {
      name: "scoring",
      properties: {
        description: "Scores a day.",
        parameters: { day: { type: "String", defaultValue: "monday" } },
        activities: [notebook("ingest"), notebook("score", "ingest")],
      },
    },
  ],
  triggers: [
    {
      name: "new_blobs",
      properties: {
        type: "BlobEventsTrigger",
        runtimeState: "Stopped",
        pipelines: [{ pipelineReference: { referenceName: "scoring", type: "PipelineReference" } }],
        typeProperties: { events: ["Microsoft.Storage.BlobCreated"], blobPathBeginsWith: "/landing/", scope: "/s" },
      },
    },
    {
      name: "nightly",
      properties: {
        type: "ScheduleTrigger",
        runtimeState: "Started",
        pipelines: [{ pipelineReference: { referenceName: "scoring", type: "PipelineReference" } }],
        typeProperties: { recurrence: { frequency: "Day", interval: 1, startTime: "2015-01-01T00:00:00Z" } },
      },
    },
  ],
};

type Notebook = (day: string, signal: AbortSignal) => Promise<string> | string;

/** A factory on this machine, and Azure's own client that speaks with it. */
export class Laptop {
  private constructor(
    readonly factory: Factory,
    readonly server: LoopbackServer,
    /** Requests that were not answered. */
    readonly unknown: readonly string[],
  ) {}

  /** `notebooks` by the last part of their path. */
  static async start(notebooks: Readonly<Record<string, Notebook>> = {}): Promise<Laptop> {
    const runner: NotebookRunner = {
      run: async (path, { day }, signal) => ({
        exitValue: await (notebooks[path.split("/").at(-1)!]?.(day!, signal) ?? '{"rows": 3}'),
        seconds: 1,
      }),
    };
    const activities = new ActivityLog(systemClock);
    const observe = (event: Parameters<ActivityLog["observe"]>[0]) => activities.observe(event);
    const factory = new Factory(loadFactory(source), { notebooks: runner, observe });
    const unknown: string[] = [];
    const server = await LoopbackServer.start({
      routes: factoryRoutes({ factory, activities, location: "westeurope" }),
      onUnknown: (request) => unknown.push(request),
    });
    return new Laptop(factory, server, unknown);
  }

  client(token = this.server.token): DataFactoryManagementClient {
    const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
    return new DataFactoryManagementClient(credential, "00000000-0000-0000-0000-000000000000", {
      endpoint: this.server.endpoint,
      tlsOptions: { ca: this.server.certificate },
    });
  }

  async stop(): Promise<void> {
    await this.factory.stop();
    await this.server.stop();
  }
}

export const of = [GROUP, FACTORY] as const;
