import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { createHttpHeaders } from "@azure/core-rest-pipeline";
import type { DeployedFactory } from "../../operations/factory";

interface ServedTrigger {
  readonly type: "BlobEventsTrigger" | "ScheduleTrigger";
  readonly runtimeState: string;
  readonly events?: string;
}

interface ServedRun {
  readonly runId: string;
  readonly pipelineName: string;
  readonly status: string;
  readonly runStart?: string;
  readonly message?: string;
  readonly invokedBy?: { readonly name: string };
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What is asked about runs. */
interface RunQuery {
  readonly filters?: readonly { readonly operand: string; readonly values: readonly string[] }[];
  readonly continuationToken?: string;
}

/** The service's most runs in one answer. */
const PAGE = 100;

const EFFECTS: Readonly<Record<string, Partial<ServedTrigger>>> = {
  start: { runtimeState: "Started" },
  stop: { runtimeState: "Stopped" },
  subscribeToEvents: { events: "Enabled" },
  unsubscribeFromEvents: { events: "Disabled" },
};

/** The part of Data Factory's REST interface that concerns triggers and runs, for Azure's own client to speak with. */
export class FactoryService implements HttpClient {
  /** What was asked for, but questions. */
  readonly actions: string[] = [];
  /** An action that is accepted and has no effect. */
  ignores = "";
  readonly credential = { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) };
  private readonly refusals: number[] = [];
  /** How often Event Grid is asked about a subscription before it has made it or given it up; 0: it is at once, or never where it is at work already. */
  questionsUntilSettled = 0;
  /** Who is signed in is a Reader: whatever is no GET is refused. */
  onlyReads = false;
  /** How many changes Azure refuses although the subscription looks settled. */
  provisioningUnseen = 0;
  private asked = 0;

  /** Pipeline runs, in order. */
  readonly runs: ServedRun[] = [];
  /** What activity runs say, by the id of the pipeline run. */
  readonly activities: Record<string, readonly object[]> = {};
  /** Pipelines of one notebook: the path of it, by the name of its activity. */
  readonly pipelines: Record<string, Readonly<Record<string, string>>> = {};
  /** Called before each question about runs, for what happens meanwhile. */
  passTime: () => void = () => undefined;

  constructor(readonly triggers: Record<string, ServedTrigger>) {}

  get deployed(): DeployedFactory {
    const retryOptions = { retryDelayInMs: 1 };
    const client = new DataFactoryManagementClient(this.credential, "subscription", { httpClient: this, retryOptions });
    return { client, resourceGroup: "rg", factory: "adf" };
  }

  /** Gives a run another status. */
  end(runId: string, status: string): void {
    const index = this.runs.findIndex((run) => run.runId === runId);
    this.runs[index] = { ...this.runs[index]!, status };
  }

  refuseNext(...statuses: readonly number[]): void {
    this.refusals.push(...statuses);
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const status = this.refusals.shift();
    if (status !== undefined) return this.answer(request, status, { error: { code: "TryAgain", message: "later" } });
    const { pathname } = new URL(request.url);
    if (!pathname.includes("/triggers")) return this.answerRuns(request, pathname);
    const [name, action] = pathname.split("/triggers/")[1]?.split("/") ?? [];
    if (name === undefined)
      return this.answer(request, 200, { value: Object.keys(this.triggers).map((key) => this.show(key)) });
    if (this.triggers[name] === undefined)
      return this.answer(request, 404, { error: { code: "NotFound", message: name } });
    if (action === undefined) return this.answer(request, 200, this.show(name));
    if (this.onlyReads) return this.answer(request, 403, { error: { code: "AuthorizationFailed", message: action } });
    if (action === "getEventSubscriptionStatus") this.settle(name);
    else if (this.isProvisioning(name)) {
      const message = "Resource cannot be updated during provisioning";
      return this.answer(request, 400, { error: { code: "BadRequest", message } });
    } else this.act(name, action);
    return this.answer(request, 200, { triggerName: name, status: this.triggers[name].events });
  }

  private answerRuns(request: PipelineRequest, path: string): PipelineResponse {
    this.passTime();
    const body = JSON.parse(String(request.body ?? "{}")) as RunQuery & Readonly<Record<string, string>>;
    const [, pipeline] = /\/pipelines\/([^/]+)\/createRun$/.exec(path) ?? [];
    if (pipeline !== undefined) {
      const runId = `run-${this.runs.length + 1}`;
      const runStart = new Date().toISOString();
      this.runs.push({ runId, pipelineName: pipeline, status: "InProgress", runStart, parameters: body });
      this.actions.push(`${pipeline} createRun`);
      return this.answer(request, 200, { runId });
    }
    if (path.endsWith("/queryPipelineRuns")) {
      const value = this.runs.filter((run) =>
        (body.filters ?? []).every(({ operand, values }) =>
          values.includes(operand === "Status" ? run.status : run.pipelineName),
        ),
      );
      const first = Number(body.continuationToken ?? 0);
      const next = first + PAGE;
      return this.answer(request, 200, {
        value: value.slice(first, next),
        ...(next < value.length && { continuationToken: String(next) }),
      });
    }
    const [, shown = ""] = /\/pipelines\/([^/]+)$/.exec(path) ?? [];
    if (shown !== "") return this.showPipeline(request, shown);
    const [, id = "", action] = /\/pipelineruns\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (action === "cancel") {
      this.actions.push(`${id} cancel`);
      this.end(id, "Cancelled");
    }
    if (action === "queryActivityruns") return this.answer(request, 200, { value: this.activities[id] ?? [] });
    return this.answer(request, 200, this.runs.find(({ runId }) => runId === id) ?? {});
  }

  private showPipeline(request: PipelineRequest, name: string): PipelineResponse {
    const notebooks = this.pipelines[name];
    if (notebooks === undefined) return this.answer(request, 404, { error: { code: "NotFound", message: name } });
    const activities = Object.entries(notebooks).map(([activity, notebookPath]) => ({
      name: activity,
      type: "DatabricksNotebook",
      typeProperties: { notebookPath },
    }));
    return this.answer(request, 200, { name, properties: { activities } });
  }

  private isProvisioning(name: string): boolean {
    return /rovisioning$/.test(this.triggers[name]!.events ?? "") || this.provisioningUnseen-- > 0;
  }

  private settle(name: string): void {
    if (this.questionsUntilSettled === 0) return;
    const { events } = this.triggers[name]!;
    if (!/rovisioning$/.test(events ?? "") || (this.asked += 1) <= this.questionsUntilSettled) return;
    this.asked = 0;
    this.triggers[name] = { ...this.triggers[name]!, events: events === "Provisioning" ? "Enabled" : "Disabled" };
  }

  private act(name: string, action: string): void {
    this.actions.push(`${name} ${action}`);
    if (`${name} ${action}` === this.ignores) return;
    const { events, ...effect } = EFFECTS[action] ?? {};
    const meanwhile = events === "Enabled" ? "Provisioning" : "Deprovisioning";
    this.triggers[name] = {
      ...this.triggers[name]!,
      ...effect,
      ...(events && { events: this.questionsUntilSettled > 0 ? meanwhile : events }),
    };
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
