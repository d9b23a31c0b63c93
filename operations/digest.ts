import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** SHA-256 of a file, in lower-case hexadecimal digits. */
export const digest = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
