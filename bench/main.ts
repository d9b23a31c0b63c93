// Hands the command line to bench/main.py, with the Python and the Java that the set-up found.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { readRuntime } from "../local/command/runtime";

const parameters = process.argv.slice(2);
// Help needs no more than any Python.
const { python, javaHome } = parameters.includes("--help")
  ? { python: "python3", javaHome: undefined }
  : readRuntime(resolve("."));
const { status, error } = spawnSync(python, [join(__dirname, "main.py"), ...parameters], {
  stdio: "inherit",
  env: { ...process.env, ...(javaHome !== undefined && { JAVA_HOME: javaHome }) },
});
if (error) throw error;
process.exitCode = status ?? 1;
