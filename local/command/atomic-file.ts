import { renameSync, writeFileSync } from "node:fs";

/** Replaces a file so that a kill at any moment leaves the old or the new content, never a part. */
export function writeFileAtomically(file: string, content: string): void {
  const draft = `${file}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}
