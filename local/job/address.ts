import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";
import { isAlive } from "./run-folder";

const address = z.object({
  /** The process that answers. */
  pid: z.int().positive(),
  /** Such as `https://127.0.0.1:40123`. */
  endpoint: z.url(),
  token: z.string(),
  /** PEM. */
  certificate: z.string(),
  /** Connection string of the storage emulator. */
  storage: z.string(),
  /** What makes programs such as Terraform ask this machine in the place of Azure; absent: nothing can be deployed to it. */
  variables: z.record(z.string(), z.string()).exactOptional(),
});

/** Where the REST API of a run is answered, and what lets somebody in. */
export type Address = z.infer<typeof address>;

const fileIn = (out: string): string => path.join(out, "state", "azure.json");

/** Leaves the address where only the user who runs it can read it. */
export function writeAddress(out: string, content: Address): void {
  rmSync(fileIn(out), { force: true }); // a file that is there would keep its mode
  writeFileSync(fileIn(out), JSON.stringify(content, null, 2), { mode: 0o600 });
}

export function removeAddress(out: string): void {
  rmSync(fileIn(out), { force: true });
}

/** Where the run in a folder answers. Throws `UserError` where none does. */
export function readAddress(out: string): Address {
  const found = existsSync(fileIn(out)) ? readJson(fileIn(out), address) : undefined;
  if (found !== undefined && isAlive(found.pid)) return found;
  throw new UserError(`nothing runs in ${out}: start npm run cloud, or npm start -- --watch, and leave it running`);
}
