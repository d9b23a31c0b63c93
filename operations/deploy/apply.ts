import { rmSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import type { Locks } from "./locks";
import { type DeployProps, stateOf } from "./plan";
import { forgetWave, hasChanges, PLAN, readWave, refuseLoss, refusePastBudget, type Wave } from "./saved-wave";

/** The factory while its environment is changed. */
export interface Traffic {
  /** Until this has ended nothing starts and nothing runs. Throws `UserError` where a run does not end, and lets everything start again before. */
  stop(): Promise<void>;
  /** Everything that the environment declares can start again, and what nobody has started meanwhile is started. */
  resume(): Promise<void>;
}

/** Keeps what is applied, so that it can be applied again. */
export interface Ledger {
  /** Called before anything is changed: what cannot be kept is not applied. */
  keep(artifact: string): Promise<void>;
  /** Called when all stacks are as the artifact has them. */
  record(artifact: string): Promise<void>;
}

/** What a deployment has to do with besides Terraform. */
export interface Around {
  readonly traffic: Traffic;
  readonly ledger: Ledger;
  readonly locks: Locks;
}

/**
 * Applies exactly the saved plans, while nothing runs and nothing is locked that a plan deletes. Refuses what was changed since, a state that is another now, and what would lose data
 * unless its address is named.
 */
export async function apply(
  props: DeployProps,
  allowed: readonly string[],
  { traffic, ledger, locks }: Around,
): Promise<Wave> {
  const { environment, subscription, folder, terraform } = props;
  const wave = readWave(folder, environment, subscription);
  refuseLoss(wave, allowed);
  refusePastBudget(wave);
  await refuseStale(props, wave);
  await ledger.keep(wave.artifact);
  if (hasChanges(wave)) {
    await traffic.stop();
    await applyStacks();
  }
  forgetWave(folder);
  if (wave.later.length === 0) {
    await traffic.resume();
    await ledger.record(wave.artifact);
  }
  return wave;

  async function applyStacks(): Promise<void> {
    for (const { name, changes } of wave.stacks) {
      const at = join(folder, "stacks", name);
      if (changes.length > 0)
        await locks
          .lifted(
            changes.flatMap(({ deletes }) => deletes),
            () => terraform(at).show("apply", "-input=false", PLAN),
          )
          .catch((error: unknown) => {
            throw new UserError(
              `${name}: ${messageOf(error)}. The triggers are stopped: plan and apply again, or npm run triggers -- start --environment ${environment}`,
            );
          });
      rmSync(join(at, PLAN));
    }
  }
}

/** Asked before anything is stopped; Terraform refuses a stale plan once more when it applies it. */
async function refuseStale({ folder, terraform }: DeployProps, { stacks }: Wave): Promise<void> {
  const stale: string[] = [];
  for (const { name, state } of stacks) {
    const run = terraform(join(folder, "stacks", name));
    await run.succeed("init", "-input=false");
    if ((await stateOf(run)) !== state) stale.push(name);
  }
  if (stale.length > 0) throw new UserError(`the state of ${stale.join(", ")} has changed since the plan; plan again`);
}
