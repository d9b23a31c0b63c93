/** Kusto queries of the log alerts: each row is a reason to tell somebody. */

/** A row when no run of the pipeline has succeeded for some hours, and also when there has never been one. */
export const noSuccess = (pipeline: string, hours: number) => `${rowsOf("ADFPipelineRun", "PipelineName", "Status")}
| where TimeGenerated > ago(${hours}h) and PipelineName == "${pipeline}" and Status == "Succeeded"
| summarize successes = count()
| where successes == 0`;

/** A row for each run of the notebook activity that set aside more than a share of what it read. */
export const quarantined = (activity: string, share: number) => `${exitsOf(activity)}
| extend loaded = todouble(exit.rows), setAside = todouble(exit.quarantined)
| where setAside > 0 and setAside / (loaded + setAside) > ${share}`;

/**
 * A row for each run of the notebook activity in which more than 5 % of the files waited longer than some minutes, from landing
 * to prediction. Not the longest wait: one file that came without an event, among many, is no fault of the run.
 */
export const late = (activity: string, minutes: number) => `${exitsOf(activity)}
| where todouble(exit.freshness_p95_seconds) > ${minutes * 60}`;

/** A row for each cluster that did not come up or lost its size, and for each refused request to start or resize one. */
export const clusterFailures = `${rowsOf("DatabricksClusters", "ActionName", "RequestParams", "Response")}
| extend state = tostring(parse_json(RequestParams).clusterState), status = toint(parse_json(Response).statusCode)
| where (ActionName in ("createResult", "startResult", "restartResult", "resizeResult") and state in~ ("Error", "Terminating", "Terminated", "Unknown"))
    or (ActionName in ("create", "start", "restart", "resize") and status >= 400)`;

/** The runs of a notebook activity that succeeded, with the notebook's exit value as `exit`. */
const exitsOf = (activity: string) => `${rowsOf("ADFActivityRun", "ActivityName", "Status", "Output")}
| where ActivityName == "${activity}" and Status == "Succeeded"
| extend exit = parse_json(tostring(parse_json(Output).runOutput))`;

/** All rows of a table; none where Log Analytics has not made it yet, which is not before the first row and would else be an error. */
function rowsOf(table: string, ...columns: readonly string[]): string {
  const schema = ["TimeGenerated: datetime", ...columns.map((column) => `${column}: string`)].join(", ");
  return `union isfuzzy=true (datatable(${schema})[]), ${table}`;
}
