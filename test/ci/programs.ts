import { runOperation } from "../../operations/command";
import { notify } from "../../operations/ci/notify";
import { deploy } from "../../operations/deploy/deploy";
import { runHere } from "../run-here";
import type { Outcome, Sandbox } from "./sandbox";

/** What the `main.ts` of a script calls, in the repository of a folder. */
const PROGRAMS: Readonly<Record<string, (parameters: readonly string[], root: string) => Promise<void>>> = {
  deploy,
  ci: notify,
};

/** Does in this process what a line does that runs one of `PROGRAMS`. */
export async function runLineHere(
  sandbox: Sandbox,
  line: string,
  variables: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const [, name, , ...parameters] = wordsOf(sandbox, line, variables);
  const environment = jest.replaceProperty(process, "env", { ...sandbox.variables(variables) });
  const folder = process.cwd();
  process.chdir(sandbox.path);
  try {
    const work = () => PROGRAMS[name!]!(parameters, sandbox.path);
    const { status, shown } = await runHere(() => runOperation(work));
    return { code: status, output: shown };
  } finally {
    process.chdir(folder);
    environment.restore();
  }
}

/** The words after `npm`, once a shell has put values and quotes in their places. */
function wordsOf(sandbox: Sandbox, line: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const { output } = sandbox.run(`npm() { printf '%s\\n' "$@"; }; ${line}`, variables);
  return output.trimEnd().split("\n");
}
