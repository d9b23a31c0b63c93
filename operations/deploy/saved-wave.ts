import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../command-line/user-error";
import { STATEFUL } from "../../components/protection";
import { digest } from "../digest";
import { change } from "./plan-file";

const wave = z.object({
  environment: z.string(),
  /** Id of the subscription that it was planned in. */
  subscription: z.string(),
  /** SHA-256 of the artifact that the stacks are from. */
  artifact: z.string(),
  /** The month in UTC in which it was planned, such as 2026-11. */
  month: z.string(),
  /** The stacks that are planned, in the order in which they are applied. */
  stacks: z.array(
    z.object({
      name: z.string(),
      changes: z.array(change),
      /** SHA-256 of the plan file and of the stack that it is of. */
      plan: z.string(),
      source: z.string(),
      /** Why it is compared with its state only, where whoever planned may not read what is there. */
      unread: z.string().optional(),
      /** Lineage and serial of the state that was planned against; empty where there was none. */
      state: z.string(),
    }),
  ),
  /** The stacks that can be planned only when these are applied. */
  later: z.array(z.string()),
});

/** What one approval is about: plans of stacks that do not wait for each other. */
export type Wave = z.infer<typeof wave>;

/** The machine-readable summary of a wave, beside its plans. */
export const WAVE = "wave.json";

export const PLAN = "tfplan";

export const hasChanges = ({ stacks }: Wave): boolean => stacks.some(({ changes }) => changes.length > 0);

/** What a wave would destroy or replace though it holds data, but what is named. */
export function lostBy({ stacks }: Wave, allowed: readonly string[]): readonly string[] {
  return stacks.flatMap(({ name, changes }) =>
    changes
      .filter(({ type, action }) => STATEFUL.includes(type) && ["replace", "destroy"].includes(action))
      .filter(({ address }) => !allowed.includes(address))
      .map(({ address, action, details }) => `${name} ${address} (${[action, ...details].join(" ")})`),
  );
}

export const thisMonth = (): string => new Date().toISOString().slice(0, 7);

/** Throws `UserError` where a wave would make a budget that begins with a month that is over, which Azure refuses. */
export function refusePastBudget({ month, stacks }: Wave): void {
  if (month === thisMonth()) return;
  const budgets = stacks.flatMap(({ changes }) =>
    changes.filter(({ type, action }) => BUDGETS.test(type) && ["create", "replace"].includes(action)),
  );
  if (budgets.length > 0)
    throw new UserError(
      `this plan is from ${month}, and Azure refuses a new budget that starts in a past month: plan again (${budgets.map(({ address }) => address).join(", ")})`,
    );
}

const BUDGETS = /^azurerm_consumption_budget_/;

/** Throws `UserError` where a wave would lose what is kept and nobody has said that it may. */
export function refuseLoss(wave: Wave, allowed: readonly string[]): void {
  const lost = lostBy(wave, allowed);
  if (lost.length > 0)
    throw new UserError(
      ["this would destroy or replace what holds data; to proceed, name each with --allow ADDRESS:", ...lost].join(
        "\n  ",
      ),
    );
}

/** Takes back what could be approved. */
export function forgetWave(folder: string): void {
  rmSync(join(folder, WAVE), { force: true });
}

export function saveWave(folder: string, saved: Wave): void {
  writeFileSync(join(folder, WAVE), `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 });
}

/** The wave that was planned in a folder. Throws `UserError` where there is none, or one of another environment or subscription, or files have changed since. */
export function readWave(folder: string, environment: string, subscription: string): Wave {
  const file = join(folder, WAVE);
  if (!existsSync(file))
    throw new UserError(`there is no plan of ${environment}: npm run deploy -- plan --environment ${environment}`);
  const saved = wave.parse(JSON.parse(readFileSync(file, "utf8")));
  if (saved.environment !== environment)
    throw new UserError(`the plan in ${folder} is of ${saved.environment}, not of ${environment}`);
  if (saved.subscription !== subscription)
    throw new UserError(
      `the plan is of the subscription ${saved.subscription}, ARM_SUBSCRIPTION_ID is ${subscription}`,
    );
  const foreign = saved.stacks.filter(({ name, plan, source }) => {
    const of = (path: string) => join(folder, "stacks", name, path);
    return (
      [PLAN, "cdk.tf.json"].some((path) => !existsSync(of(path))) ||
      digest(of(PLAN)) !== plan ||
      digest(of("cdk.tf.json")) !== source
    );
  });
  if (foreign.length > 0)
    throw new UserError(`changed since the plan was saved: ${foreign.map(({ name }) => name).join(", ")}; plan again`);
  return saved;
}
