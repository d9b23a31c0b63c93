import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { create, extract } from "tar";
import { UserError } from "../../command-line/user-error";
import { digest } from "../digest";

/** Inside the archive: a line for each other file, as `sha256sum --check` reads it. */
const CHECKSUMS = "SHA256SUMS";

/**
 * Packs a folder. The same contents give the same file, byte by byte, on every machine: paths are sorted, and neither times nor owners are kept.
 * Returns the file's SHA-256.
 */
export async function pack(folder: string, file: string): Promise<string> {
  const paths = filesOf(folder);
  mkdirSync(dirname(file), { recursive: true });
  await create({ file, cwd: folder, portable: true, noMtime: true, noDirRecurse: true }, [...paths]);
  return digest(file);
}

/** Writes the checksums of what is in a folder beside it, in the place of earlier ones. */
export function addChecksums(folder: string): void {
  const lines = contents(folder).map((path) => `${digest(join(folder, path))}  ${path}\n`);
  writeFileSync(join(folder, CHECKSUMS), lines.join(""));
}

/** Unpacks an archive in the place of a folder, and returns its SHA-256. Throws `UserError` unless all in it is as its checksums say. */
export async function unpack(file: string, folder: string): Promise<string> {
  if (!existsSync(file)) throw new UserError(`there is no ${file}`);
  const opened = `${folder}.opened`;
  rmSync(opened, { recursive: true, force: true });
  mkdirSync(opened, { recursive: true, mode: 0o700 });
  try {
    await extract({ file, cwd: opened, strict: true }).catch((error: Error) => {
      throw new UserError(`${file} cannot be unpacked: ${error.message}`);
    });
    check(file, opened);
    rmSync(folder, { recursive: true, force: true });
    renameSync(opened, folder);
  } finally {
    rmSync(opened, { recursive: true, force: true });
  }
  return digest(file);
}

function check(file: string, folder: string): void {
  const sums = join(folder, CHECKSUMS);
  if (!existsSync(sums)) throw new UserError(`${file} was changed after it was packed: it has no ${CHECKSUMS}`);
  const stated = new Map(
    readFileSync(sums, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)] as const),
  );
  const found = contents(folder);
  const wrong = [
    ...found.filter((path) => stated.get(path) !== digest(join(folder, path))),
    ...[...stated.keys()].filter((path) => !found.includes(path)),
  ];
  if (wrong.length > 0) throw new UserError(`${file} was changed after it was packed: ${wrong.join(", ")}`);
}

const contents = (folder: string): readonly string[] => filesOf(folder).filter((path) => path !== CHECKSUMS);

/** Paths of all files below a folder, with `/`, sorted. */
function filesOf(folder: string, prefix = ""): readonly string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesOf(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]))
    .sort();
}
