import { z } from "zod";

// What a laptop reads of the provider's resources besides the factory, by their Terraform names; the rest of them is left alone.

export const container = z.looseObject({ name: z.string() });

export const workspaceFile = z.looseObject({ path: z.string().startsWith("/"), source: z.string() });

/** The index of `cdktf.out`. */
export const manifest = z.looseObject({
  stacks: z.record(z.string(), z.looseObject({ synthesizedStackPath: z.string() })),
});

/** The Terraform JSON of one stack; each resource has the shape of its type. */
export const stackJson = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
