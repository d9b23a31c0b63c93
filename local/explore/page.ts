import path from "node:path";
import { marked } from "marked";
import type { Shown, ShownTable } from "../cluster/protocol";
import { Html, html, table } from "../report/html";
import { style } from "../report/style";

export interface NotebookPage {
  readonly name: string;
  readonly environment: string;
  readonly items: readonly Shown[];
  /** How it ended: with a value, or with an error at a line of its own. */
  readonly end: { readonly exitValue: string | undefined } | { readonly traceback: string };
}

/** One file with everything in it: what a notebook says, its code, and what the code showed. */
export function renderNotebook({ name, environment, items, end }: NotebookPage): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${name}</title>
        <style>
          ${style(path.join(__dirname, "page.css"))}
        </style>
      </head>
      <body>
        <main>
          <p class="origin">${name}, environment ${environment}, run on this machine</p>
          ${joinTexts(items).map(rendered)} ${ending(end)}
        </main>
      </body>
    </html>`;
  return `${page.text}\n`;
}

/** What is printed comes in pieces. */
function joinTexts(items: readonly Shown[]): readonly Shown[] {
  const joined: Shown[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    if ("text" in item && last !== undefined && "text" in last)
      joined[joined.length - 1] = { text: last.text + item.text };
    else joined.push(item);
  }
  return joined;
}

function rendered(item: Shown): Html {
  if ("cell" in item)
    return item.cell === "markdown"
      ? html`<div class="text">${new Html(marked.parse(item.source, { async: false }))}</div>`
      : html`<pre class="code">${item.source}</pre>`;
  if ("text" in item) return html`<pre class="output">${item.text.trimEnd()}</pre>`;
  if ("table" in item) return shownTable(item.table);
  if ("picture" in item) return html`<img src="data:image/png;base64,${item.picture}" alt="" />`;
  return html`<div class="output">${new Html(item.html)}</div>`;
}

const NUMBER = /^-?\d[\d.]*(e[+-]?\d+)?$/;

function shownTable({ columns, rows, isComplete }: ShownTable): Html {
  if (columns.length === 0) return html``;
  const isNumeric = (_: string, column: number) => rows.every((row) => NUMBER.test(row[column] ?? "0"));
  const numeric = columns.flatMap((name, column) => (isNumeric(name, column) ? column : []));
  const cells = rows.map((row) => row.map((value) => value ?? html`<i>null</i>`));
  const rest = isComplete ? "" : html`<p class="rest">the first ${rows.length} rows</p>`;
  return html`${table(columns, cells, numeric)} ${rest}`;
}

function ending(end: NotebookPage["end"]): Html {
  if ("traceback" in end) return html`<pre class="error">${end.traceback}</pre>`;
  if (end.exitValue === undefined) return html``;
  return html`<p class="rest">exit value</p>
    <pre class="output">${readable(end.exitValue)}</pre>`;
}

/** JSON, which most notebooks end with, over several lines. */
function readable(exitValue: string): string {
  try {
    return JSON.stringify(JSON.parse(exitValue), null, 2);
  } catch {
    return exitValue;
  }
}
