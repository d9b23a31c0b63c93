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
  { timeout, interval }: Patience,
  ask: () => Promise<string>,
  wanted: string,
): Promise<void> {
  const end = Date.now() + timeout;
  let told = "";
  for (let state = await ask(); state !== wanted; state = await ask()) {
    if (state !== told) console.log(`${what} is ${state}; waiting until it is ${wanted}`);
    told = state;
    if (Date.now() >= end)
      throw new UserError(
        `${what} is still ${state} after ${timeout / 60_000} minutes, not ${wanted}: try again later`,
      );
    await sleep(interval);
  }
}
