import { z } from "zod";
import type { Choice, Span } from "../../contract/widgets";

// Schemas whose message says what is allowed and nothing else: `load` puts the property and its value in front.

/** A readonly object with these properties and no others. */
export const group = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, `an object of ${Object.keys(shape).join(", ")}`).readonly();

export const oneOf = <const T extends readonly string[]>(values: T) => z.enum(values, `one of ${values.join(", ")}`);

export const text = (pattern: RegExp, allowed: string) => z.string(allowed).regex(pattern, allowed);

export const flag = () => z.boolean("true or false");

export const whole = (minimum: number, maximum: number, unit: string) => {
  const allowed = `a whole number of ${unit} from ${minimum} to ${maximum}`;
  return z.int(allowed).min(minimum, allowed).max(maximum, allowed);
};

/** A whole number of the span; its usual one by default. */
export const span = ({ least, most, usual }: Span, unit: string) => whole(least, most, unit).default(usual);

/** A number of the choice; its usual one by default. */
export const valueOf = <const T extends number>({ allowed, usual }: Choice<T>, title: string) =>
  z.literal(allowed, `${title}: ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}`).default(() => usual);
