import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Whether a request names this machine and no other: a name that somebody has led here is none of it. */
export function namesThisMachine({ host = "" }: IncomingHttpHeaders): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

/** Whether a request is authorized by this token. */
export function hasToken({ authorization }: IncomingHttpHeaders, token: string): boolean {
  return isSecret(authorization, `Bearer ${token}`);
}

/** Whether it is the secret; how long the answer takes tells nothing of it. */
export function isSecret(given = "", secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
