import { z } from "zod";
import { held } from "../../clock";
import { withCode } from "../../data/data-error";
import { readSettings, selectFiles, withSlash } from "../../data/file-selection";
import { hasWildcard } from "../../data/wildcard";
import { notUnderstood, present } from "../../datasets/literals";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { Services, Work, WorkContext } from "./activity";
import { DatasetReference, readProperties, together } from "./dataset-reference";
import type { Around } from "./load";
import { flag } from "./properties";

const shape = z.looseObject({
  dataset: z.unknown().optional(),
  storeSettings: json.optional(),
  recursive: json.default(false),
});

/** Deletes files. Its log is not written here. */
export class Delete implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  readonly onlyByStub: string | undefined;
  private readonly properties: z.infer<typeof shape>;
  private readonly reference: DatasetReference;

  constructor(typeProperties: unknown, _load: unknown, { datasets }: Around) {
    const read = readProperties(shape, typeProperties);
    this.properties = read.properties;
    this.reference = new DatasetReference(this.properties.dataset, datasets);
    this.onlyByStub = together([
      read.problem,
      this.reference.problem,
      ...notUnderstood("storeSettings", readSettings, this.properties.storeSettings),
    ]);
  }

  needsStub(services: Services): string | undefined {
    return this.onlyByStub ?? this.reference.withoutStore(services);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const { clock } = context;
    const start = clock.now().getTime();
    const output = await held(clock, () => withCode("2200", () => this.delete(context)));
    return { ...output, executionDuration: Math.round((clock.now().getTime() - start) / 1000) };
  }

  private async delete(context: WorkContext): Promise<JsonObject> {
    const { scope, signal } = context;
    const given = readSettings.parse(present(evaluateJson(this.properties.storeSettings ?? {}, scope)));
    const recursive = given.recursive ?? flag.parse(evaluateJson(this.properties.recursive, scope));
    const { store, place } = this.reference.open(context, { read: undefined, write: undefined });
    const { container, folder, file } = place;
    const files = await selectFiles(store, place, { ...given, recursive });
    for (const { blob } of files) {
      signal.throwIfAborted();
      await store.delete(container, blob.name);
    }
    const names = [given.wildcardFileName, given.wildcardFolderPath, file];
    return {
      datasetName: this.reference.dataset?.name ?? "",
      path: `${container}/${withSlash(folder)}${file ?? ""}`,
      recursive,
      isWildcardUsed: names.some((name) => name !== undefined && hasWildcard(name)),
      filesDeleted: files.length,
    };
  }
}
