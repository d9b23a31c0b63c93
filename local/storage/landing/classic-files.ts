import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { UserError } from "../../../command-line/user-error";
import { LANDED } from "../../../contract/lake";
import { readChunks } from "./chunks";

/** The tables of the classic layout, in the order in which a delivery lands: its telemetry, which raises the event, last. */
export const TABLES = ["machines", "errors", "maint", "failures", "telemetry"] as const;

export type Table = (typeof TABLES)[number];

export type ClassicFiles = Readonly<Record<Table, string>>;

/** Finds `PdM_telemetry.csv` or `PdM_telemetry.csv.gz` and its four siblings, and checks their headers. */
export async function findClassicFiles(folder: string): Promise<ClassicFiles> {
  if (!existsSync(folder)) throw new UserError(`data folder ${folder} does not exist`);
  if (!statSync(folder).isDirectory()) throw new UserError(`data folder ${folder} is not a folder`);
  const files: ClassicFiles = {
    machines: findFile(folder, "machines"),
    errors: findFile(folder, "errors"),
    maint: findFile(folder, "maint"),
    failures: findFile(folder, "failures"),
    telemetry: findFile(folder, "telemetry"),
  };
  for (const table of TABLES) await checkHeader(table, files[table]);
  return files;
}

function findFile(folder: string, table: Table): string {
  const name = `PdM_${table}.csv`;
  const found = [name, `${name}.gz`].map((file) => path.join(folder, file)).filter((file) => existsSync(file));
  if (found.length === 0) throw new UserError(`data folder ${folder} has no ${name} or ${name}.gz`);
  if (found.length > 1) throw new UserError(`data folder ${folder} has both ${name} and ${name}.gz: keep one`);
  return found[0]!;
}

async function checkHeader(table: Table, file: string): Promise<void> {
  const wanted = LANDED[table].join(",");
  for await (const chunk of readChunks(file)) {
    const line = chunk
      .subarray(0, chunk.indexOf(10))
      .toString("utf8")
      .replace(/^\uFEFF/, "");
    const header = line.replaceAll('"', "").trim();
    if (header === wanted) return;
    throw new UserError(`${file} has the header "${header.slice(0, 80)}", expected "${wanted}"`);
  }
  throw new UserError(`${file} is empty, expected the header "${wanted}"`);
}
