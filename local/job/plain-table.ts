import Table from "cli-table3";

/** Columns of a terminal as it opens. */
const SCREEN = 80;
const GAP = 2;

const NO_LINES = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid", "middle"].flatMap((part) => [
    [part, ""],
    [`${part}-mid`, ""],
    [`${part}-left`, ""],
    [`${part}-right`, ""],
    [`left-${part}`, ""],
    [`right-${part}`, ""],
    [`mid-${part}`, ""],
  ]),
);

/** A table that fits a screen: where it would be wider, cells are broken into lines. Named columns are set flush right. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly string[],
): string {
  const columns = head.map((_, column) => [head, ...rows].map((row) => row[column]!));
  const widths = fit(columns);
  const table = new Table({
    chars: NO_LINES,
    colAligns: head.map((name) => (numeric.includes(name) ? "right" : "left")),
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
  });
  table.push(...[head, ...rows].map((row) => row.map((cell, column) => breakInto(cell, widths[column]!))));
  return table.toString().replaceAll(/ +$/gm, "");
}

/** Widths of columns that fit together: the widest gives way, as long as there is one that need not break a word. */
function fit(columns: readonly (readonly string[])[]): readonly number[] {
  const longest = (texts: readonly string[]) => Math.max(1, ...texts.map((text) => text.length));
  const widths = columns.map(longest);
  const words = columns.map((column) => longest(column.flatMap((text) => text.split(" "))));
  while (widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1)) > SCREEN) {
    const spare = widths.map((width, column) => (width > words[column]! ? width : 0));
    const from = Math.max(...spare) > 0 ? spare : widths;
    widths[from.indexOf(Math.max(...from))]! -= 1;
  }
  return widths;
}

/** At a blank where there is one, else where the line is full. */
function breakInto(text: string, width: number): string {
  const lines = text.match(new RegExp(`.{1,${width}}(?: +|$)|.{1,${width}}`, "g")) ?? [""];
  return lines.map((line) => line.trim()).join("\n");
}
