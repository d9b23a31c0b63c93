import { z } from "zod";

/** The version of the protocol between this program and `host.py`. Whoever changes a message raises it here and in `protocol.py`. */
export const PROTOCOL_VERSION = 2;

/** What this program tells the host. `hello` comes first, once. */
export type Command =
  | { readonly type: "hello"; readonly version: number }
  | {
      readonly type: "run";
      readonly id: number;
      /** Absolute path of the notebook. */
      readonly file: string;
      /** Values of its widgets. */
      readonly parameters: Readonly<Record<string, string>>;
      /** Whether what it shows is sent too. */
      readonly record: boolean;
    }
  | { readonly type: "cancel"; readonly id: number };

const id = z.int();

const shownTable = z
  .strictObject({
    columns: z.array(z.string()).readonly(),
    /** Texts; null is a missing value. */
    rows: z.array(z.array(z.string().nullable()).readonly()).readonly(),
    /** Whether there are no further rows. */
    isComplete: z.boolean(),
  })
  .readonly();

const shown = z.union([
  z.strictObject({ cell: z.enum(["python", "markdown", "sql"]), source: z.string() }).readonly(),
  z.strictObject({ text: z.string() }).readonly(),
  z.strictObject({ table: shownTable }).readonly(),
  /** PNG in base64. */
  z.strictObject({ picture: z.string() }).readonly(),
  z.strictObject({ html: z.string() }).readonly(),
]);

const answer = z.discriminatedUnion("type", [
  /** Comes first, once, whatever the version is. */
  z.looseObject({ type: z.literal("hello"), version: z.int() }),
  /** Spark is up. */
  z.strictObject({ type: z.literal("ready") }),
  /** The host gives up. */
  z.strictObject({ type: z.literal("fatal"), message: z.string() }),
  z.strictObject({ type: z.literal("output"), id, line: z.string() }),
  z.strictObject({ type: z.literal("shown"), id, item: shown }),
  z.strictObject({ type: z.literal("succeeded"), id, exitValue: z.string().nullable(), seconds: z.number() }),
  z.strictObject({
    type: z.literal("failed"),
    id,
    message: z.string(),
    traceback: z.string(),
    isFinal: z.boolean(),
  }),
  z.strictObject({ type: z.literal("cancelled"), id }),
]);

/** What the host tells. */
export type Answer = z.infer<typeof answer>;

/** What a notebook shows: a cell, and then what that cell shows, in order. */
export type Shown = z.infer<typeof shown>;

export type ShownTable = z.infer<typeof shownTable>;

/** Throws one line unless the first answer states the version of this side, or that the host cannot even start. */
export function checkGreeting(first: Answer): void {
  if (first.type === "fatal") return;
  if (first.type !== "hello") throw new Error(`its host states no version of the protocol, it sent ${first.type}`);
  if (first.version !== PROTOCOL_VERSION)
    throw new Error(`its host speaks version ${first.version} of the protocol, this program ${PROTOCOL_VERSION}`);
}

/** As much of a message as an error shows. */
const SHOWN_CHARACTERS = 200;

/** Reads one line of the host; throws one line that shows what is no answer, and why. */
export function parseAnswer(line: string): Answer {
  const refused = (reason: string) => new Error(`its host sent ${line.slice(0, SHOWN_CHARACTERS)}: ${reason}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refused("no JSON");
  }
  const result = answer.safeParse(value);
  if (result.success) return result.data;
  throw refused(result.error.issues.map(({ path, message }) => [...path, message].join(": ")).join("; "));
}
