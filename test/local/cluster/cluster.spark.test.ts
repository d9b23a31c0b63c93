import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Cluster, NotebookFailed } from "../../../local/cluster/cluster";
import type { Shown } from "../../../local/cluster/protocol";

const runtimeFile = resolve(__dirname, "../../../.runtime/runtime.json");
const runtime = JSON.parse(readFileSync(runtimeFile, "utf8")) as { python: string; javaHome: string | null };
const folder = mkdtempSync(join(tmpdir(), "it's a cluster "));
const options = { python: runtime.python, ...(runtime.javaHome && { javaHome: runtime.javaHome }), state: folder };

function notebook(name: string, text: string, parameters: Record<string, string> = {}) {
  const file = join(folder, `${name}.py`);
  writeFileSync(file, text);
  return { runId: "test", name, file, parameters };
}

const pids = "java = sc._jvm.java.lang.ProcessHandle.current().pid()\nprint(os.getpid(), java, flush=True)\n";
const stuck = `import os, time\n${pids}time.sleep(600)`;

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await pause(100);
  }
  throw new Error(`process ${pid} still runs after 10 s`);
}

jest.setTimeout(180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("notebooks run, fail and are aborted on one Spark; when its host dies nothing is left behind", async () => {
  const cluster = await Cluster.start(options);
  const lines: string[] = [];
  const create = notebook(
    "create",
    `print("made by", dbutils.widgets.get("who"))
spark.sql("create schema plant")
spark.range(3).write.format("delta").saveAsTable("plant.machines")
dbutils.notebook.exit('{"rows": 3}')`,
    { who: "me" },
  );
  const result = await cluster.run(create, (line) => lines.push(line));
  expect(result.exitValue).toBe('{"rows": 3}');
  expect(result.seconds).toBeGreaterThan(0);
  expect(lines).toEqual(["made by me"]);

  const shown: Shown[] = [];
  const cells = `# MAGIC %md\n# MAGIC # Machines\n
# COMMAND ----------
import matplotlib.pyplot as plt
print("three")
display(spark.table("plant.machines").orderBy("id"))
plt.plot([1, 2])
plt.show()`;
  await cluster.run(
    notebook("show", cells),
    (line) => lines.push(line),
    (item) => shown.push(item),
  );
  const table = { columns: ["id"], rows: [["0"], ["1"], ["2"]], isComplete: true };
  expect(shown.map((item) => ("source" in item ? { cell: item.cell } : item))).toEqual([
    { cell: "markdown" },
    { cell: "python" },
    { text: "three" },
    { text: "\n" },
    { table },
    { picture: expect.stringMatching(/^iVBOR/) as string },
  ]);
  expect(lines).toEqual(["made by me"]);

  const failed = await cluster
    .run(notebook("fail", "x = 1\n\nraise ValueError('no')"))
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(NotebookFailed);
  expect((failed as NotebookFailed).message).toBe("ValueError: no");
  expect((failed as NotebookFailed).traceback).toContain('fail.py", line 3, in <module>');

  const abort = new AbortController();
  const aborted = cluster.run({ ...notebook("stuck", stuck), signal: abort.signal }, () =>
    abort.abort(new Error("after 1 s")),
  );
  await expect(aborted).rejects.toThrow("after 1 s");

  let running: number[] = [];
  const orphan = cluster.run(notebook("orphan", stuck), (line) => {
    running = line.split(" ").map(Number);
    process.kill(readHostPid(cluster), "SIGKILL");
  });
  await expect(orphan).rejects.toThrow(
    /The local Spark cluster is gone: its host ended with SIGKILL. See .*cluster.log/,
  );
  await Promise.all(running.map(gone));
  await expect(cluster.run(create)).rejects.toThrow("The local Spark cluster is gone");
});

test("a cluster started on the same state knows the tables, and stops with all its processes", async () => {
  const cluster = await Cluster.start(options);
  const count = notebook("count", 'dbutils.notebook.exit(str(spark.table("plant.machines").count()))');
  expect((await cluster.run(count)).exitValue).toBe("3");

  const running = new Promise<number[]>((up) => {
    const left = cluster.run(notebook("left", stuck), (line) => up(line.split(" ").map(Number)));
    left.catch(() => {});
  });
  const left = await running;
  await cluster.stop();
  await Promise.all(left.map(gone));
  expect(existsSync(join(folder, "warehouse/plant.db/machines/_delta_log"))).toBe(true);
});

test("a Python that is not there is one clear line", async () => {
  const start = Cluster.start({ ...options, python: join(folder, "no-python") });
  await expect(start).rejects.toThrow(/cannot start .*no-python: spawn .* ENOENT/);
});

test("a Java that does not start is one clear line", async () => {
  const start = Cluster.start({ ...options, javaHome: join(folder, "no-java") });
  await expect(start).rejects.toThrow(/The local Spark cluster is gone: .*JAVA_GATEWAY_EXITED.* See .*cluster.log/);
});

function readHostPid(cluster: Cluster): number {
  return (cluster as unknown as { host: { pid: number } }).host.pid;
}
