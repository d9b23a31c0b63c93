// Sets up what a program needs, `bench` and `scan` more, and runs it: `node setup/run.mjs local/job/main.ts …`. Who asks for help waits for nothing.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";

const [program, ...parameters] = process.argv.slice(2);

if (!parameters.includes("--help") || !existsSync("node_modules/.package-lock.json")) {
  const { status } = spawnSync(process.execPath, ["setup/main.mjs", dirname(program)], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

process.argv.splice(1, Infinity, resolve(program), ...parameters);
await import("tsx");
createRequire(import.meta.url)(resolve(program));
