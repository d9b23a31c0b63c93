import type { Clock } from "../clock";
import type { Json } from "../json";
import { ActivityError } from "./activities/activity-error";

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

/** What an activity without a policy goes by. */
export const NO_POLICY: Policy = { timeoutSeconds: Infinity, retry: 0, retryIntervalInSeconds: 0 };

/** Reads an evaluated policy; the service's defaults are 12 hours, no retry, 30 seconds between retries. */
export function readPolicy(definition: PolicyDefinition): Policy {
  return {
    timeoutSeconds: parseTimeSpan(definition.timeout ?? "0.12:00:00", "policy.timeout"),
    retry: count("retry", definition.retry ?? 0),
    retryIntervalInSeconds: count("retryIntervalInSeconds", definition.retryIntervalInSeconds ?? 30),
  };
}

const TIME_SPAN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/;

/** Seconds of `d.hh:mm:ss`. */
export function parseTimeSpan(value: Json, name: string): number {
  const found = typeof value === "string" ? TIME_SPAN.exec(value) : null;
  if (found === null) throw new Error(`${name} is ${JSON.stringify(value)}, expected d.hh:mm:ss`);
  const [days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!;
}

function count(name: string, value: Json): number {
  const result = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof result === "number" && Number.isInteger(result) && result >= 0) return result;
  throw new Error(`policy.${name} is ${JSON.stringify(value)}, expected a whole number from 0`);
}

export interface Attempts<T> {
  readonly policy: Policy;
  readonly clock: Clock;
  /** Cancels: the attempt in progress is told, no other follows, and the signal's reason is thrown. */
  readonly signal: AbortSignal;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
  /** Whether no attempt follows an error, whatever the policy says. */
  readonly isFinal: (error: unknown) => boolean;
  /** Told of each failure, and how many attempts the policy has left. */
  readonly onFailure: (error: unknown, left: number) => void;
}

/** Tries once and `retry` times more, each within the timeout. */
export async function withPolicy<T>(attempts: Attempts<T>): Promise<T> {
  const { policy, clock, signal, attempt, isFinal, onFailure } = attempts;
  for (let left = policy.retry; ; left--) {
    signal.throwIfAborted();
    try {
      return await withTimeout(policy.timeoutSeconds, clock, signal, attempt);
    } catch (error) {
      signal.throwIfAborted();
      onFailure(error, left);
      if (left === 0 || isFinal(error)) throw error;
    }
    await clock.sleep(policy.retryIntervalInSeconds * 1000, signal);
  }
}

/** Tells the work when its time is over, and does not wait for it then. */
export async function withTimeout<T>(
  seconds: number,
  clock: Clock,
  signal: AbortSignal,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const ended = new AbortController();
  const either = AbortSignal.any([late.signal, signal]);
  const aborted = new Promise<never>((_, reject) =>
    either.addEventListener("abort", () => reject(either.reason), { once: true }),
  );
  if (seconds < Infinity)
    clock.sleep(seconds * 1000, ended.signal).then(
      () => late.abort(new ActivityError(`timed out after ${seconds} s`, { errorCode: "Timeout" })),
      () => undefined,
    );
  try {
    // The race ends the activity even if its work does not listen to the signal.
    return await Promise.race([attempt(either), aborted]);
  } finally {
    ended.abort();
  }
}
