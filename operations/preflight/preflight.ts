import { UserError } from "../../command-line/user-error";
import { explain } from "../azure-errors";
import { budgets } from "./budgets";
import { nodeTypes, quota } from "./capacity";
import type { Check, Finding, Surroundings } from "./check";
import { factoryName, managedGroup, storageName } from "./names";
import { permissions, states } from "./permissions";
import { registrations, subscription } from "./subscription";
import { groups } from "./groups";
import { signIns } from "./sign-in";
import { metastore, reachability } from "./workspace";

/** In the order in which they are told. */
export const checks: readonly Check[] = [
  subscription,
  signIns,
  registrations,
  permissions,
  states,
  nodeTypes,
  quota,
  budgets,
  storageName,
  factoryName,
  managedGroup,
  metastore,
  groups,
  reachability,
];

/** Runs every check, also after one that failed, and tells each in one line. Returns how many problems there are. */
export async function preflight(surroundings: Surroundings, list: readonly Check[] = checks): Promise<number> {
  let problems = 0;
  for (const { name, run } of list) {
    const { state, text } = await run(surroundings).catch(asProblem);
    console.log(`${state.padEnd(8)} ${name.padEnd(19)} ${text}`);
    if (state === "problem") problems += 1;
  }
  return problems;
}

/** What Azure refuses to tell, or tells in another way, is a problem too; a mistake in this program is not told as one. */
function asProblem(error: unknown): Finding {
  const text = error instanceof UserError ? error.message : explain(error);
  if (text === undefined) throw error;
  return { state: "problem", text };
}
