import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Such as `1764490000000-2.txt`: when a notebook began, in milliseconds since 1970, and which one of that moment it is. */
const NAME = /^(\d+)-\d+\.txt$/;

/** What notebooks print, a file for each time that one ran: its workspace path in the first line. */
export class Printed {
  private count = 0;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Keeps a run of a notebook that begins now; returns what keeps a line of it. */
  begin(notebook: string, now = Date.now()): (line: string) => void {
    const file = path.join(this.folder, `${now}-${(this.count += 1)}.txt`);
    const keep = (line: string): void => appendFileSync(file, `${line}\n`);
    keep(notebook);
    return keep;
  }
}

/** What a notebook printed in the runs that began in a span of time, each attempt after the other; empty where it printed nothing. */
export function printedIn(folder: string, notebook: string, from: Date, to: Date): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder)
    .flatMap((name) => {
      const begun = Number(NAME.exec(name)?.[1] ?? NaN);
      return begun >= from.getTime() && begun <= to.getTime() ? [{ name, begun }] : [];
    })
    .sort((one, other) => one.begun - other.begun)
    .map(({ name }) => readFileSync(path.join(folder, name), "utf8"))
    .filter((content) => content.startsWith(`${notebook}\n`))
    .map((content) => content.slice(notebook.length + 1))
    .join("");
}
