import { isArray, isObject, isSameName, type Json, type JsonObject } from "../json";
import type { ActivityRun } from "./records";

/** What stands in the place of a secret in an input. */
export const MASK = "**********";

/** An input without the values that the service calls secure: of a `SecureString`, and the password or certificate of an authentication. */
export function withoutSecrets(input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, masked(value, name)]));
}

function masked(value: Json, name: string): Json {
  if (isArray(value)) return value.map((item) => masked(item, ""));
  if (!isObject(value)) return value;
  const { type } = value;
  const isSecret = (key: string): boolean =>
    typeof type === "string" && isSameName(type, "SecureString")
      ? isSameName(key, "value")
      : isSameName(name, "authentication") && ["password", "pfx"].some((secret) => isSameName(key, secret));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecret(key) ? MASK : masked(item, key)]),
  );
}

/** What stands in the place of the message of an activity whose values are not to be seen. */
export const HIDDEN = "hidden, as the activity's policy says secureInput or secureOutput";

/** A run without what the policy keeps out of the history. */
export function withoutValues(run: ActivityRun): ActivityRun {
  const { name, type, id, status, start, end, attempts, branch, iteration, linkedService } = run;
  const { kept, errorCode, failureType, target } = run;
  return {
    name,
    type,
    ...(id !== undefined && { id }),
    status,
    start,
    end,
    attempts,
    isSecure: true,
    ...(branch !== undefined && { branch }),
    ...(iteration !== undefined && { iteration }),
    ...(linkedService !== undefined && { linkedService }),
    ...(kept && { kept }),
    ...(run.error !== undefined && { error: HIDDEN }),
    ...(errorCode !== undefined && { errorCode }),
    ...(failureType !== undefined && { failureType }),
    ...(target !== undefined && { target }),
  };
}

/** What may be told of a run that has not succeeded. */
export function messageOf({ isSecure, error, status }: ActivityRun): string {
  return isSecure ? HIDDEN : (error ?? status);
}
