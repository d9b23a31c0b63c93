import { readFileSync } from "node:fs";
import path from "node:path";
import { Html, html } from "./html";
import type { Chart, Section } from "./section";
import { style } from "./style";

export interface Page {
  readonly title: string;
  readonly subtitle: string;
  /** The few numbers on top: name and value. */
  readonly figures: readonly (readonly [string, string])[];
  readonly sections: readonly Section[];
}

/** One file with everything in it: it opens anywhere, without a network. */
export function renderPage({ title, subtitle, figures, sections }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${style(path.join(__dirname, "page.css"))}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${title}</h1>
            <p>${subtitle}</p>
          </header>
          <dl class="figures">
            ${figures.map(
              ([name, value]) =>
                html`<div>
                  <dt>${name}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>
          ${sections.map(section)}
        </main>
        <script>
          ${script(readFileSync(require.resolve("echarts/dist/echarts.min.js"), "utf8"))};
        </script>
        <script>
          ${asset("charts.js")};
        </script>
        <script>
          ${asset("tables.js")};
        </script>
      </body>
    </html>`;
  return `${page.text}\n`;
}

function section({ title, explanation, content }: Section): Html {
  return html`<section>
    <h2>${title}</h2>
    <p class="explanation">${explanation}</p>
    ${content.map((part) => (part instanceof Html ? part : chart(part)))}
  </section>`;
}

function chart({ id, label, height, option }: Chart): Html {
  return html`<div class="chart" id="${id}" role="img" aria-label="${label}" style="height:${height}px"></div>
    <script type="application/json" id="${id}-option">
      ${script(JSON.stringify(option))}
    </script>`;
}

function asset(name: string): Html {
  return script(readFileSync(path.join(__dirname, name), "utf8"));
}

/** Text of a script or style element, which only its own end tag can leave. */
function script(text: string): Html {
  return new Html(text.replaceAll("</", "<\\/"));
}
