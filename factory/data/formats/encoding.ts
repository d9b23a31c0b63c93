import { z } from "zod";
import { DataError } from "../data-error";

/** Encodings of the service under other names than the Encoding Standard has for them. */
const LABELS: Readonly<Record<string, string>> = {
  "UTF-8 WITHOUT BOM": "utf-8",
  CP866: "ibm866",
  "SHIFT-JIS": "shift_jis",
};

/** The ones in which files are written, with their byte order marks. */
const WRITTEN: Readonly<Record<string, { readonly encoding: BufferEncoding; readonly mark: string }>> = {
  "UTF-8": { encoding: "utf8", mark: "\uFEFF" },
  "UTF-8 WITHOUT BOM": { encoding: "utf8", mark: "" },
  "UTF-16": { encoding: "utf16le", mark: "\uFEFF" },
};

/** Characters. */
const WRITTEN_AT_ONCE = 64 * 1024;

/** Of a dataset of text; absent: UTF-8, without a byte order mark where it is written. */
export const encodingName = z
  .string()
  .toUpperCase()
  .refine((name) => labelOf(name) !== undefined, { error: ({ input }) => `${String(input)} cannot be read here` })
  .optional();

function labelOf(name: string): string | undefined {
  try {
    return new TextDecoder(LABELS[name] ?? name).encoding;
  } catch {
    return undefined;
  }
}

/** Texts of a stream of bytes, without a byte order mark. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, name = "UTF-8"): AsyncGenerator<string> {
  const decoder = new TextDecoder(labelOf(name));
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Bytes of texts. */
export async function* encoded(texts: AsyncIterable<string>, name = "UTF-8 WITHOUT BOM"): AsyncGenerator<Buffer> {
  const written = WRITTEN[name];
  if (written === undefined)
    throw new DataError(
      "UserErrorEncoding",
      `Encoding ${name} is not written here, only ${Object.keys(WRITTEN).join(", ")} are.`,
    );
  const { encoding, mark } = written;
  if (mark !== "") yield Buffer.from(mark, encoding);
  let waiting = "";
  for await (const text of texts) {
    waiting += text;
    if (waiting.length < WRITTEN_AT_ONCE) continue;
    yield Buffer.from(waiting, encoding);
    waiting = "";
  }
  yield Buffer.from(waiting, encoding);
}
