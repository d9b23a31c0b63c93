import { z } from "zod";
import { findName } from "../json";

/** One of some words; as in the service, in any case. */
export function oneOf<const T extends string>(words: readonly T[]) {
  return z.string().transform((value, context): T => {
    const name = findName(words, value);
    const found = words.find((word) => word === name);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message: `"${value}" is none of ${words.join(", ")}` });
    return z.NEVER;
  });
}

/** A time as the service writes it: with an offset, or as a clock shows it. */
export const time = z.iso.datetime({ offset: true, local: true });

/** A whole number; the service also takes it as a string. */
export const whole = (from: number, to = Infinity) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
    .refine(
      (value) => Number.isInteger(value) && value >= from && value <= to,
      to === Infinity ? `expected a whole number from ${from}` : `expected a whole number from ${from} to ${to}`,
    );

const SPAN = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

/** A time span, `d.hh:mm:ss` with or without a minus, in milliseconds. */
export const span = z.string().transform((value, context): number => {
  const found = SPAN.exec(value);
  if (found !== null) {
    const [, minus, days = 0, hours = 0, minutes = 0, seconds = 0] = found;
    const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
    return (minus === undefined ? total : -total) * 1000;
  }
  context.addIssue({ code: "custom", message: `"${value}" is no time span, expected d.hh:mm:ss` });
  return z.NEVER;
});
