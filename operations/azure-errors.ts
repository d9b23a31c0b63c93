import { z } from "zod";

export const NOT_SIGNED_IN = "not signed in to Azure: run az login, or give the pipeline an identity";

const text = z.string().optional().catch(undefined);

/** What Azure's clients add to an error. Each package of them has a class of its own, so that none can be asked for. */
const restError = z.object({
  code: text,
  statusCode: z.number().optional().catch(undefined),
  details: z
    .object({ message: text, error: z.object({ message: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** What went wrong in one line, where it is Azure's or the user's to put right; nothing for a mistake in this program. */
export function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const line = error.message.split("\n")[0]!;
  if (/^(AggregateAuthentication|Authentication|AuthenticationRequired|CredentialUnavailable)Error$/.test(error.name))
    return `${NOT_SIGNED_IN} (${line})`;
  if (error.name !== "RestError") return undefined;
  const { code, statusCode, details } = restError.parse(error);
  const message = details?.error?.message ?? details?.message ?? line;
  if (statusCode === 401) return `Azure refuses this sign-in: ${message}`;
  if (statusCode === 403) return `the role that allows this is missing: ${message}`;
  if (code === "ContainerNotFound")
    return `the storage account lacks a container, which npm run bootstrap or the foundation stack makes: ${message}`;
  if (statusCode === 404) return `not found; it may not exist yet, or be in another subscription: ${message}`;
  return `Azure answered ${[statusCode, code].filter(Boolean).join(" ")}: ${message}`;
}

/** Whether Azure says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return answered(error, 404);
}

/** Whether Azure says that who is signed in lacks a role. */
export function isForbidden(error: unknown): boolean {
  return answered(error, 403);
}

/** Whether Azure says that what is asked for makes no sense for who or what it is asked of. */
export function isUnprocessable(error: unknown): boolean {
  return answered(error, 400, 422);
}

/** Whether Azure refuses a change because somebody else has made one meanwhile. */
export function isConflict(error: unknown): boolean {
  return answered(error, 409, 412);
}

/** Whether Azure refuses a change only because it is at work on the thing: Azure/Azure-DataFactory#612. */
export function isProvisioning(error: unknown): boolean {
  return answered(error, 400) && /cannot be updated during provisioning/i.test(error.message);
}

function answered(error: unknown, ...statuses: readonly number[]): error is Error {
  return error instanceof Error && statuses.includes(restError.parse(error).statusCode ?? 0);
}
