import { z } from "zod";
import { held } from "../../clock";
import { withCode } from "../../data/data-error";
import { readSettings, selectFiles, withSlash } from "../../data/file-selection";
import { hasWildcard } from "../../data/wildcard";
import { notUnderstood, present } from "../../datasets/literals";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { WorkContext } from "./activity";
import { DatasetActivity } from "./dataset-activity";
import type { Around } from "./load";
import { flag } from "./properties";

const shape = z.looseObject({
  dataset: z.unknown().optional(),
  storeSettings: json.optional(),
  recursive: json.default(false),
});

/** Deletes files. Its log is not written here. */
export class Delete extends DatasetActivity<z.infer<typeof shape>> {
  constructor(typeProperties: unknown, _load: unknown, { datasets }: Around) {
    super(shape, typeProperties, datasets);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const { clock } = context;
    const start = clock.now().getTime();
    const output = await held(clock, () => withCode("2200", () => this.delete(context)));
    return { ...output, executionDuration: Math.round((clock.now().getTime() - start) / 1000) };
  }

  protected problems(): readonly string[] {
    return notUnderstood("storeSettings", readSettings, this.properties.storeSettings);
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
