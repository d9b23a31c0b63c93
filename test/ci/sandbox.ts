import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { copyRepository } from "../repository";

/** What a command says and how it ends. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** What a wrong parameter or a mistake in a program leads to. */
export const refusals = ({ output }: Outcome): readonly string[] =>
  output.match(
    /.*(unknown option|unexpected argument|argument missing|missing required argument|required option|the action is|There is no environment|allowed: a file| +at .*:\d+:\d+).*/g,
  ) ?? [];

/**
 * Of no command that is run here; a set-up would empty the packages that the copy shares, and each module of the
 * notebooks takes several folders of an artifact.
 */
const LEFT_OUT = ["bench", "docs", "setup/main.mjs", "test", "notebooks/predictive_maintenance"];

/** Of this machine's variables, what programs need to start; nothing says who is signed in, or that a pipeline runs. */
const KEPT = ["HOME", "LANG", "TMPDIR"];

/** A copy of the repository on a machine without Azure, so that commands can be run as a pipeline runs them and touch nobody's plans. */
export class Sandbox {
  readonly path = mkdtempSync(join(tmpdir(), "pipeline-test-"));
  private readonly programs = join(this.path, ".programs");

  constructor() {
    copyRepository(this.path, LEFT_OUT);
    mkdirSync(this.programs);
  }

  /** Puts a program in front of this machine's own. */
  install(name: string, text: string): void {
    writeFileSync(join(this.programs, name), text);
    chmodSync(join(this.programs, name), 0o755);
  }

  /** Runs a line as a step of a pipeline does. Bash takes Node's pipe for a network and would run what the user has in `.bashrc`. */
  run(line: string, variables: Readonly<Record<string, string>>): Outcome {
    const { status, stdout, stderr } = spawnSync("bash", ["--norc", "-c", line], {
      cwd: this.path,
      encoding: "utf8",
      env: this.variables(variables),
    });
    return { code: status, output: stdout + stderr };
  }

  /** All that a program is told by its environment. */
  variables(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
    const PATH = [this.programs, dirname(process.execPath), process.env["PATH"]].join(delimiter);
    return { ...Object.fromEntries(kept), PATH, npm_config_update_notifier: "false", ...more };
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
