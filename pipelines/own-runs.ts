import { globalParameter } from "./global-parameters";
import type { WebActivity } from "./language/activity";
import { call, output, type Expression } from "./language/expression";

/** Runs that the service answers with at most: a page. */
const PAGE = 100;

export interface OwnRunsQuestion extends Pick<WebActivity, "name" | "dependsOn" | "credential"> {
  /** Name of the pipeline whose runs are asked for. */
  readonly pipeline: string;
  /** Default: any. */
  readonly status?: "Queued";
  /** Only what was updated since then, in ISO 8601. */
  readonly since: Expression;
}

/**
 * Asks the factory for a page of its own runs of one pipeline, those that began last first. Source: REST API 2018-06-01, "Pipeline Runs -
 * Query By Factory". The output is kept out of monitoring: in a storm each of its runs would hold a page.
 */
export function askForRuns({ pipeline, status, since, ...activity }: OwnRunsQuestion): WebActivity {
  const filters = [
    { operand: "PipelineName", operator: "Equals", values: [pipeline] },
    ...(status === undefined ? [] : [{ operand: "Status", operator: "Equals", values: [status] }]),
  ];
  const rest = JSON.stringify({ filters, orderBy: [{ orderBy: "RunStart", order: "DESC" }] }).slice(1);
  // A run may be updated by a clock that is ahead.
  const until = call("addMinutes", call("utcNow"), 5);
  return {
    ...activity,
    type: "WebActivity",
    url: call(
      "concat",
      "https://management.azure.com",
      globalParameter("factory_id"),
      "/queryPipelineRuns?api-version=2018-06-01",
    ),
    body: call("concat", '{"lastUpdatedAfter":"', since, '","lastUpdatedBefore":"', until, `",${rest}`),
    // Resource Manager answers 429 to more than 10 questions a second once 200 are spent.
    policy: { timeout: "0.00:10:00", retry: 5, retryIntervalInSeconds: 60, secureOutput: true },
  };
}

/** The runs that were answered. */
export const runsOf = (question: string): Expression => output(question, "value");

/**
 * The id of the run that began last in the slot of a time: each minute has slots of `seconds`, which divide it. Empty where the page has no run
 * of the slot and could have shown one; the last id of the page where later runs fill it. By XPath: the language has no other way to search a
 * list within an expression.
 */
export function lastRunOfSlot(runs: Expression, time: Expression, seconds: number): Expression {
  const list = call("xml", call("json", call("concat", '{"runs":{"run":', call("string", runs), "}}")));
  const path = call(
    "concat",
    'string((/runs/run[starts-with(runStart, "',
    call("formatDateTime", time, "yyyy-MM-ddTHH:mm:"),
    `") and floor(substring(runStart, 18, 2) div ${seconds}) = `,
    call("div", call("int", call("formatDateTime", time, "ss")), seconds),
    `] | /runs/run[${PAGE}])[1]/runId)`,
  );
  return call("xpath", list, path);
}
