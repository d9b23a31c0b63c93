import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { DEFINITIONS, type Environments } from "./definitions";

const FIRST = "# The environments, by `npm run environments`:";
const LAST = "# Until here.";
const BLOCK = new RegExp(`^( *)${FIRST}\n[^]*?^\\1${LAST}$`, "m");

/** Definitions of the services' pipelines that do not say what the environments are. */
export function behind(root: string, environments: Environments): readonly string[] {
  return Object.keys(DEFINITIONS).filter((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return text !== followed(path, text, environments);
  });
}

/** Writes the environments into the definitions that do not say what they are, and returns these. */
export function follow(root: string, environments: Environments): readonly string[] {
  const paths = behind(root, environments);
  for (const path of paths) {
    const file = join(root, path);
    writeFileSync(file, followed(path, readFileSync(file, "utf8"), environments));
  }
  return paths;
}

function followed(path: string, text: string, environments: Environments): string {
  const [block, indent] = BLOCK.exec(text) ?? [];
  if (block === undefined) throw new UserError(`${path} has no lines from "${FIRST}" to "${LAST}"`);
  const lines = [FIRST, ...DEFINITIONS[path]!(environments), LAST];
  return text.replace(block, () => lines.map((line) => (line === "" ? "" : `${indent}${line}`)).join("\n"));
}
