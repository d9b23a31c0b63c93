import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readJson } from "../../command-line/json";
import { codeOf, messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { writeFileAtomically } from "adf-local/atomic-file";
import { type CommandLine, flag, type RunOptions, runOptions } from "./options";

const SAVED_OPTIONS = "options.json";
export const MONITORED = "monitored.json";

/** What other commands leave beside the results of a run, which never touches it. */
const OF_OTHER_COMMANDS = [
  ...["artifact", "bench", "cloud", "verification"],
  ...["bench.json", "drift.md", "plan.md", "quality.json"],
];

/** What a run of the default plant writes, rounded up. */
const NEEDED_BYTES = 1024 ** 3;

/** The folder of a run: results on top, everything that `--resume` goes on from in `state/`. */
export class RunFolder {
  readonly predictions: string;
  readonly workList: string;
  readonly report: string;
  /** What the monitor shows beside runs: the machines at risk, the work list, and what became of files that landed. */
  readonly monitored: string;
  /** The pages of examination notebooks. */
  readonly notebooks: string;
  readonly state: string;

  private constructor(
    readonly out: string,
    private readonly options: RunOptions,
  ) {
    this.predictions = path.join(out, "predictions.csv");
    this.workList = path.join(out, "work_list.csv");
    this.report = path.join(out, "report.html");
    this.notebooks = path.join(out, "notebooks");
    this.state = path.join(out, "state");
    this.monitored = path.join(this.state, MONITORED);
  }

  /** Locks the folder, and empties it unless the run is resumed. Never touches a folder that is not a run's. */
  static open({ out, resume }: Pick<CommandLine, "out" | "resume">, options: RunOptions): RunFolder {
    const folder = new RunFolder(out, options);
    try {
      if (!resume) refuseForeignFolder(out, folder.state);
      makeFolder(folder.state);
      requireSpace(out);
      lock(folder.state);
      if (!resume) folder.empty();
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError(`--out ${out} cannot be written: ${messageOf(error)}`);
    }
    return folder;
  }

  /** A place in the state folder. */
  at(...names: readonly string[]): string {
    return path.join(this.state, ...names);
  }

  private empty(): void {
    for (const entry of readdirSync(this.state))
      if (entry !== "lock" && entry !== SAVED_OPTIONS) rmSync(this.at(entry), { recursive: true });
    for (const result of [this.predictions, this.workList, this.report, this.notebooks])
      rmSync(result, { recursive: true, force: true });
    writeFileAtomically(this.at(SAVED_OPTIONS), JSON.stringify(this.options, null, 2));
  }

  close(): void {
    rmSync(this.at("lock"), { force: true });
  }
}

function refuseForeignFolder(out: string, state: string): void {
  if (existsSync(path.join(state, SAVED_OPTIONS)) || existsSync(path.join(state, "lock"))) return;
  const foreign = existsSync(out) ? readdirSync(out).find((name) => !OF_OTHER_COMMANDS.includes(name)) : undefined;
  if (foreign !== undefined)
    throw new UserError(`--out ${out} holds ${foreign} and is not the folder of a run: name another, or empty it`);
}

/** Level by level: Node's recursive mkdir never returns where the system answers ENOENT, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

function isInside(folder: string, outer: string): boolean {
  return `${path.resolve(folder)}${path.sep}`.startsWith(`${path.resolve(outer)}${path.sep}`);
}

function requireSpace(out: string): void {
  const { bavail, bsize } = statfsSync(out);
  const megabytes = (bytes: number) => `${Math.floor(bytes / 1024 ** 2)} MB`;
  if (bavail * bsize < NEEDED_BYTES)
    throw new UserError(
      `--out ${out} has ${megabytes(bavail * bsize)} of free space, a run needs ${megabytes(NEEDED_BYTES)}`,
    );
}

/** One run at a time: the lock names the process, and one that is gone does not count. */
function lock(state: string): void {
  const file = path.join(state, "lock");
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    const owner = Number(readFileSync(file, "utf8"));
    if (owner > 0 && owner !== process.pid && isAlive(owner))
      throw new UserError(`another run (process ${owner}) uses this folder; if that is something else, delete ${file}`);
    rmSync(file);
    lock(state);
  }
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** The options of this run: those that were saved when it is resumed, which given ones must not contradict. */
export function resolveOptions({ out, resume, options, given }: CommandLine): RunOptions {
  const state = path.join(out, "state");
  if (!resume) {
    if (options.data !== undefined && isInside(options.data, state))
      throw new UserError(`--data ${options.data} lies in ${state}, which a fresh run empties`);
    return options;
  }
  const saved = savedOptions(out);
  if (saved === undefined) throw new UserError(`nothing to resume: ${out} holds no interrupted run`);
  const contradiction = given.find((name) => options[name] !== saved[name]);
  if (contradiction === undefined) return saved;
  const [now, before] = [options[contradiction], saved[contradiction] ?? "none"];
  throw new UserError(`${flag(contradiction)} ${now} contradicts the run that is resumed, which has ${before}`, 2);
}

/** The options of the run in a folder, if it holds one. */
export function savedOptions(out: string): RunOptions | undefined {
  const file = path.join(out, "state", SAVED_OPTIONS);
  return existsSync(file) ? readJson(file, runOptions) : undefined;
}
