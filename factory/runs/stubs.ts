import { z } from "zod";
import { FactoryError } from "../factory-error";
import { json, type JsonObject } from "../json";
import type { Problem } from "../problem";

const outcome = z
  .strictObject({
    output: z.record(z.string(), json).exactOptional(),
    error: z
      .strictObject({
        message: z.string(),
        errorCode: z.string().exactOptional(),
        failureType: z.enum(["UserError", "SystemError"]).exactOptional(),
        target: z.string().exactOptional(),
      })
      .exactOptional(),
  })
  .refine(
    ({ output, error }) => output === undefined || error === undefined,
    "has an output and an error, one is allowed",
  );

/** What one call of a stub ends with: an output or an error in the service's shape; neither is an empty output. */
export type StubOutcome = Readonly<z.infer<typeof outcome>>;

/** Answers with what it makes of the evaluated input; `call` counts from 1 in each factory. */
export type StubFunction = (input: JsonObject, call: number) => StubOutcome | Promise<StubOutcome>;

/** Answers always the same, or call by call; the last of a list repeats. */
export type Stub = StubOutcome | readonly StubOutcome[] | StubFunction;

/** Stubs by the names of their pipeline (`*` for any) and activity. */
export type Stubs = Readonly<Record<string, Readonly<Record<string, Stub>>>>;

/** Reads the stubs of a JSON file. Throws one `FactoryError` that names everything that is wrong in it, with `file`. */
export function readStubs(content: unknown, file = "stubs"): Stubs {
  const problems: Problem[] = [];
  const note = (path: readonly PropertyKey[], { issues }: z.ZodError): void =>
    void problems.push(
      ...issues.map((issue) => ({
        file,
        property: [...path, ...issue.path].map(String).join(".") || "content",
        message: issue.message,
      })),
    );
  const pipelines = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(content);
  if (!pipelines.success) note([], pipelines.error);
  const stubs = Object.entries(pipelines.data ?? {}).map(([pipeline, activities]) => [
    pipeline,
    Object.fromEntries(
      Object.entries(activities).flatMap(([activity, written]) => {
        const read = (Array.isArray(written) ? z.array(outcome).min(1) : outcome).safeParse(written);
        if (!read.success) note([pipeline, activity], read.error);
        return read.success ? [[activity, read.data] as const] : [];
      }),
    ),
  ]);
  if (problems.length > 0) throw new FactoryError(problems);
  return Object.fromEntries(stubs);
}
