import { z } from "zod";
import { held } from "../../clock";
import { copyFiles } from "../../data/copy-files";
import { withCode } from "../../data/data-error";
import { selectFiles } from "../../data/file-selection";
import { copySourceShape, sinkShape } from "../../data/sides";
import { present } from "../../datasets/literals";
import { evaluateJson } from "../../expressions/template";
import { isArray, json, type Json, type JsonObject } from "../../json";
import type { Services, Work, WorkContext } from "./activity";
import { copyProblems, linkedServicesBeside } from "./copy-checks";
import { copyOutput, type CopyResult } from "./copy-output";
import { copySettings, verificationOf } from "./copy-settings";
import { SideBlobs } from "./copy-side-blobs";
import { DatasetReference, NO_STORE, readProperties, storeOf, together } from "./dataset-reference";
import type { Around } from "./load";

const shape = z.record(z.string(), json);

/** Copies files, as they are or into another format. */
export class Copy implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  readonly onlyByStub: string | undefined;
  private readonly source: DatasetReference;
  private readonly sink: DatasetReference;
  private readonly properties: JsonObject;
  /** The linked services that it writes to beside its sink. */
  private readonly beside: readonly string[];

  constructor(typeProperties: unknown, _load: unknown, { datasets, inputs, outputs }: Around) {
    const read = readProperties(shape, typeProperties);
    this.properties = read.properties;
    this.source = new DatasetReference(only(inputs), datasets);
    this.sink = new DatasetReference(only(outputs), datasets);
    const [source, sink] = [this.source.dataset?.format, this.sink.dataset?.format];
    const own = source && sink ? copyProblems(this.properties, { source, sink }, datasets) : [];
    this.beside = linkedServicesBeside(this.properties);
    this.onlyByStub = together([read.problem, this.source.problem, this.sink.problem, ...own]);
  }

  needsStub(services: Services): string | undefined {
    const isWithoutStore = this.beside.some((name) => storeOf(services, name) === undefined);
    return (
      this.onlyByStub ??
      this.source.withoutStore(services) ??
      this.sink.withoutStore(services) ??
      (isWithoutStore ? NO_STORE : undefined)
    );
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const { clock } = context;
    const start = clock.now();
    const result = await held(clock, () => withCode("2200", () => this.copy(context)));
    return copyOutput({
      ...result,
      start,
      seconds: (clock.now().getTime() - start.getTime()) / 1000,
      source: this.source.dataset!,
      sink: this.sink.dataset!,
    });
  }

  private async copy(context: WorkContext): Promise<CopyResult> {
    const { source: from = {}, sink: to = {}, ...more } = this.properties;
    const value = (written: Json) => present(evaluateJson(written, context.scope));
    const [sourceFormat, sinkFormat] = [this.source.dataset!.format!, this.sink.dataset!.format!];
    const read = copySourceShape(sourceFormat).parse(value(from));
    const write = sinkShape(sinkFormat).parse(value(to));
    const settings = copySettings.parse(value(more));
    const source = this.source.open(context, { read: json.optional().parse(read.formatSettings), write: undefined });
    const sink = this.sink.open(context, { read: undefined, write: json.optional().parse(write.formatSettings) });
    const { recursive = true, deleteFilesAfterCompletion } = read.storeSettings;
    const { copyBehavior } = write.storeSettings;
    const isBinary = sourceFormat.type === "Binary";
    const verification = verificationOf(settings, { isBinary, copyBehavior });
    const beside = new SideBlobs(settings, context);
    try {
      const copied = await copyFiles({
        source,
        sink,
        files: await selectFiles(source.store, source.place, { ...read.storeSettings, recursive }),
        copyBehavior,
        added: read.additionalColumns ?? [],
        translator: settings.translator ?? undefined,
        isHierarchical: { source: sourceFormat.type === "Json", sink: sinkFormat.type === "Json" },
        deleteFilesAfterCompletion,
        staging: beside.staging,
        skipRow: settings.enableSkipIncompatibleRow ? beside.skipRow : undefined,
        skipFiles: settings.skipErrorFile,
        verifiesFiles: isBinary && verification === "Verified",
        log: beside.log,
        signal: context.signal,
      });
      return { copied, settings, verification, paths: await beside.end() };
    } catch (error) {
      // Why the copy failed matters more than what else goes wrong then.
      await beside.end().catch(() => undefined);
      throw error;
    }
  }
}

/** A Copy has one dataset on each side. */
function only(datasets: Json | undefined): Json | undefined {
  return isArray(datasets) && datasets.length === 1 ? datasets[0] : undefined;
}
