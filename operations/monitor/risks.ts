import { existsSync, readFileSync } from "node:fs";

/** A machine with a component that is predicted to fail, by its last window. */
export interface Risk {
  readonly machine: number;
  readonly component: string;
  /** From 0 to 1. */
  readonly probability: number;
  /** End of the window, ISO 8601 in UTC. */
  readonly window: string;
}

/** The machines at risk in a file of predictions, the most probable first; `undefined` where there is no file yet. */
export function risksIn(file: string): readonly Risk[] | undefined {
  if (!existsSync(file)) return undefined;
  const [head = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = head.split(",");
  const last = new Map<string, Readonly<Record<string, string>>>();
  for (const line of lines) {
    const values = line.split(",");
    const row = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
    const before = last.get(row["machineID"]!);
    if (before === undefined || before["window_end"]! <= row["window_end"]!) last.set(row["machineID"]!, row);
  }
  return [...last.values()]
    .filter(({ predicted }) => predicted !== "none")
    .map((row) => ({
      machine: Number(row["machineID"]),
      component: row["predicted"]!,
      probability: Number(row[`prob_${row["predicted"]}`]),
      window: row["window_end"]!,
    }))
    .sort((one, other) => other.probability - one.probability);
}
