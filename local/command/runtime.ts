import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";

/** What the set-up installed or found. */
export interface Runtime {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** Java 17; absent: the one on the PATH. */
  readonly javaHome: string | undefined;
}

/** As `setup/main.mjs` writes it. */
const written = z.object({ python: z.string(), javaHome: z.string().nullable() });

export function readRuntime(root: string): Runtime {
  const file = path.join(root, ".runtime", "runtime.json");
  if (!existsSync(file)) throw new UserError("Python and Java are not set up yet: start with npm start");
  const { python, javaHome } = readJson(file, written);
  return { python: path.resolve(root, python), javaHome: javaHome ?? undefined };
}
