import type { Findings } from "../findings";
import { count } from "../format";
import { html, table } from "../html";
import type { Section } from "../section";

/** What was ingested, and what was set aside. */
export function dataSection({ rows, quarantine }: Findings): Section {
  const bad =
    quarantine.length === 0
      ? html`<p class="note">No row was quarantined.</p>`
      : table(
          ["table", "reason", "rows"],
          quarantine.map((one) => [one.table, one.reason, count(one.rows)]),
          [2],
        );
  const tables = table(
    ["table", "rows"],
    Object.entries(rows).map(([name, number]) => [name, count(number)]),
    [1],
  );
  return {
    title: "The data",
    explanation: "Rows per table of the lake, and the rows that were set aside instead of ingested, with the reason.",
    content: [
      html`<div class="columns">
        <div>${tables}</div>
        <div>
          <h3>Quarantined</h3>
          ${bad}
        </div>
      </div>`,
    ],
  };
}
