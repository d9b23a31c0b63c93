/** Text that is HTML already. */
export class Html {
  constructor(readonly text: string) {}
}

/** Builds HTML; every value that is not HTML itself is escaped, lists are joined. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(
    strings.map((string, index) => string + (index < values.length ? render(values[index]) : "")).join(""),
  );
}

type Value = Html | string | number | undefined | readonly Value[];

function render(value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(render).join("");
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A table; numeric columns are named by their index and set flush right. */
export function table(head: readonly string[], rows: readonly (readonly Value[])[], numeric: readonly number[]): Html {
  const align = (index: number) => (numeric.includes(index) ? "number" : "text");
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Table: ${head.join(", ")}">
    <table>
      <thead>
        <tr>
          ${head.map((name, index) => html`<th class="${align(index)}" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, index) => html`<td class="${align(index)}">${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A table of many rows in a box of its own, which the reader searches and sorts. */
export function searchedTable(search: string, ...of: Parameters<typeof table>): Html {
  return html`<div class="searched" data-searched="${search}">${table(...of)}</div>`;
}

/** A cell that is sorted by another value than its text. */
export function sortedBy(value: number, content: Value): Html {
  return html`<span data-value="${value}">${content}</span>`;
}

/** What speaks for something, a line each. */
export function sentences(lines: readonly string[]): Html {
  return html`<ul class="lines">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}
