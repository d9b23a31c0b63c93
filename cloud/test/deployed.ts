import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import { Factory, type NotebookRunner, systemClock } from "adf-local";
import { ActivityLog, DeployedFactories, LoopbackServer, resourceManagerRoutes, ResourceStore } from "azure-laptop";
import { request as send } from "node:https";
import { json } from "node:stream/consumers";

export const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-plant`;

interface Answer {
  readonly status: number;
  /** JSON of which a test knows more. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Resource Manager on this machine, with factories that run what is deployed to them. */
export class Deployed {
  private constructor(
    readonly store: ResourceStore,
    readonly factories: DeployedFactories,
    private readonly server: LoopbackServer,
    /** Names of the notebooks that have run. */
    readonly ran: readonly string[],
  ) {}

  static async start(file?: string): Promise<Deployed> {
    const ran: string[] = [];
    const notebooks: NotebookRunner = {
      run: async (path) => {
        ran.push(path);
        return { exitValue: "{}", seconds: 0 };
      },
    };
    const store = new ResourceStore(file);
    const factories = new DeployedFactories(store, (definition) => {
      const activities = new ActivityLog(systemClock);
      const factory = new Factory(definition, { notebooks, observe: (event) => activities.observe(event) });
      return {
        ...{ factory, activities, location: "westeurope" },
        redefine: (changed) => factory.redefine(changed),
        stop: () => factory.stop(),
      };
    });
    const management = resourceManagerRoutes(store, factories.kinds());
    const server = await LoopbackServer.start({ routes: () => [...factories.routes, ...management] });
    return new Deployed(store, factories, server, ran);
  }

  get client(): DataFactoryManagementClient {
    const { token, endpoint, certificate: ca } = this.server;
    const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
    return new DataFactoryManagementClient(credential, SUBSCRIPTION, { endpoint, tlsOptions: { ca } });
  }

  /** Sends a request to a path below the group, or to one from its root. */
  async ask(method: string, path: string, body?: object): Promise<Answer> {
    const { token, endpoint, certificate: ca } = this.server;
    const url = `${endpoint}${path.startsWith("/") ? path : `${GROUP}/${path}`}`;
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return new Promise((resolve, reject) => {
      const outgoing = send(url, { method, headers, ca }, (response) => {
        const status = response.statusCode ?? 0;
        json(response).then(
          (answered) => resolve({ status, body: answered as Answer["body"] }),
          () => resolve({ status, body: {} }),
        );
      });
      outgoing.once("error", reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async stop(): Promise<void> {
    await this.factories.stop();
    await this.server.stop();
  }
}
