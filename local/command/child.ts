import { spawn } from "node:child_process";
import { UserError } from "../../command-line/user-error";

/** Runs a program to its end; when it fails, what it wrote to its standard error is the message. */
export async function runChild(
  name: string,
  program: string,
  parameters: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<void> {
  options.signal.throwIfAborted();
  const child = spawn(program, parameters, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) return resolve();
      reject(new UserError(`${name} failed: ${complaint.trim() || (signal ?? `exit code ${code}`)}`));
    });
  });
}
