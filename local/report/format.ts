/** `2016-01-01 12:00` of an ISO 8601 time, in UTC. */
export function minute(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}

/** `18:03:22`. */
export function clock(time: string): string {
  return time.slice(11, 19);
}

/** `7.4 s`, `2 min 05 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share >= 0.0005 && share < 0.1 ? 1 : 0)} %`;
}

/** `0.914`; a dash when there is nothing to divide by. */
export function ratio(value: number | null): string {
  return value === null || Number.isNaN(value) ? "–" : value.toFixed(3);
}

/** `1,230`, `0.457`: three digits that count; a dash for what was not measured. */
export function amount(value: number | null): string {
  return value === null ? "–" : value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** `876,100`. */
export function count(value: number): string {
  return value.toLocaleString("en");
}
