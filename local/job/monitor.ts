import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Cleanup } from "../command/cleanup";

export interface MonitoredRun {
  readonly environment: string;
  /** The folder of the run, where its address is. */
  readonly out: string;
  /** The repository. */
  readonly root: string;
}

/** Starts the page that shows the run, a program of its own, until the clean-up; says its URL, or why there is none. */
export function startMonitor(
  { environment, out, root }: MonitoredRun,
  say: (line: string) => void,
  cleanup: Cleanup,
): void {
  const program = ["--import", "tsx", path.join("operations", "monitor", "main.ts")];
  const page = spawn(process.execPath, [...program, "--environment", environment, "--local", out], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // Ctrl-C at the terminal is for this process, which stops the page
  });
  cleanup.add(() => void page.kill());
  const problem = text(page.stderr);
  createInterface({ input: page.stdout }).once("line", (url) => say(`Monitor: ${url}`));
  page.once("exit", (code) => {
    if (code !== null && code > 0) void problem.then((why) => say(`Monitor: none: ${why.trim()}`));
  });
}
