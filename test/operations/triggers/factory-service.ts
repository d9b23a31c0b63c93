import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { createHttpHeaders } from "@azure/core-rest-pipeline";

interface ServedTrigger {
  readonly type: "BlobEventsTrigger" | "ScheduleTrigger";
  readonly runtimeState: string;
  readonly events?: string;
}

const EFFECTS: Readonly<Record<string, Partial<ServedTrigger>>> = {
  start: { runtimeState: "Started" },
  stop: { runtimeState: "Stopped" },
  subscribeToEvents: { events: "Enabled" },
  unsubscribeFromEvents: { events: "Disabled" },
};

/** The part of Data Factory's REST interface that concerns triggers, for Azure's own client to speak with. */
export class FactoryService implements HttpClient {
  /** What was asked for, but questions. */
  readonly actions: string[] = [];
  /** An action that is accepted and has no effect. */
  ignores = "";
  readonly credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };
  private readonly refusals: number[] = [];

  constructor(readonly triggers: Record<string, ServedTrigger>) {}

  refuseNext(...statuses: readonly number[]): void {
    this.refusals.push(...statuses);
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const status = this.refusals.shift();
    if (status !== undefined) return this.answer(request, status, { error: { code: "TryAgain", message: "later" } });
    const [name, action] = new URL(request.url).pathname.split("/triggers/")[1]?.split("/") ?? [];
    if (name === undefined)
      return this.answer(request, 200, { value: Object.keys(this.triggers).map((key) => this.show(key)) });
    if (this.triggers[name] === undefined)
      return this.answer(request, 404, { error: { code: "NotFound", message: name } });
    if (action === undefined) return this.answer(request, 200, this.show(name));
    if (action !== "getEventSubscriptionStatus") this.act(name, action);
    return this.answer(request, 200, { triggerName: name, status: this.triggers[name].events });
  }

  private act(name: string, action: string): void {
    this.actions.push(`${name} ${action}`);
    if (`${name} ${action}` !== this.ignores) this.triggers[name] = { ...this.triggers[name]!, ...EFFECTS[action] };
  }

  private show(name: string): object {
    const { type, runtimeState } = this.triggers[name]!;
    return { name, type: "Microsoft.DataFactory/factories/triggers", properties: { type, runtimeState } };
  }

  private answer(request: PipelineRequest, status: number, body: object): PipelineResponse {
    return {
      request,
      status,
      headers: createHttpHeaders({ "content-type": "application/json", "retry-after-ms": "1" }),
      bodyAsText: JSON.stringify(body),
    };
  }
}
