import { Factory, type FactorySource, loadFactory, systemClock } from "adf-local";
import { ActivityLog, factoryRoutes, LoopbackServer } from "azure-laptop";
import { FactoryView } from "../../../operations/monitor/factory-view";
import type { Risk } from "../../../operations/monitor/risks";
import { MonitorServer } from "../../../operations/monitor/server";
import { ResourceManager } from "../../../operations/resource-manager";

const notebook = (name: string, ...after: readonly string[]) => ({
  name,
  type: "DatabricksNotebook",
  dependsOn: after.map((activity) => ({ activity, dependencyConditions: ["Succeeded"] })),
  policy: { retry: 0 },
  typeProperties: { notebookPath: `/plant/${name}`, baseParameters: { day: "@pipeline().parameters.day" } },
});

const source: FactorySource = {
  name: "adf-plant",
  pipelines: [
    {
      name: "scoring",
      properties: {
        parameters: { day: { type: "String", defaultValue: "monday" } },
        activities: [
          notebook("ingest"),
          {
            name: "if_new_data",
            type: "IfCondition",
            dependsOn: [{ activity: "ingest", dependencyConditions: ["Succeeded"] }],
            typeProperties: {
              expression: { value: "@greater(activity('ingest').output.runOutput.rows, 0)", type: "Expression" },
              ifTrueActivities: [notebook("features"), notebook("score", "features")],
            },
          },
        ],
      },
    },
    {
      name: "upkeep",
      properties: { activities: [{ ...notebook("tidy"), typeProperties: { notebookPath: "/tidy" } }] },
    },
  ],
  triggers: [
    {
      name: "new_blobs",
      properties: {
        type: "BlobEventsTrigger",
        runtimeState: "Started",
        pipelines: [{ pipelineReference: { referenceName: "scoring" } }],
        typeProperties: { events: ["Microsoft.Storage.BlobCreated"], blobPathBeginsWith: "/landing/" },
      },
    },
    {
      name: "nightly",
      properties: {
        type: "ScheduleTrigger",
        runtimeState: "Started",
        pipelines: [{ pipelineReference: { referenceName: "scoring" } }],
        typeProperties: {
          recurrence: { frequency: "Day", interval: 1, startTime: "2015-01-01T02:00:00Z", timeZone: "UTC" },
        },
      },
    },
  ],
};

export const RISKS: readonly Risk[] = [
  { machine: 7, component: "comp2", probability: 0.93, window: "2015-03-02T12:00:00Z" },
  { machine: 3, component: "comp4", probability: 0.61, window: "2015-03-02T12:00:00Z" },
];

/** A factory that runs here behind its REST API, and the monitor of it. */
export class WatchedPlant {
  private constructor(
    readonly factory: Factory,
    readonly monitor: MonitorServer,
    private readonly api: LoopbackServer,
  ) {}

  /** `days` says by the day of a run how its score ends. */
  static async start(
    days: Readonly<Record<string, (signal: AbortSignal) => Promise<string> | string>>,
    isAskedTwice = false,
  ): Promise<WatchedPlant> {
    const activities = new ActivityLog(systemClock);
    const factory = new Factory(loadFactory(source), {
      notebooks: {
        run: async (path, { day }, signal) => {
          const ends = path.endsWith("score") ? days[day!] : undefined;
          return { exitValue: await (ends?.(signal) ?? '{"rows": 3}'), seconds: 1 };
        },
      },
      observe: (event) => activities.observe(event),
    });
    const api = await LoopbackServer.start({ routes: factoryRoutes({ factory, activities, location: "local" }) });
    const manager = new ResourceManager({
      subscriptionId: "s",
      credential: { getToken: async () => ({ token: api.token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
      resourceManager: { endpoint: api.endpoint, tlsOptions: { ca: api.certificate } },
    });
    const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataFactory/factories/adf-plant";
    const monitor = await MonitorServer.start({
      title: "adf-plant, on this machine",
      view: new FactoryView(manager, id),
      risks: () => RISKS,
      seconds: 1,
      isAskedTwice,
    });
    return new WatchedPlant(factory, monitor, api);
  }

  async stop(): Promise<void> {
    await this.factory.stop();
    await this.monitor.stop();
    await this.api.stop();
  }
}
