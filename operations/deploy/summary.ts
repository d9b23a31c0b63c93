import Table from "cli-table3";
import type { Action } from "./plan-file";
import type { Wave } from "./saved-wave";

const ACTIONS: readonly Action[] = ["create", "update", "replace", "destroy"];

/** What a wave would do, for whoever approves it: counts by stack, then everything but what is merely created. */
export function summarize({ environment, stacks, later }: Wave): string {
  const table = new Table({ head: [environment, ...ACTIONS], style: { head: [] } });
  for (const { name, changes } of stacks)
    table.push([name, ...ACTIONS.map((action) => changes.filter((change) => change.action === action).length || "–")]);
  const told = stacks.flatMap(({ name, changes }) =>
    changes
      .filter(({ action }) => action !== "create")
      .map(({ action, address, detail }) => `${action.padEnd(8)} ${name} ${address}${detail ? `: ${detail}` : ""}`),
  );
  const waiting = later.length > 0 ? [`planned when these are applied: ${later.join(", ")}`] : [];
  return [table.toString(), ...told, ...waiting].join("\n");
}
