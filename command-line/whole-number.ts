import { InvalidArgumentError } from "commander";

/** Reads a whole number of an option, from the least to the most that is allowed. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const result = /^\d+$/.test(value) ? Number(value) : NaN;
    if (result >= least && result <= most) return result;
    throw new InvalidArgumentError(`Allowed are whole numbers from ${least} to ${most}.`);
  };
}
