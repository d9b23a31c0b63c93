import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Factory, type FactorySource, loadFactory, systemClock } from "adf-local";
import { ActivityLog, factoryRoutes, LoopbackServer } from "azure-laptop";
import { Printed } from "../../../local/cluster/printed";
import { FactoryView } from "../../../operations/monitor/factory-view";
import { LaptopView } from "../../../operations/monitor/laptop-view";
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

const RISK = {
  model: "model3",
  age: 18,
  window_end: "2015-03-02T12:00:00Z",
  latest: "2015-03-02T12:00:00Z",
  within: [],
};
const FINDINGS = {
  risks: [
    {
      ...{ ...RISK, machineID: 7, predicted: "comp2", probabilities: [0, 0.93, 0, 0] },
      within: [[], [0.41, 0.93, 0.97, null]],
      reasons: [
        { component: "comp2", text: "error2 23 h ago" },
        { component: "comp2", text: "rotate 81.0 rpm below its usual 446.6 (mean of 24 h)" },
      ],
    },
    { ...RISK, machineID: 3, predicted: "comp1|comp4", probabilities: [0.4, 0, 0, 0.61], reasons: [] },
  ],
  work: {
    open: 2,
    items: [
      {
        ...{ machineID: 7, component: "comp2", probability: 0.93, cost_at_stake: 9304.4, reopened: 0 },
        ...{ since: "2015-03-02T00:00:00Z", until: "2015-03-03T12:00:00Z", why: ["error2 23 h ago"] },
      },
    ],
    outcomes: [],
  },
  files: [
    {
      ...{ table: "telemetry", path: "incoming/telemetry/2015-03-02.csv.gz", rows: 240, quarantined: 1 },
      ...{ ingestedAt: "2015-03-02T12:05:00Z", scoredAt: null },
    },
    {
      ...{ table: "errors", path: "incoming/errors/2015-03-01.csv.gz", rows: 3, quarantined: 0 },
      ...{ ingestedAt: "2015-03-01T12:05:00Z", scoredAt: "2015-03-01T12:07:00Z" },
    },
  ],
  badRows: [
    {
      ...{ table: "telemetry", path: "incoming/telemetry/2015-03-02.csv.gz", line: 17 },
      ...{ raw: "2015-03-02 06:00:00,7,<b>high</b>,418.1,98.2,40.9", reason: "volt is no number" },
    },
  ],
};

/** A factory that runs here behind its REST API, and the monitor of it. */
export class WatchedPlant {
  private constructor(
    readonly factory: Factory,
    readonly monitor: MonitorServer,
    private readonly api: LoopbackServer,
    private readonly out: string,
  ) {}

  /** Each notebook prints what it reads; `days` says by the day of a run how its score ends. */
  static async start(
    days: Readonly<Record<string, (signal: AbortSignal) => Promise<string> | string>>,
    isAskedTwice = false,
  ): Promise<WatchedPlant> {
    const out = mkdtempSync(path.join(tmpdir(), "watched-"));
    writeFileSync(path.join(out, "monitored.json"), JSON.stringify(FINDINGS));
    const printed = new Printed(path.join(out, "printed"));
    const activities = new ActivityLog(systemClock);
    const factory = new Factory(loadFactory(source), {
      notebooks: {
        run: async (notebook, { day }, signal) => {
          printed.begin(notebook)(`${notebook} reads ${day}`);
          const ends = notebook.endsWith("score") ? days[day!] : undefined;
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
      laptop: new LaptopView({
        findings: path.join(out, "monitored.json"),
        printed: path.join(out, "printed"),
      }),
      seconds: 1,
      isAskedTwice,
    });
    return new WatchedPlant(factory, monitor, api, out);
  }

  async stop(): Promise<void> {
    await this.factory.stop();
    await this.monitor.stop();
    await this.api.stop();
    rmSync(this.out, { recursive: true });
  }
}
