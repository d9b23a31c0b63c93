// Properties are asked for, not classes: an error may be of another realm, such as the system's within Jest.

/** What an error says; whatever else was thrown, as text. */
export function messageOf(error: unknown): string {
  if (!isObject(error) || !("message" in error)) return String(error);
  return String(error.message);
}

/** The code of an error of the system or of a client, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  if (!isObject(error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
