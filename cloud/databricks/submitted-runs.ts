import type { AttemptError, Clock, NotebookRunner } from "adf-local";

/** A notebook of a run, by the workspace's path. */
export interface Task {
  readonly key: string;
  readonly notebook: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Keys of the tasks that must succeed before it begins. */
  readonly after: readonly string[];
}

/** Databricks' words for how far a run is, and for how it ended. */
export interface RunState {
  readonly life_cycle_state: "PENDING" | "RUNNING" | "TERMINATED";
  readonly result_state?: "SUCCESS" | "FAILED" | "CANCELED" | "UPSTREAM_FAILED";
  readonly state_message: string;
}

/** A task of a run that was submitted. */
export class TaskRun {
  state: RunState = { life_cycle_state: "PENDING", state_message: "" };
  exitValue: string | undefined;
  error: AttemptError | undefined;
  /** Milliseconds since 1970; 0 until then. */
  start = 0;
  end = 0;

  constructor(
    readonly id: number,
    readonly task: Task,
  ) {}

  get hasSucceeded(): boolean {
    return this.state.result_state === "SUCCESS";
  }
}

/** Tasks that run one after the other, each once those before it have succeeded. */
export class SubmittedRun {
  private readonly stopping = new AbortController();

  constructor(
    readonly id: number,
    readonly name: string,
    readonly tasks: readonly TaskRun[],
    private readonly notebooks: NotebookRunner,
    private readonly clock: Clock,
  ) {}

  /** What has become of it as a whole: the first task that did not succeed says it. */
  get state(): RunState {
    const open = this.tasks.some(({ state }) => state.life_cycle_state !== "TERMINATED");
    if (open) {
      const isPending = this.tasks.every(({ state }) => state.life_cycle_state === "PENDING");
      return { life_cycle_state: isPending ? "PENDING" : "RUNNING", state_message: "" };
    }
    return this.tasks.find((task) => !task.hasSucceeded)?.state ?? this.tasks[0]!.state;
  }

  cancel(): void {
    this.stopping.abort(new Error("cancelled"));
  }

  /** Resolves when all tasks have ended, whatever became of them. */
  async run(): Promise<void> {
    for (const taskRun of this.tasks) {
      const needed = this.tasks.filter(({ task }) => taskRun.task.after.includes(task.key));
      if (this.stopping.signal.aborted) this.terminate(taskRun, "CANCELED", "Run cancelled.");
      else if (needed.every((task) => task.hasSucceeded)) await this.runTask(taskRun);
      else this.terminate(taskRun, "UPSTREAM_FAILED", "An upstream task failed.");
    }
  }

  private async runTask(run: TaskRun): Promise<void> {
    const { notebook, parameters } = run.task;
    const { signal } = this.stopping;
    run.start = this.clock.now().getTime();
    run.state = { life_cycle_state: "RUNNING", state_message: "" };
    try {
      run.exitValue = (await this.notebooks.run(notebook, parameters, signal)).exitValue;
      this.terminate(run, "SUCCESS", "");
    } catch (error) {
      run.error = error as AttemptError; // what a runner rejects with
      this.terminate(run, signal.aborted ? "CANCELED" : "FAILED", run.error.message);
    }
  }

  private terminate(run: TaskRun, result: NonNullable<RunState["result_state"]>, message: string): void {
    run.end = this.clock.now().getTime();
    run.state = { life_cycle_state: "TERMINATED", result_state: result, state_message: message };
  }
}

/** The runs that were submitted, as long as the process lasts. */
export class SubmittedRuns {
  private readonly runs: SubmittedRun[] = [];
  private readonly byToken = new Map<string, SubmittedRun>();
  private lastId = 0;

  constructor(
    private readonly notebooks: NotebookRunner,
    private readonly clock: Clock,
  ) {}

  /** Begins a run; with a token that was given before, it is the run of then. */
  submit(name: string, tasks: readonly Task[], token?: string): SubmittedRun {
    const earlier = token === undefined ? undefined : this.byToken.get(token);
    if (earlier !== undefined) return earlier;
    const id = this.nextId();
    const taskRuns = tasks.map((task) => new TaskRun(this.nextId(), task));
    const run = new SubmittedRun(id, name, taskRuns, this.notebooks, this.clock);
    this.runs.push(run);
    if (token !== undefined) this.byToken.set(token, run);
    void run.run();
    return run;
  }

  find(id: number): SubmittedRun | undefined {
    return this.runs.find((run) => run.id === id);
  }

  findTask(id: number): TaskRun | undefined {
    return this.runs.flatMap(({ tasks }) => tasks).find((task) => task.id === id);
  }

  cancelAll(): void {
    this.runs.forEach((run) => run.cancel());
  }

  private nextId(): number {
    return (this.lastId += 1);
  }
}
