import { z } from "zod";

/** A Boolean that may be written as text, as in the service's own examples. */
export const boolean = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]);

/** The same; absent it is false. */
export const flag = boolean.default(false);
