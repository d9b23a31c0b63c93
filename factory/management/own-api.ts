import { ZodError } from "zod";
import { isSameName } from "../json";
import type { MonitoredPipelineRun } from "../runs/monitoring";
import { queryRuns } from "./queries";

const RUNS =
  /^https:\/\/management\.azure\.com\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DataFactory\/factories\/([^/?]+)\/queryPipelineRuns\?api-version=2018-06-01$/i;

/** A request to Azure Resource Manager. */
export interface ManagementRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
}

export interface ManagementAnswer {
  readonly status: number;
  /** JSON. */
  readonly content: string;
}

/** What Azure Resource Manager answers to a factory that asks about itself: which runs there are. */
export class OwnApi {
  constructor(
    private readonly factoryName: string,
    /** Those that ended and those under way, in the order in which they began. */
    private readonly runs: () => readonly MonitoredPipelineRun[],
  ) {}

  /** Whether a url, or the expression of one, is a question about runs: whose factory's, is known when it is asked. */
  static isAskedBy(url: string): boolean {
    return /\/queryPipelineRuns\?/i.test(url);
  }

  /** The answer to a request; `undefined` where it is not about this factory's runs. */
  answer({ method, url, body }: ManagementRequest): ManagementAnswer | undefined {
    const name = RUNS.exec(url)?.[1];
    if (method !== "POST" || name === undefined || !isSameName(name, this.factoryName)) return undefined;
    try {
      return { status: 200, content: JSON.stringify(queryRuns(JSON.parse(body ?? ""), this.runs())) };
    } catch (error) {
      if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error;
      const message = error instanceof ZodError ? error.issues.map(problem).join("; ") : "the body is not JSON";
      return { status: 400, content: JSON.stringify({ error: { code: "BadRequest", message } }) };
    }
  }
}

function problem({ path, message }: ZodError["issues"][number]): string {
  return `${path.join(".")}: ${message}`;
}
