import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Whether a request names this machine and no other: a name that somebody has led here is none of it. */
export function namesThisMachine({ host = "" }: IncomingHttpHeaders): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** Whether a request is authorized by this token; how long the answer takes tells nothing of it. */
export function hasToken({ authorization = "" }: IncomingHttpHeaders, token: string): boolean {
  const given = Buffer.from(authorization);
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
