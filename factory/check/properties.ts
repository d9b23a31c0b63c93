import { evaluateJson } from "../expressions/template";
import type { Json } from "../json";

/** A text somewhere in JSON. */
export interface PlacedText {
  /** As `typeProperties.parameters.day` or `inputs.0.referenceName`. */
  readonly property: string;
  readonly text: string;
}

/** All texts of JSON that may hold expressions. `{value, type: "Expression"}` is the text alone. */
export function textsOf(value: unknown, property: string): readonly PlacedText[] {
  const found: PlacedText[] = [];
  collect(value, property, found);
  return found;
}

function collect(value: unknown, property: string, found: PlacedText[]): void {
  if (typeof value === "string") {
    if (value.includes("@")) found.push({ property, text: value });
  } else if (typeof value === "object" && value !== null) {
    if ("type" in value && "value" in value && value.type === "Expression") collect(value.value, property, found);
    else
      for (const [name, item] of Object.entries(value))
        collect(item, property === "" ? name : `${property}.${name}`, found);
  }
}

/** A value that has no expression in it; `undefined` of one that only a run can tell. */
export function constantOf(value: Json): Json | undefined {
  return textsOf(value, "").length === 0 ? evaluateJson(value, new Map()) : undefined;
}
