import { setTimeout as sleep } from "node:timers/promises";
import type { Json } from "./json";

/** An activity's policy as the service writes it; values may be expressions. */
export interface PolicyDefinition {
  readonly timeout?: Json | undefined;
  readonly retry?: Json | undefined;
  readonly retryIntervalInSeconds?: Json | undefined;
}

export interface Policy {
  readonly timeoutSeconds: number;
  readonly retry: number;
  readonly retryIntervalInSeconds: number;
}

/** Reads an evaluated policy; the service's defaults are 12 hours, no retry, 30 seconds between retries. */
export function readPolicy(definition: PolicyDefinition): Policy {
  return {
    timeoutSeconds: parseTimeSpan(definition.timeout ?? "0.12:00:00"),
    retry: count("retry", definition.retry ?? 0),
    retryIntervalInSeconds: count("retryIntervalInSeconds", definition.retryIntervalInSeconds ?? 30),
  };
}

const TIME_SPAN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/;

/** Seconds of `d.hh:mm:ss`. */
export function parseTimeSpan(value: Json): number {
  const found = typeof value === "string" ? TIME_SPAN.exec(value) : null;
  if (found === null) throw new Error(`policy.timeout is ${JSON.stringify(value)}, expected d.hh:mm:ss`);
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}

function count(name: string, value: Json): number {
  const result = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof result === "number" && Number.isInteger(result) && result >= 0) return result;
  throw new Error(`policy.${name} is ${JSON.stringify(value)}, expected a whole number from 0`);
}

/** The longest delay that a timer of Node takes (24.8 days). */
const LONGEST_DELAY = 2 ** 31 - 1;

/**
 * Tries `attempt` once and `retry` times more, each within the timeout; none follows an error that `isFinal`.
 * `signal` cancels: the attempt in progress is told, no other follows, and the signal's reason is thrown.
 */
export async function withPolicy<T>(
  policy: Policy,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
  isFinal: (error: unknown) => boolean,
  onFailure: (error: unknown, left: number) => void,
): Promise<T> {
  for (let left = policy.retry; ; left--) {
    signal.throwIfAborted();
    try {
      return await withTimeout(policy.timeoutSeconds, signal, attempt);
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error, left);
      if (left === 0 || isFinal(error)) throw error;
    }
    await sleep(policy.retryIntervalInSeconds * 1000, undefined, { signal });
  }
}

async function withTimeout<T>(
  seconds: number,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const late = () => controller.abort(new Error(`timed out after ${seconds} s`));
  const cancelled = () => controller.abort(signal.reason);
  const timer = setTimeout(late, Math.min(seconds * 1000, LONGEST_DELAY));
  signal.addEventListener("abort", cancelled);
  const aborted = new Promise<never>((_, reject) =>
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason as Error)),
  );
  try {
    // The race ends the activity even if its work does not listen to the signal.
    return await Promise.race([attempt(controller.signal), aborted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancelled);
  }
}
