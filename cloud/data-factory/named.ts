import { ApiError } from "../http/api-error";

/** What has a name, whatever its case. Throws an `ApiError` that names all there are. */
export function findNamed<T extends { readonly name: string }>(kind: string, all: readonly T[], name: string): T {
  const found = all.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const known = all.map((one) => one.name).join(", ") || "none";
  throw new ApiError(404, "EntityNotFound", `the factory has no ${kind} ${name}, it has: ${known}`);
}
