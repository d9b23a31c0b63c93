// A set-up step runs when its inputs changed or its result is gone, shows its progress and leaves a stamp when it is done.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

export const log = ".runtime/setup.log";

/** What the user can mend; its message is all that is shown. */
export class Problem extends Error {}

/** @param {{name: string, inputs: string[], intact: () => boolean, work: () => Promise<void>}} step */
export async function perform({ name, inputs, intact, work }) {
  const stamp = `.runtime/stamps/${name.replace(/[^A-Za-z]+/g, "-").toLowerCase()}`;
  const key = createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === key && intact()) return;
  rmSync(stamp, { force: true });
  const begin = Date.now();
  console.log(`Set-up: ${name} …`);
  await work();
  mkdirSync(".runtime/stamps", { recursive: true });
  writeFileSync(stamp, key);
  console.log(`Set-up: ${name} ready (${Math.round((Date.now() - begin) / 1000)} s)`);
}

/** Runs a command, its output in the log and its latest line on the screen; fails with a Problem. */
export function run(command, args, { env = {}, hint } = {}) {
  const output = createWriteStream(log, { flags: "a" });
  output.write(`\n$ ${command} ${args.join(" ")}\n`);
  const begin = Date.now();
  let last = "";
  let told = "";
  const show = () => {
    const text = `  ${Math.round((Date.now() - begin) / 1000)} s  ${basename(command)}: ${last}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text.slice(0, process.stdout.columns - 1)}`);
    else console.log(text.slice(0, 160));
  };
  const progress = setInterval(show, process.stdout.isTTY ? 500 : 20_000);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, shell: process.platform === "win32" });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output.write(chunk);
        const lines = chunk
          .toString()
          .split(/[\r\n]+/)
          .filter((line) => line.trim() !== "");
        last = lines.at(-1) ?? last;
        told ||= lines.find((line) => /error/i.test(line) && !/error (code|errno|syscall)/i.test(line)) ?? "";
      });
    }
    const settle = (failure) => {
      clearInterval(progress);
      if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
      output.end();
      if (failure)
        reject(
          new Problem(
            [hint, `${command} ${args.slice(0, 3).join(" ")}: ${failure.trim()}.`, `Log: ${log}`]
              .filter(Boolean)
              .join(" "),
          ),
        );
      else resolve();
    };
    child.on("error", (error) => settle(error.code === "ENOENT" ? "not found" : error.message));
    child.on("close", (code) => settle(code === 0 ? undefined : told || last || `exit code ${code}`));
  });
}
