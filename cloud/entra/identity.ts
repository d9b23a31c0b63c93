import { createHash } from "node:crypto";

/** Whoever works with Azure on this machine: there is nobody else. The subscription is the one that is listed; any is answered. */
export const SIGNED_IN = {
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  tenantId: "10000000-0000-4000-8000-000000000001",
  clientId: "20000000-0000-4000-8000-000000000002",
  objectId: "30000000-0000-4000-8000-000000000003",
} as const;

/** An id that is always the same for what it is of. */
export function idOf(of: string): string {
  const digest = createHash("sha256").update(of.toLowerCase()).digest("hex");
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-8$4-$5");
}
