import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import { digest } from "../digest";
import type { Terraform } from "../terraform";
import { readPlan } from "./plan-file";
import { forgetWave, PLAN, saveWave, thisMonth, type Wave } from "./saved-wave";

export interface DeployProps {
  readonly environment: string;
  /** Id of the subscription that Terraform works in. */
  readonly subscription: string;
  /** Holds `stacks/<stack>`, each as it is synthesized, and the plans. */
  readonly folder: string;
  /** Ids of the stacks in the order in which they are deployed. */
  readonly stacks: readonly string[];
  readonly terraform: (folder: string) => Terraform;
}

export interface PlanOptions {
  /** SHA-256 of the artifact that the stacks are from. */
  readonly artifact: string;
  /** Lock no state, so that an identity that only reads can plan. */
  readonly readOnly: boolean;
}

/**
 * Plans as many stacks as can be planned now, and saves the plans: a stack that makes or changes what later ones read ends the wave.
 */
export async function plan(props: DeployProps, { artifact, readOnly }: PlanOptions): Promise<Wave> {
  const { environment, subscription, folder, stacks, terraform } = props;
  forgetWave(folder);
  const planned: Wave["stacks"] = [];
  for (const name of stacks) {
    console.log(`${name}: planning`);
    const at = join(folder, "stacks", name);
    const run = terraform(at);
    await run.succeed("init", "-input=false").catch((error: Error) => {
      throw readOnly ? withoutState(error, name, environment) : error;
    });
    const unread = await planStack(run, readOnly);
    const { changes, changesOutputs } = readPlan((await run.succeed("show", "-json", PLAN)).output);
    planned.push({
      name,
      changes: [...changes],
      ...(unread !== undefined && { unread }),
      plan: digest(join(at, PLAN)),
      source: digest(join(at, "cdk.tf.json")),
      state: await stateOf(run),
    });
    if (changesOutputs) break;
  }
  const wave = {
    environment,
    subscription,
    artifact,
    month: thisMonth(),
    stacks: planned,
    later: stacks.slice(planned.length),
  };
  saveWave(folder, wave);
  return wave;
}

/** Terraform writes a state where there is none, which who only reads may not. */
function withoutState(error: Error, stack: string, environment: string): Error {
  if (!/\b403\b/.test(error.message)) return error;
  return new UserError(
    `${stack} has no state yet, or this sign-in may not read it: an owner must run npm run bootstrap -- --environment ${environment}, which creates states and roles`,
  );
}

/**
 * Plans a stack. An identity that only reads is not let into the workspace: what it may not read it compares with the state alone, and the
 * reason is returned. Throws `UserError` with what Terraform says where there is no plan either way.
 */
async function planStack(terraform: Terraform, readOnly: boolean): Promise<string | undefined> {
  const args = ["plan", "-input=false", `-out=${PLAN}`];
  if (!readOnly) {
    await terraform.succeed(...args);
    return undefined;
  }
  const { code, output } = await terraform.ask(...args, "-lock=false");
  if (code === 0) return undefined;
  await terraform.succeed(...args, "-lock=false", "-refresh=false");
  return (/Error: (.*)/.exec(output)?.[1] ?? `code ${code}`).trim();
}

const state = z.object({ lineage: z.string(), serial: z.int() });

/** Which state a stack has now. The state itself holds secrets and goes nowhere. */
export async function stateOf(terraform: Terraform): Promise<string> {
  const { output } = await terraform.succeed("state", "pull");
  if (output.trim() === "") return "";
  const { lineage, serial } = state.parse(JSON.parse(output));
  return `${lineage} ${serial}`;
}
