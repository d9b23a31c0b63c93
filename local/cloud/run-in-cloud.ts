import { spawn } from "node:child_process";
import { constants } from "node:os";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { readAddress } from "../job/address";
import type { CloudOptions } from "./options";
import { withVariables } from "./variables";

/** Runs a program that finds this machine in the place of Azure; resolves to its exit code. Rejects with a `UserError` where it cannot be run. */
export async function runInCloud({ out, command: [program = "", ...parameters] }: CloudOptions): Promise<number> {
  const { variables } = readAddress(out);
  if (variables === undefined) throw new UserError(`${out} is watched by npm start: nothing can be deployed to it`);
  const child = spawn(program, parameters, { stdio: "inherit", env: withVariables(process.env, variables) });
  // A signal at the terminal is for the program, which may have something to finish.
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new UserError(`${program} cannot be run: ${messageOf(error)}`)));
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]));
  });
}
