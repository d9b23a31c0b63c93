import { readFileSync } from "node:fs";
import { FactoryError } from "../factory-error";

const STRINGS_AND_COMMENTS = /"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g;
const STRINGS_AND_LAST_COMMAS = /"[^"\\]*(?:\\.[^"\\]*)*"|,(?=\s*[\]}])/g;

/** Reads a file of JSON. As in the service, a byte order mark, comments and commas behind the last item are no errors. */
export function readJsonFile(file: string, shown = file): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new FactoryError(`${shown}: cannot be read`);
  }
  return parseRelaxed(text, shown);
}

/** Parses a text as {@link readJsonFile} does; an error names the line and the column. */
export function parseRelaxed(text: string, shown: string): unknown {
  // What is left out becomes blanks, so that positions stay what they are.
  const bare = text
    .replace(/^\uFEFF/, " ")
    .replace(STRINGS_AND_COMMENTS, blankUnlessString)
    .replace(STRINGS_AND_LAST_COMMAS, blankUnlessString);
  try {
    return JSON.parse(bare);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const before = bare.slice(0, Number(/at position (\d+)/.exec(message)?.[1] ?? bare.length)).split("\n");
    throw new FactoryError(`${shown}: line ${before.length}, column ${before.at(-1)!.length + 1}: this is no JSON`);
  }
}

function blankUnlessString(token: string): string {
  return token.startsWith('"') ? token : token.replace(/[^\r\n]/g, " ");
}
