import { spawnSync } from "node:child_process";
import { Problem } from "./step.mjs";

const lowest = 10;
const highest = 13;

export const venvPython =
  process.platform === "win32" ? ".runtime/venv/Scripts/python.exe" : ".runtime/venv/bin/python";

/** The first Python 3.10 to 3.13 on the path: the locked packages have wheels for these. */
export function findPython() {
  const commands = ["python3", "python", "python3.12", "python3.11", "python3.10", "python3.13"];
  const seen = [];
  for (const command of commands) {
    const asked = spawnSync(command, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], { encoding: "utf8" });
    if (asked.status !== 0) continue;
    const version = asked.stdout.trim();
    const [major, minor] = version.split(".").map(Number);
    if (major === 3 && minor >= lowest && minor <= highest) return { command, version };
    seen.push(`${command} is ${version}`);
  }
  const found = seen.length > 0 ? seen.join(", ") : "no Python on the path";
  throw new Problem(`Python 3.${lowest} to 3.${highest} is needed: ${found}.`);
}
