// Tables and times, as all parts of the page show them.
import { h } from "/preact.js";
import htm from "/htm.js";

export const html = htm.bind(h);

export const time = (text) => (text ? new Date(text).toISOString().slice(0, 19).replace("T", " ") : "");

/** A section with a table; `none` is said where it has no row. */
export function table(title, columns, rows, none) {
  const id = title.toLowerCase().replaceAll(" ", "-");
  return html`<section aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label=${`Table of ${title.toLowerCase()}`}>
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${rows.length === 0 && html`<p class="quiet">${none}</p>`}
  </section>`;
}
