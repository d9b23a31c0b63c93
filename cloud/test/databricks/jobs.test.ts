import { request } from "node:https";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type NotebookRunner, systemClock } from "adf-local";
import { jobsRoutes, LoopbackServer, SubmittedRuns } from "azure-laptop";

const calls: (readonly [path: string, parameters: Readonly<Record<string, string>>])[] = [];
const notebooks: NotebookRunner = {
  async run(path, parameters, signal) {
    calls.push([path, parameters]);
    if (path === "/broken")
      throw Object.assign(new Error("no such column"), { traceback: "Traceback: no such column" });
    if (path === "/endless")
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("stopped"))));
    return { exitValue: path === "/large" ? "x".repeat(6 * 1024 * 1024) : '{"rows": 3}', seconds: 1 };
  },
};

let server: LoopbackServer;
beforeAll(async () => {
  const submitted = new SubmittedRuns(notebooks, systemClock);
  server = await LoopbackServer.start({ routes: jobsRoutes(() => submitted) });
});
afterAll(() => server.stop());

/** Sends to `/api/2.1/jobs/runs/`, or to another version. */
async function ask(verb: string, body?: object, version = "2.1") {
  const { certificate: ca, endpoint, token } = server;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { ca, method: body ? "POST" : "GET", headers: { authorization: `Bearer ${token}` } };
    request(`${endpoint}/api/${version}/jobs/runs/${verb}`, options, resolve)
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
  return { status: response.statusCode, answer: JSON.parse(await text(response)) };
}

async function ended(runId: number) {
  for (;;) {
    const { answer } = await ask(`get?run_id=${runId}`);
    if (answer.state.life_cycle_state === "TERMINATED") return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const task = (key: string, notebook: string, ...after: readonly string[]) => ({
  task_key: key,
  notebook_task: { notebook_path: notebook, base_parameters: { day: "monday" } },
  existing_cluster_id: "any",
  depends_on: after.map((task_key) => ({ task_key })),
});

async function submitted(...tasks: readonly object[]) {
  const { answer } = await ask("submit", { run_name: "by hand", tasks });
  return ended(answer.run_id);
}

test("a notebook runs with its parameters, and its exit value is the output of its task", async () => {
  const run = await submitted(task("score", "/plant/score"));
  expect(run).toMatchObject({
    run_name: "by hand",
    state: { result_state: "SUCCESS" },
    tasks: [{ task_key: "score" }],
  });
  expect(calls.at(-1)).toEqual(["/plant/score", { day: "monday" }]);
  const { answer } = await ask(`get-output?run_id=${run.tasks[0].run_id}`);
  expect(answer).toMatchObject({
    notebook_output: { result: '{"rows": 3}', truncated: false },
    metadata: { state: { result_state: "SUCCESS" } },
  });
  expect(await ask(`get-output?run_id=${run.run_id}`)).toEqual({
    status: 400,
    answer: {
      error_code: "INVALID_PARAMETER_VALUE",
      message: expect.stringContaining("output of each individual task run"),
    },
  });
});

test("one that was submitted alone, as the API 2.0 has it, has the output itself", async () => {
  const { answer } = await ask("submit", { notebook_task: { notebook_path: "/plant/score" } }, "2.0");
  await ended(answer.run_id);
  expect((await ask(`get-output?run_id=${answer.run_id}`, undefined, "2.0")).answer).toMatchObject({
    notebook_output: { result: '{"rows": 3}' },
  });
});

test("what fails has its error and traceback, and what depends on it is not run", async () => {
  const run = await submitted(task("a", "/broken"), task("b", "/plant/score", "a"), task("c", "/plant/score"));
  expect(run.state).toEqual({
    ...{ life_cycle_state: "TERMINATED", result_state: "FAILED", state_message: "no such column" },
  });
  expect(run.tasks.map(({ state }: { state: { result_state: string } }) => state.result_state)).toEqual([
    ...["FAILED", "UPSTREAM_FAILED", "SUCCESS"],
  ]);
  expect((await ask(`get-output?run_id=${run.tasks[0].run_id}`)).answer).toMatchObject({
    error: "no such column",
    error_trace: "Traceback: no such column",
  });
});

test("a run is cancelled, with the tasks that have not begun", async () => {
  const { answer } = await ask("submit", { tasks: [task("a", "/endless"), task("b", "/plant/score")] });
  await ask("cancel", { run_id: answer.run_id });
  const { tasks } = await ended(answer.run_id);
  expect(tasks.map(({ state }: { state: { result_state: string } }) => state.result_state)).toEqual([
    ...["CANCELED", "CANCELED"],
  ]);
});

test("a submission that is sent again with its token begins nothing", async () => {
  const body = { tasks: [task("a", "/plant/score")], idempotency_token: "once" };
  const first = (await ask("submit", body)).answer;
  expect((await ask("submit", body)).answer).toEqual(first);
});

test("a long exit value is cut, and says so", async () => {
  const run = await submitted(task("a", "/large"));
  const { answer } = await ask(`get-output?run_id=${run.tasks[0].run_id}`);
  expect(answer.notebook_output.truncated).toBe(true);
  expect(answer.notebook_output.result).toHaveLength(5 * 1024 * 1024);
});

test.each<[string, string, object | undefined, string]>([
  ["a run that is not there", "get?run_id=999", undefined, "Run 999 does not exist."],
  ["no run", "get", undefined, "run_id"],
  ["nothing to run", "submit", {}, "neither tasks nor notebook_task"],
  ["a task that runs no notebook", "submit", { tasks: [{ task_key: "a", spark_jar_task: {} }] }, "notebook_task"],
  ["a task before the one it depends on", "submit", { tasks: [task("a", "/b", "b"), task("b", "/b")] }, "depends on b"],
  ["a task twice", "submit", { tasks: [task("a", "/b"), task("a", "/b")] }, "a is there twice"],
])("%s is refused in Databricks' words", async (_, verb, body, message) => {
  expect(await ask(verb, body)).toEqual({
    status: 400,
    answer: { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining(message) },
  });
});
