import { request } from "node:https";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { LoopbackServer, workspaceRoutes, WorkspaceStore } from "azure-laptop";

interface Answered {
  readonly status: number | undefined;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** A workspace on this machine, and whoever asks it. */
export class TestWorkspace {
  private constructor(
    readonly store: WorkspaceStore,
    private readonly server: LoopbackServer,
  ) {}

  static async start(store = new WorkspaceStore()): Promise<TestWorkspace> {
    return new TestWorkspace(store, await LoopbackServer.start({ routes: workspaceRoutes(() => store) }));
  }

  /** Below `/api/2.0`, which answers as 2.1 does. */
  async ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: object): Promise<Answered> {
    const { certificate: ca, endpoint, token } = this.server;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { ca, method, headers: { authorization: `Bearer ${token}` } };
      request(`${endpoint}/api/2.0${path}`, options, resolve)
        .on("error", reject)
        .end(body && JSON.stringify(body));
    });
    const answer = await text(response);
    return { status: response.statusCode, answer: answer === "" ? {} : JSON.parse(answer) };
  }

  /** The answer to what is not refused. */
  async done(
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: object,
  ): Promise<Answered["answer"]> {
    const { status, answer } = await this.ask(method, path, body);
    if (status === undefined || status >= 300)
      throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Registers an application, as the stack does with the factory's identity. */
  async addPrincipal(applicationId: string): Promise<void> {
    await this.done("POST", "/preview/scim/v2/ServicePrincipals", { applicationId, displayName: "factory" });
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

export const FACTORY = "40000000-0000-4000-8000-000000000004";

export function refusal(status: number, error_code: string, message: string) {
  return { status, answer: { error_code, message: expect.stringContaining(message) } };
}
