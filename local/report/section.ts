import type { Html } from "./html";

/**
 * A chart of the page: an ECharts option as plain JSON. Strings of the form `fn:name` stand for the functions of
 * `charts.js`, and `var(--name)` for the colours of `page.css`, so that light, dark and print follow the reader.
 */
export interface Chart {
  readonly id: string;
  /** For readers who cannot see it. */
  readonly label: string;
  /** Pixels. */
  readonly height: number;
  readonly option: object;
}

export interface Section {
  readonly title: string;
  /** One sentence: what is shown and how to read it. */
  readonly explanation: string;
  /** In reading order. */
  readonly content: readonly (Chart | Html)[];
}
