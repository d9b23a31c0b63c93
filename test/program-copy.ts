import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "./repository";
import { type Ended, runHere } from "./run-here";

const SOURCES = [
  ...["main.ts", "tsconfig.json", "package.json"],
  ...["command-line", "components", "contract", "environments", "notebooks", "pipelines", "stacks"],
];

/** Runs in this process what `main.ts` of a copy of the repository runs; the stacks go to another folder. */
export async function synthHere(copy: string, outdir: string): Promise<Ended> {
  jest.resetModules();
  const { write } = jest.requireActual<typeof import("../stacks/write")>(join(copy, "stacks", "write.ts"));
  const environment = jest.replaceProperty(process, "env", { ...process.env, CDKTF_OUTDIR: outdir });
  try {
    return await runHere(() => write([], copy));
  } finally {
    environment.restore();
  }
}

/** Each module of the notebooks takes several folders to synthesize. */
const MODULES = "notebooks/predictive_maintenance";

/** A copy of the program, where a test changes what it likes; without the modules that the notebooks import, unless it has to be whole. */
export class ProgramCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "program-"));

  constructor({ whole = false } = {}) {
    const left = whole ? undefined : join(repository, MODULES);
    for (const source of SOURCES)
      cpSync(join(repository, source), join(this.folder, source), { recursive: true, filter: (from) => from !== left });
    symlinkSync(join(repository, "node_modules"), join(this.folder, "node_modules"), "junction");
  }

  /** Replaces a text of a file, which must be there. */
  edit(file: string, from: string, to: string): void {
    const text = readFileSync(join(this.folder, file), "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(join(this.folder, file), text.replace(from, to));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs `main.ts` of the copy, or of another folder; the stacks go to a folder of the copy. */
  synth(outdir: string, folder = this.folder) {
    return spawnSync(process.execPath, ["--require", "tsx/cjs", join(folder, "main.ts")], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: join(this.folder, outdir) },
    });
  }

  /** The same in this process, which takes half the time. */
  synthHere(outdir: string): Promise<Ended> {
    return synthHere(this.folder, join(this.folder, outdir));
  }

  /** A synthesized stack. */
  stack(outdir: string, name: string) {
    return JSON.parse(readFileSync(join(this.folder, outdir, "stacks", name, "cdk.tf.json"), "utf8"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
