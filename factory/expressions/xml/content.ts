import { parseXml } from "./parser";
import { writeDocument } from "./writer";

/** XML as the engine writes it into a string: parsed, and written without the space between elements. */
export function xmlText(written: string): string {
  return writeDocument(parseXml(written));
}
