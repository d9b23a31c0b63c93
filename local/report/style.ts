import { readFileSync } from "node:fs";
import path from "node:path";
import { Html } from "./html";

/** The style of a page: what all pages have in common, then the file of its own. */
export function style(own: string): Html {
  const files = [path.join(__dirname, "common.css"), own];
  return new Html(files.map((file) => readFileSync(file, "utf8")).join("\n"));
}
