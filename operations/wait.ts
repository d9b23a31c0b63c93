import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../command-line/user-error";

/** How long to wait for Azure, and how often to ask, both in milliseconds. */
export interface Patience {
  readonly timeout: number;
  readonly interval: number;
}

/** Asks for a state until it is the one that is wanted, and tells of each other one. Throws `UserError` when time is up. */
export async function waitUntil(
  what: string,
  patience: Patience,
  ask: () => Promise<string>,
  wanted: string,
): Promise<void> {
  await wait(what, patience, ask, (state) => state === wanted, wanted);
}

/** Asks for a state until it is none of those that pass by themselves; returns it. Throws `UserError` when time is up. */
export function waitWhile(
  what: string,
  patience: Patience,
  ask: () => Promise<string>,
  passing: readonly string[],
): Promise<string> {
  return wait(what, patience, ask, (state) => !passing.includes(state), "settled");
}

async function wait(
  what: string,
  { timeout, interval }: Patience,
  ask: () => Promise<string>,
  isEnough: (state: string) => boolean,
  wanted: string,
): Promise<string> {
  const end = Date.now() + timeout;
  let told = "";
  for (;;) {
    const state = await ask();
    if (isEnough(state)) return state;
    if (state !== told) console.log(`${what} is ${state}; waiting until it is ${wanted}`);
    told = state;
    if (Date.now() >= end)
      throw new UserError(
        `${what} is still ${state} after ${timeout / 60_000} minutes, not ${wanted}: try again later`,
      );
    await sleep(interval);
  }
}
