import { z } from "zod";

/** A Boolean that may be written as text, as in the service's own examples. */
export const flag = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]).default(false);
