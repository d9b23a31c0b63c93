import { colourOf } from "../colour";
import type { Findings } from "../findings";
import { amount, count, minute, percent, ratio } from "../format";
import { html, searchedTable, sentences, sortedBy, table } from "../html";
import type { Section } from "../section";

type Work = NonNullable<Findings["work"]>;

/** What to do first: the open items of the work list. */
export function workSection({ open, items }: Work): Section {
  const left = open > items.length ? ` The table holds the first ${items.length} of ${count(open)}.` : "";
  return {
    title: open === 0 ? "Nothing is to be done" : "What to do first",
    explanation: `The open items of the work list, most at stake first: the probability in the newest window times the cost of a failure. An item is closed when the component is maintained or fails, or when its time is over.${left} work_list.csv has all of them, closed ones too.`,
    content:
      items.length === 0
        ? []
        : [
            searchedTable(
              "Search the work list",
              ["machine", "component", "at stake", "probability", "since (UTC)", "until (UTC)", "why"],
              items.map((item) => [
                item.machineID,
                html`<span class="tag ${colourOf(item.component)}">${item.component}</span>${
                    item.reopened > 0 ? html` <span class="muted">opened again</span>` : ""
                  }`,
                sortedBy(item.cost_at_stake, amount(item.cost_at_stake)),
                sortedBy(item.probability, percent(item.probability)),
                minute(item.since),
                minute(item.until),
                sentences(item.why),
              ]),
              [0, 2, 3],
            ),
          ],
  };
}

/** Whether the alerts were right; absent until one of them is known to have been. */
export function outcomesSection({ outcomes }: Work): Section | undefined {
  const known = outcomes.filter((one) => one.confirmed + one.prevented + one.false + one.missed > 0);
  if (known.length === 0) return undefined;
  return {
    title: "Whether the alerts were right",
    explanation:
      "By items of the work list. A failure that maintenance prevented cannot be told from a false alarm that was maintained: prevented items count neither as right nor as wrong. Precision is confirmed / (confirmed + false); the range is what it would be if every prevented item had been wrong, or right. Maintenance that was planned anyway is among the prevented.",
    content: [
      table(
        ["component", "confirmed", "prevented", "false", "missed", "precision", "range", "recall"],
        known.map((one) => [
          one.component,
          count(one.confirmed),
          count(one.prevented),
          count(one.false),
          count(one.missed),
          ratio(one.precision),
          `${ratio(one.lowest)} to ${ratio(one.highest)}`,
          ratio(one.recall),
        ]),
        [1, 2, 3, 4, 5, 6, 7],
      ),
    ],
  };
}
