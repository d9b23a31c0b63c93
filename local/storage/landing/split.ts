import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { forEachLine, readChunks } from "./chunks";
import { type ClassicFiles, type Table, TABLES } from "./classic-files";
import { type Day, DayReader } from "./day";
import { type Delivery, type LandingPlan, place } from "./plan";

const landingFile = z
  .object({
    /** Name below the landing root: `telemetry/2015-01-01_2015-12-31/part-00000.csv.gz`. */
    name: z.string(),
    size: z.int(),
    md5: z.string(),
  })
  .readonly();

const landingFiles = z.array(landingFile).readonly();

export const splitData = z.object({ history: landingFiles, deliveries: z.array(landingFiles).readonly() }).readonly();

/** A file that is ready to land. */
export type LandingFile = z.infer<typeof landingFile>;

/** What lands: the history first, then one delivery after the other; files in landing order. */
export type SplitData = z.infer<typeof splitData>;

/** Rows are collected and compressed in blocks: a file is a sequence of gzip members. */
const BLOCK_BYTES = 256 * 1024;

/** The history is cut into parts of this size (uncompressed), which Spark reads side by side; a delivery is one file. */
const PART_BYTES = 8 * 1024 * 1024;

/** Writes every row of the five files into one landing file of its delivery; nothing is lost, doubled or changed. */
export async function splitFiles(files: ClassicFiles, plan: LandingPlan, folder: string): Promise<SplitData> {
  rmSync(folder, { recursive: true, force: true });
  const places: LandingFile[][] = [plan.history, ...plan.deliveries].map(() => []);
  for (const table of TABLES) {
    const written = await splitTable(table, files[table], plan, folder);
    written.forEach((landing, index) => places[index]!.push(...landing));
  }
  const [history, ...deliveries] = places;
  return { history: history!, deliveries };
}

async function splitTable(table: Table, file: string, plan: LandingPlan, folder: string) {
  const dated = table !== "machines";
  const reader = new DayReader();
  const known = new Map<Day | undefined, Writer>();
  let writers: readonly Writer[] = [];
  for await (const chunk of readChunks(file)) {
    let from = 0;
    if (writers.length === 0) {
      from = chunk.indexOf(10) + 1;
      const header = Buffer.from(chunk.subarray(0, from));
      const writer = (delivery: Delivery) =>
        new Writer(folder, table, delivery, header, delivery === plan.history ? PART_BYTES : Infinity);
      writers = [plan.history, ...plan.deliveries].map(writer);
    }
    let writer: Writer | undefined;
    let sliceStart = from;
    const rows = chunk.subarray(from);
    forEachLine(rows, (start) => {
      const day = dated ? reader.read(rows, start) : undefined;
      let target = known.get(day);
      if (target === undefined) known.set(day, (target = writers[place(plan, day)]!));
      if (target === writer) return;
      writer?.write(chunk.subarray(sliceStart, from + start));
      writer = target;
      sliceStart = from + start;
    });
    writer?.write(chunk.subarray(sliceStart));
  }
  return writers.map((writer) => writer.end());
}

/** The landing files of one table in one delivery. */
class Writer {
  private readonly parts: LandingFile[] = [];
  private part:
    { readonly name: string; size: number; bytes: number; readonly md5: ReturnType<typeof createHash> } | undefined;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;

  constructor(
    private readonly folder: string,
    private readonly table: Table,
    private readonly delivery: Delivery,
    private readonly header: Buffer,
    private readonly partBytes: number,
  ) {}

  write(rows: Buffer): void {
    this.waiting.push(Buffer.from(rows));
    this.waitingBytes += rows.length;
    if (this.waitingBytes >= BLOCK_BYTES) this.flush();
  }

  end(): readonly LandingFile[] {
    this.flush();
    this.endPart();
    return this.parts;
  }

  private flush(): void {
    if (this.waitingBytes === 0) return;
    this.part ??= this.startPart();
    const block = gzipSync(Buffer.concat(this.waiting), { level: 1 });
    appendFileSync(path.join(this.folder, this.part.name), block);
    this.part.md5.update(block);
    this.part.size += block.length;
    this.part.bytes += this.waitingBytes;
    this.waiting = [];
    this.waitingBytes = 0;
    if (this.part.bytes >= this.partBytes) this.endPart();
  }

  private startPart() {
    const number = String(this.parts.length).padStart(5, "0");
    const name = `${this.table}/${this.delivery.first}_${this.delivery.last}/part-${number}.csv.gz`;
    mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
    this.waiting.unshift(this.header);
    return { name, size: 0, bytes: 0, md5: createHash("md5") };
  }

  private endPart(): void {
    if (this.part === undefined) return;
    const { name, size, md5 } = this.part;
    this.parts.push({ name, size, md5: md5.digest("base64") });
    this.part = undefined;
  }
}
