import { z } from "zod";
import { issuesOf } from "../http/api-error";
import type { ApiRequest, Route } from "../http/route";
import { DatabricksError } from "./databricks-error";
import { type SubmittedRun, type SubmittedRuns, type Task, type TaskRun } from "./submitted-runs";

/** Characters of an exit value that are returned; it is cut behind them. Source: Databricks, jobs/runs/get-output. */
const MOST = 5 * 1024 * 1024;

const notebookTask = z.looseObject({
  notebook_path: z.string().min(1),
  base_parameters: z.record(z.string(), z.string()).default({}),
});
const submission = z.looseObject({
  run_name: z.string().default("Untitled"),
  idempotency_token: z.string().max(64).optional(),
  tasks: z
    .array(
      z.looseObject({
        task_key: z.string().min(1),
        notebook_task: notebookTask,
        depends_on: z.array(z.looseObject({ task_key: z.string() })).default([]),
      }),
    )
    .min(1)
    .max(100)
    .optional(),
  /** In the place of tasks, as the API 2.0 has it. */
  notebook_task: notebookTask.optional(),
});
const idOf = z.looseObject({ run_id: z.coerce.number().int().positive() });

/** The task of a run that was submitted as a notebook alone: the run's id is also that of its output. */
const ALONE = "";

/**
 * Enough of Databricks' Jobs API (2.0 to 2.2) to run a notebook: `runs/submit`, `get`, `get-output` and `cancel`. A notebook runs on the one
 * Spark that there is; what a request says about clusters is not looked at.
 */
export function jobsRoutes(runsOf: (host: string) => SubmittedRuns | undefined): readonly Route[] {
  const at = (
    method: Route["method"],
    verb: string,
    handle: (request: ApiRequest, runs: SubmittedRuns) => object,
  ): Route => ({
    method,
    path: `/api/{version}/jobs/runs/${verb}`,
    handle: (request) => {
      const { version } = request.names;
      if (!["2.0", "2.1", "2.2"].includes(version!)) throw new DatabricksError(`No API found for version ${version}.`);
      const runs = runsOf(request.host);
      if (runs === undefined) throw new DatabricksError(`there is no workspace ${request.host}`, "NOT_FOUND", 404);
      try {
        return handle(request, runs);
      } catch (error) {
        if (!(error instanceof z.ZodError)) throw error;
        throw new DatabricksError(issuesOf(error));
      }
    },
  });
  return [
    at("POST", "submit", ({ body }, runs) => {
      const asked = submission.parse(body);
      const tasks = tasksOf(asked);
      requireOrder(tasks);
      return { run_id: runs.submit(asked.run_name, tasks, asked.idempotency_token).id };
    }),
    at("GET", "get", ({ query }, runs) => {
      const asked = Object.fromEntries(query);
      const task = runs.findTask(idOf.parse(asked).run_id);
      return task === undefined ? shownRun(find(runs, asked)) : shownTask(task);
    }),
    at("GET", "get-output", ({ query }, runs) => {
      const asked = Object.fromEntries(query);
      const task = runs.findTask(idOf.parse(asked).run_id);
      return output(task ?? onlyTask(find(runs, asked)));
    }),
    at("POST", "cancel", ({ body }, runs) => {
      find(runs, body).cancel();
      return {};
    }),
  ];
}

function find(runs: SubmittedRuns, given: unknown): SubmittedRun {
  const { run_id: id } = idOf.parse(given);
  const run = runs.find(id);
  if (run === undefined) throw new DatabricksError(`Run ${id} does not exist.`);
  return run;
}

function tasksOf({ tasks, notebook_task: alone }: z.infer<typeof submission>): readonly Task[] {
  const call = ({ notebook_path, base_parameters }: z.infer<typeof notebookTask>) => ({
    notebook: notebook_path,
    parameters: base_parameters,
  });
  if (tasks !== undefined)
    return tasks.map(({ task_key: key, notebook_task, depends_on }) => ({
      key,
      ...call(notebook_task),
      after: depends_on.map((dependency) => dependency.task_key),
    }));
  if (alone === undefined) throw new DatabricksError("neither tasks nor notebook_task: there is nothing to run");
  return [{ key: ALONE, ...call(alone), after: [] }];
}

/** Each task stands behind those that it depends on. */
function requireOrder(tasks: readonly Task[]): void {
  const before = new Set<string>();
  for (const { key, after } of tasks) {
    const missing = after.find((other) => !before.has(other));
    if (missing !== undefined)
      throw new DatabricksError(
        `task ${key} depends on ${missing}, which stands not before it: tasks run in their order`,
      );
    if (before.has(key)) throw new DatabricksError(`task ${key} is there twice`);
    before.add(key);
  }
}

/** Source of the refusal: databricks/databricks-sdk-py#375, of one task too where it stands in a list. */
function onlyTask({ tasks }: SubmittedRun): TaskRun {
  const [first] = tasks;
  if (first!.task.key === ALONE) return first!;
  throw new DatabricksError(
    "Retrieving the output of runs with multiple tasks is not supported. Please retrieve the output of each individual task run instead.",
  );
}

function shownTask({ id, task, state, start, end }: TaskRun): object {
  return {
    run_id: id,
    ...(task.key !== ALONE && { task_key: task.key }),
    notebook_task: { notebook_path: task.notebook, base_parameters: task.parameters },
    state,
    start_time: start,
    end_time: end,
    execution_duration: end === 0 ? 0 : end - start,
  };
}

function shownRun({ id, name, state, tasks }: SubmittedRun): object {
  const [first] = tasks;
  const last = Math.max(...tasks.map(({ end }) => end));
  return {
    run_id: id,
    run_name: name,
    run_type: "SUBMIT_RUN",
    state,
    start_time: first!.start,
    end_time: state.life_cycle_state === "TERMINATED" ? last : 0,
    ...(first!.task.key !== ALONE && { tasks: tasks.map(shownTask) }),
  };
}

function output(task: TaskRun): object {
  const { exitValue, error } = task;
  return {
    metadata: shownTask(task),
    notebook_output:
      exitValue === undefined ? {} : { result: exitValue.slice(0, MOST), truncated: exitValue.length > MOST },
    ...(error && { error: error.message, error_trace: error.traceback ?? error.message }),
  };
}
