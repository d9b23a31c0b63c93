import { COLLECTIONS } from "./collections";
import { CONVERSIONS } from "./conversions";
import { DATES } from "./dates";
import type { ExpressionFunction } from "./function";
import { LOGIC } from "./logic";
import { NUMBERS } from "./numbers";
import { STRINGS } from "./strings";
import { URIS } from "./uris";
import { XML } from "./xml";

/** The functions that depend on nothing but their parameters, by lower-case name. */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map(
  [STRINGS, COLLECTIONS, LOGIC, NUMBERS, CONVERSIONS, URIS, XML, DATES]
    .flatMap((group) => Object.entries(group))
    .map(([name, found]) => [name.toLowerCase(), found]),
);
