import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { createHttpHeaders } from "@azure/core-rest-pipeline";
import { ResourceManager } from "../../operations/resource-manager";

type Answer = (body: unknown) => object | number;

/** Resource Manager as a table of what it answers, for Azure's own client to speak with. */
export class AzureService implements HttpClient {
  /** Requests that change something. */
  readonly changes: string[] = [];
  private readonly refusals: number[] = [];

  /** Answers by method and path; a number is a status without more. Whatever is not there is not found. */
  constructor(readonly answers: Record<string, Answer>) {}

  get manager(): ResourceManager {
    const credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };
    return new ResourceManager(
      { subscriptionId: "S", credential },
      { httpClient: this, retryOptions: { retryDelayInMs: 1 } },
    );
  }

  refuseNext(...statuses: readonly number[]): void {
    this.refusals.push(...statuses);
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const { pathname } = new URL(request.url);
    const key = `${request.method} ${decodeURIComponent(pathname)}`;
    if (request.method !== "GET") this.changes.push(key);
    const body: unknown = typeof request.body === "string" ? JSON.parse(request.body) : undefined;
    const answer = this.refusals.shift() ?? this.answers[key]?.(body) ?? 404;
    const [status, content] =
      typeof answer === "number" ? [answer, { error: { code: `E${answer}`, message: key } }] : [200, answer];
    const headers = createHttpHeaders({ "content-type": "application/json", "retry-after-ms": "1" });
    return { request, status, headers, bodyAsText: JSON.stringify(content) };
  }
}
