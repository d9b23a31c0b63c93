import { findName } from "../json";

/**
 * The properties that a kind of JSON has in the service, as far as they are told from unknown ones. `true`: whatever it holds. A function
 * spells what a property holds by itself.
 */
export interface Vocabulary {
  readonly [property: string]: Vocabulary | true | ((value: unknown, unknown: Unknown) => unknown);
}

/** Is told the path of a property that is not known, what is known there, and its activity where it is one of an activity. */
export type Unknown = (path: string, known: readonly string[], activity?: string) => void;

/** The same JSON with its properties spelled as the service does, which reads them in any case; `unknown` is told of others. */
export function spelled(json: unknown, vocabulary: Vocabulary, unknown: Unknown, path = ""): unknown {
  if (Array.isArray(json)) return json.map((item: unknown) => spelled(item, vocabulary, unknown, path));
  if (typeof json !== "object" || json === null) return json;
  const known = Object.keys(vocabulary);
  return Object.fromEntries(
    Object.entries(json).map(([written, value]: [string, unknown]) => {
      const name = findName(known, written);
      const place = path === "" ? (name ?? written) : `${path}.${name ?? written}`;
      if (name === undefined) {
        unknown(place, known);
        return [written, value];
      }
      const inside = vocabulary[name];
      if (inside === undefined || inside === true) return [name, value];
      return [name, typeof inside === "function" ? inside(value, unknown) : spelled(value, inside, unknown, place)];
    }),
  );
}
