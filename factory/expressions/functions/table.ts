import { COLLECTIONS } from "./collections";
import { CONVERSIONS } from "./conversions";
import { systemClock } from "../../clock";
import { dateFunctions } from "./dates";
import type { ExpressionFunction } from "./function";
import { LOGIC } from "./logic";
import { NUMBERS } from "./numbers";
import { STRINGS } from "./strings";
import { URIS } from "./uris";
import { XML } from "./xml";

const named = [STRINGS, COLLECTIONS, LOGIC, NUMBERS, CONVERSIONS, URIS, XML, dateFunctions(systemClock)].flatMap(
  (group) => Object.entries(group),
);

/**
 * The functions that depend on nothing but their parameters, by lower-case name. Those that read timestamps do so but for what is only a time
 * or only a day; a run has its own, by its clock.
 */
export const FUNCTIONS: ReadonlyMap<string, ExpressionFunction> = new Map(
  named.map(([name, found]) => [name.toLowerCase(), found]),
);

/** Their names as the service writes them. */
export const FUNCTION_NAMES: readonly string[] = named.map(([name]) => name);
