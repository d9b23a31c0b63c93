import { evaluateJson } from "../expressions/template";
import { isArray, isObject, type Json } from "../json";

/** A text somewhere in JSON. */
export interface PlacedText {
  /** As `typeProperties.parameters.day` or `inputs.0.referenceName`. */
  readonly property: string;
  readonly text: string;
}

/** All texts of a value that may hold expressions. `{value, type: "Expression"}` is the text alone. */
export function textsOf(value: Json | undefined, property: string): readonly PlacedText[] {
  if (typeof value === "string") return value.includes("@") ? [{ property, text: value }] : [];
  if (isArray(value)) return value.flatMap((item, index) => textsOf(item, `${property}.${index}`));
  if (!isObject(value)) return [];
  if (value["type"] === "Expression" && value["value"] !== undefined) return textsOf(value["value"], property);
  return Object.entries(value).flatMap(([name, item]) => textsOf(item, property === "" ? name : `${property}.${name}`));
}

/** A value that has no expression in it; `undefined` of one that only a run can tell. */
export function constantOf(value: Json): Json | undefined {
  return textsOf(value, "").length === 0 ? evaluateJson(value, new Map()) : undefined;
}
