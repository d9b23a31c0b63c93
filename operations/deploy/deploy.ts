import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { STATEFUL } from "../../components/protection";
import type { Terraform } from "../terraform";
import { readPlan } from "./plan-file";
import { digest, forgetWave, PLAN, readWave, saveWave, type Wave } from "./saved-wave";

export interface DeployProps {
  readonly environment: string;
  /** Holds `stacks/<stack>`, each as it is synthesized, and the plans. */
  readonly folder: string;
  /** Ids of the stacks in the order in which they are deployed. */
  readonly stacks: readonly string[];
  readonly terraform: (folder: string) => Terraform;
}

/**
 * Plans as many stacks as can be planned now, and saves the plans: a stack that makes or changes what later ones read ends the wave.
 * With `readOnly` no state is locked, so that an identity that only reads can plan.
 */
export async function plan(props: DeployProps, readOnly: boolean): Promise<Wave> {
  const { environment, folder, stacks, terraform } = props;
  forgetWave(folder);
  const planned: Wave["stacks"] = [];
  for (const name of stacks) {
    const at = join(folder, "stacks", name);
    const run = terraform(at);
    await run.succeed("init", "-input=false");
    await run.succeed("plan", "-input=false", `-out=${PLAN}`, ...(readOnly ? ["-lock=false"] : []));
    const { changes, changesOutputs } = readPlan((await run.succeed("show", "-json", PLAN)).output);
    planned.push({
      name,
      changes: [...changes],
      plan: digest(join(at, PLAN)),
      source: digest(join(at, "cdk.tf.json")),
    });
    if (changesOutputs) break;
  }
  const wave = { environment, stacks: planned, later: stacks.slice(planned.length) };
  saveWave(folder, wave);
  return wave;
}

/** Applies exactly the saved plans. Refuses what was changed since, and what would lose data unless its address is named. */
export async function apply(
  { environment, folder, terraform }: DeployProps,
  allowed: readonly string[],
): Promise<Wave> {
  const wave = readWave(folder, environment);
  const lost = wave.stacks.flatMap(({ name, changes }) =>
    changes
      .filter(
        ({ type, action, address }) =>
          STATEFUL.includes(type) && ["replace", "destroy"].includes(action) && !allowed.includes(address),
      )
      .map(({ address, action }) => `${name} ${address} (${action})`),
  );
  if (lost.length > 0)
    throw new UserError(
      ["this would lose what is kept; name each by --allow ADDRESS to do it all the same:", ...lost].join("\n  "),
    );
  for (const { name, changes } of wave.stacks) {
    const at = join(folder, "stacks", name);
    if (changes.length > 0) await terraform(at).show("apply", "-input=false", PLAN);
    rmSync(join(at, PLAN));
  }
  forgetWave(folder);
  return wave;
}
