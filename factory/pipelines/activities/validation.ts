import { z } from "zod";
import { held } from "../../clock";
import { childItems, itemAt } from "../../data/metadata";
import { evaluateJson } from "../../expressions/template";
import { json, type Json, type JsonObject } from "../../json";
import { parseTimeSpan, withTimeout } from "../policy";
import type { WorkContext } from "./activity";
import { DatasetActivity } from "./dataset-activity";
import type { OpenDataset } from "./dataset-reference";
import type { Around } from "./load";
import { boolean } from "./properties";

const shape = z.looseObject({
  dataset: z.unknown().optional(),
  timeout: json.default("0.12:00:00"),
  sleep: json.default(10),
  minimumSize: json.default(0),
  childItems: json.optional(),
});

const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

/** Waits until a dataset is there as it is wanted. */
export class Validation extends DatasetActivity<z.infer<typeof shape>> {
  override readonly hasPolicy = false;

  constructor(typeProperties: unknown, _load: unknown, { datasets }: Around) {
    super(shape, typeProperties, datasets);
  }

  async run(context: WorkContext): Promise<JsonObject> {
    const { scope, clock, signal } = context;
    const value = (written: Json) => evaluateJson(written, scope);
    const { timeout, sleep, minimumSize, childItems: children } = this.properties;
    const seconds = parseTimeSpan(value(timeout), "timeout");
    const pause = count.parse(value(sleep)) * 1000;
    const wanted = {
      minimumSize: count.parse(value(minimumSize)),
      childItems: children === undefined || children === null ? undefined : boolean.parse(value(children)),
    };
    const opened = this.reference.open(context, { read: undefined, write: undefined });
    return withTimeout(seconds, clock, signal, async (either) => {
      for (;;) {
        const output = await held(clock, () => validated(opened, wanted));
        if (output !== undefined) return output;
        await clock.sleep(pause, either);
      }
    });
  }

  protected problems(): readonly string[] {
    return [];
  }
}

interface Wanted {
  readonly minimumSize: number;
  /** Whether the folder has something in it; `undefined`: either. */
  readonly childItems: boolean | undefined;
}

/** What is there; `undefined` where it is not yet as it is wanted. */
async function validated({ store, place }: OpenDataset, wanted: Wanted): Promise<JsonObject | undefined> {
  const item = await itemAt(store, place);
  if (item === undefined) return undefined;
  const { itemName, itemType, blob } = item;
  if (itemType === "File") {
    const size = blob?.size ?? 0;
    return size >= wanted.minimumSize ? { exists: true, itemName, itemType, size } : undefined;
  }
  if (wanted.childItems === undefined) return { exists: true, itemName, itemType };
  const found = await childItems(store, place);
  return found.length > 0 === wanted.childItems ? { exists: true, itemName, itemType, childItems: found } : undefined;
}
