import { z } from "zod";
import { held } from "../../clock";
import { copyFiles, type Copied } from "../../data/copy-files";
import { withCode } from "../../data/data-error";
import { selectFiles } from "../../data/file-selection";
import { sinkShape, sourceShape } from "../../data/sides";
import { translator } from "../../data/translator";
import { notUnderstood, present } from "../../datasets/literals";
import { evaluateJson } from "../../expressions/template";
import { isArray, json, type Json, type JsonObject } from "../../json";
import type { Services, Work, WorkContext } from "./activity";
import { copyOutput } from "./copy-output";
import { DatasetReference, readProperties, together } from "./dataset-reference";
import type { Around } from "./load";
import { flag } from "./properties";

const shape = z.record(z.string(), json);
const ignored = z.unknown().optional();
const off = flag.refine((is) => !is, "is not understood here");

/** What a Copy says besides its sides. */
const settings = z.strictObject({
  enableStaging: off,
  enableSkipIncompatibleRow: off,
  dataIntegrationUnits: ignored,
  parallelCopies: ignored,
  cloudDataMovementUnits: ignored,
  validateDataConsistency: off,
  translator: translator.nullish(),
});

/** Copies files, as they are or into another format. */
export class Copy implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  readonly onlyByStub: string | undefined;
  private readonly source: DatasetReference;
  private readonly sink: DatasetReference;
  private readonly properties: JsonObject;

  constructor(typeProperties: unknown, _load: unknown, { datasets, inputs, outputs }: Around) {
    const read = readProperties(shape, typeProperties);
    this.properties = read.properties;
    this.source = new DatasetReference(only(inputs), datasets);
    this.sink = new DatasetReference(only(outputs), datasets);
    this.onlyByStub = together([read.problem, this.source.problem, this.sink.problem, ...this.problems()]);
  }

  needsStub(services: Services): string | undefined {
    return this.onlyByStub ?? this.source.withoutStore(services) ?? this.sink.withoutStore(services);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const { clock } = context;
    const start = clock.now();
    const copied = await held(clock, () => withCode("2200", () => this.copy(context)));
    return copyOutput({
      copied,
      start,
      seconds: (clock.now().getTime() - start.getTime()) / 1000,
      source: this.source.dataset!,
      sink: this.sink.dataset!,
    });
  }

  private problems(): readonly string[] {
    const [source, sink] = [this.source.dataset?.format, this.sink.dataset?.format];
    if (source === undefined || sink === undefined) return [];
    const { source: from, sink: to, ...more } = this.properties;
    const { deleteFilesAfterCompletion } = sourceShape(source).safeParse(from).data?.storeSettings ?? {};
    return [
      ...notUnderstood("source", sourceShape(source), from),
      ...notUnderstood("sink", sinkShape(sink), to),
      ...notUnderstood("typeProperties", settings, more),
      ...((source.type === "Binary") === (sink.type === "Binary")
        ? []
        : ["copies a dataset of type Binary into one of another type"]),
      ...(deleteFilesAfterCompletion === true && source.type !== "Binary"
        ? ["deletes files after completion, which is for datasets of type Binary"]
        : []),
    ];
  }

  private async copy(context: WorkContext): Promise<Copied> {
    const { source: from = {}, sink: to = {}, ...more } = this.properties;
    const value = (written: Json) => present(evaluateJson(written, context.scope));
    const [sourceFormat, sinkFormat] = [this.source.dataset!.format!, this.sink.dataset!.format!];
    const read = sourceShape(sourceFormat).parse(value(from));
    const write = sinkShape(sinkFormat).parse(value(to));
    const { translator: mapping } = settings.parse(value(more));
    const source = this.source.open(context, { read: json.optional().parse(read.formatSettings), write: undefined });
    const sink = this.sink.open(context, { read: undefined, write: json.optional().parse(write.formatSettings) });
    const { recursive = true, deleteFilesAfterCompletion } = read.storeSettings;
    return copyFiles({
      source,
      sink,
      files: await selectFiles(source.store, source.place, { ...read.storeSettings, recursive }),
      copyBehavior: write.storeSettings.copyBehavior,
      translator: mapping ?? undefined,
      isHierarchical: { source: sourceFormat.type === "Json", sink: sinkFormat.type === "Json" },
      deleteFilesAfterCompletion,
      signal: context.signal,
    });
  }
}

/** A Copy has one dataset on each side. */
function only(datasets: Json | undefined): Json | undefined {
  return isArray(datasets) && datasets.length === 1 ? datasets[0] : undefined;
}
