import { runOperation } from "../../operations/command";
import { notify } from "../../operations/ci/notify";
import { deploy } from "../../operations/deploy/deploy";
import type { Outcome, Sandbox } from "./sandbox";

/** What the `main.ts` of a script calls, in the repository of a folder. */
const PROGRAMS: Readonly<Record<string, (parameters: readonly string[], root: string) => Promise<void>>> = {
  deploy,
  ci: notify,
};

/** The words of a line that starts npm, once a shell has put values and quotes in their places. */
export function wordsOf(
  sandbox: Sandbox,
  line: string,
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  const { output } = sandbox.run(`npm() { printf '%s\\n' "$@"; }; ${line}`, variables);
  return output.trimEnd().split("\n");
}

/** Does in this process what a line does that runs one of `PROGRAMS`: starting npm and compiling takes seconds. */
export async function runHere(
  sandbox: Sandbox,
  line: string,
  variables: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const [, name, , ...parameters] = wordsOf(sandbox, line, variables);
  const said: string[] = [];
  const shown = (["log", "error"] as const).map((method) =>
    jest.spyOn(console, method).mockImplementation((...texts) => void said.push(`${texts.join(" ")}\n`)),
  );
  const environment = jest.replaceProperty(process, "env", { ...sandbox.variables(variables) });
  const { exitCode } = process;
  const folder = process.cwd();
  process.chdir(sandbox.path);
  try {
    await runOperation(() => PROGRAMS[name!]!(parameters, sandbox.path));
    return { code: Number(process.exitCode ?? 0), output: said.join("") };
  } finally {
    process.chdir(folder);
    process.exitCode = exitCode;
    environment.restore();
    for (const spy of shown) spy.mockRestore();
  }
}
