import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { messageOf } from "../../command-line/message";
import { type Answer, checkGreeting, type Command, parseAnswer, PROTOCOL_VERSION, type Shown } from "./protocol";

/** One execution of a notebook. */
export interface NotebookRun {
  /** Identifies the pipeline run in messages. */
  readonly runId: string;
  /** Absolute path of the `.py` file in Databricks source format. */
  readonly file: string;
  /** Workspace path, for messages. */
  readonly name: string;
  /** Values of the widgets. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Aborting it kills the notebook's process and cancels its Spark jobs; `run` rejects with its reason. */
  readonly signal?: AbortSignal;
}

export interface NotebookResult {
  /** What the notebook passed to `dbutils.notebook.exit`. */
  readonly exitValue: string | undefined;
  /** Wall time inside the notebook's process. */
  readonly seconds: number;
}

/** The notebook raised an error: the message is its type and first line. */
export class NotebookFailed extends Error {
  constructor(
    message: string,
    /** Begins at the notebook's own file and line. */
    readonly traceback: string,
    /** An error of the program: the same notebook fails again, however long one waits. */
    readonly isFinal: boolean,
  ) {
    super(message);
    this.name = "NotebookFailed";
  }
}

export interface ClusterOptions {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** Java 17; by default the one on the PATH. */
  readonly javaHome?: string;
  /** Folder for `warehouse/`, `mlruns/`, `tmp/` and `logs/cluster.log`. */
  readonly state: string;
}

interface Pending {
  readonly run: NotebookRun;
  readonly onOutput: ((line: string) => void) | undefined;
  readonly onShown: ((item: Shown) => void) | undefined;
  readonly resolve: (result: NotebookResult) => void;
  readonly reject: (error: unknown) => void;
}

/** The laptop's Databricks cluster: one warm Spark, on which notebooks run beside each other in processes of their own. */
export class Cluster {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private isGreeted = false;
  private ended: Error | undefined;
  private readonly exited: Promise<void>;
  private onStart: { resolve: () => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly host: ChildProcess,
    private readonly log: string,
  ) {
    this.exited = new Promise((done) => {
      host.once("error", (error) => (this.fail(`cannot start ${host.spawnfile}: ${error.message}`), done()));
      host.once("exit", (code, signal) => (this.fail(`its host ended with ${signal ?? `exit code ${code}`}`), done()));
    });
    host.stdin!.on("error", () => {}); // a host that is gone is reported by its exit
    createInterface({ input: host.stdout! }).on("line", (line) => this.listen(line));
  }

  /** Resolves when Spark is up. Rejects with one line when Java, Python or Spark cannot be started. */
  static async start(options: ClusterOptions): Promise<Cluster> {
    const logs = join(options.state, "logs");
    mkdirSync(logs, { recursive: true });
    const log = join(logs, "cluster.log");
    const stderr = openSync(log, "w");
    const host = spawn(options.python, [join(__dirname, "host.py"), resolve(options.state)], {
      stdio: ["pipe", "pipe", stderr],
      detached: true, // Ctrl-C at the terminal is this process's to handle
      env: { ...process.env, ...(options.javaHome && { JAVA_HOME: options.javaHome }) },
    });
    closeSync(stderr);
    const cluster = new Cluster(host, log);
    cluster.send({ type: "hello", version: PROTOCOL_VERSION });
    await new Promise<void>((resolve, reject) => (cluster.onStart = { resolve, reject }));
    return cluster;
  }

  /** Runs a notebook to its end. Rejects with {@link NotebookFailed} when it raises. With `onShown` it is recorded. */
  async run(
    run: NotebookRun,
    onOutput?: (line: string) => void,
    onShown?: (item: Shown) => void,
  ): Promise<NotebookResult> {
    run.signal?.throwIfAborted();
    if (this.ended) throw this.ended;
    const id = ++this.lastId;
    const abort = () => this.send({ type: "cancel", id });
    try {
      return await new Promise<NotebookResult>((resolve, reject) => {
        this.pending.set(id, { run, onOutput, onShown, resolve, reject });
        this.send({ type: "run", id, file: run.file, parameters: run.parameters, record: onShown !== undefined });
        run.signal?.addEventListener("abort", abort);
      });
    } finally {
      run.signal?.removeEventListener("abort", abort);
      this.pending.delete(id);
    }
  }

  /** Ends the notebooks that still run, Spark and the host. */
  async stop(): Promise<void> {
    this.fail("it was stopped");
    this.host.stdin!.end();
    await this.exited;
  }

  private send(command: Command): void {
    this.host.stdin!.write(`${JSON.stringify(command)}\n`);
  }

  /** A host that is not understood is let go of: it ends when its standard input does. */
  private listen(line: string): void {
    let answer: Answer;
    try {
      answer = parseAnswer(line);
      if (!this.isGreeted) checkGreeting(answer);
      this.isGreeted = true;
    } catch (error) {
      this.fail(messageOf(error));
      this.host.stdin!.end();
      return;
    }
    this.receive(answer);
  }

  private receive(answer: Answer): void {
    if (answer.type === "hello") return;
    if (answer.type === "ready") return this.onStart?.resolve();
    if (answer.type === "fatal") return this.fail(answer.message);
    const pending = this.pending.get(answer.id);
    switch (answer.type) {
      case "output":
        return pending?.onOutput?.(answer.line);
      case "shown":
        return pending?.onShown?.(answer.item);
      case "succeeded":
        return pending?.resolve({ exitValue: answer.exitValue ?? undefined, seconds: answer.seconds });
      case "failed":
        return pending?.reject(new NotebookFailed(answer.message, answer.traceback, answer.isFinal));
      case "cancelled":
        return pending?.reject(pending.run.signal?.reason);
    }
  }

  /** The first reason why the cluster is gone is the one that everybody hears. */
  private fail(reason: string): void {
    this.ended ??= new Error(`The local Spark cluster is gone: ${reason}. See ${this.log}`);
    this.onStart?.reject(this.ended);
    for (const { reject } of this.pending.values()) reject(this.ended);
  }
}
