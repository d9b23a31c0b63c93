import type { ActivityPolicy } from "./activity-base";

/** What of a policy the service refuses. */
export function policyProblems({ timeout, retry, retryIntervalInSeconds }: ActivityPolicy): readonly string[] {
  const minutes = timeoutMinutes(timeout);
  const interval = retryIntervalInSeconds;
  return [
    ...(minutes >= 10 && minutes <= 7 * 24 * 60
      ? []
      : [`timeout is "${timeout}"; allowed: d.hh:mm:ss from 0.00:10:00 to 7.00:00:00`]),
    ...(Number.isInteger(retry) && retry >= 0 ? [] : [`retry is ${retry}; allowed: a whole number from 0`]),
    ...(Number.isInteger(interval) && interval >= 30 && interval <= 86_400
      ? []
      : [`retryIntervalInSeconds is ${interval}; allowed: a whole number of seconds from 30 to 86400`]),
  ];
}

function timeoutMinutes(timeout: string): number {
  const parts = /^(\d+)\.([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(timeout);
  if (!parts) return NaN;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map(Number);
  return (days * 24 + hours) * 60 + minutes + seconds / 60;
}
