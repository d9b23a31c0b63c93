import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { messageOf } from "../../../command-line/message";
import { UserError } from "../../../command-line/user-error";

const NEWLINE = 10;

/** Reads a text file, gzip or plain, in chunks of whole lines; the last line is ended where the file does not do it. */
export async function* readChunks(file: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  const bytes: AsyncIterable<Buffer> = file.endsWith(".gz")
    ? pipeline(raw, createGunzip({ chunkSize: 1 << 20 }), () => undefined)
    : raw;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const read of bytes) {
      const chunk = rest.length > 0 ? Buffer.concat([rest, read]) : read;
      const end = chunk.lastIndexOf(NEWLINE) + 1;
      if (end > 0) yield chunk.subarray(0, end);
      rest = chunk.subarray(end);
    }
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`);
  } finally {
    raw.destroy();
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.from([NEWLINE])]);
}

/** Calls `visit` with the start and the end (its newline included) of every line of a chunk. */
export function forEachLine(chunk: Buffer, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < chunk.length;) {
    const end = chunk.indexOf(NEWLINE, start) + 1;
    visit(start, end);
    start = end;
  }
}
