import { z } from "zod";
import { evaluateJson } from "../../expressions/template";
import { json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";
import { toBoolean } from "./condition";
import { evaluateItems, withItem } from "./items";

const properties = z.looseObject({ items: json, condition: json });

/** The items for which a condition holds. */
export class Filter implements Work {
  readonly inner = [];
  readonly hasPolicy = false;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  async run({ scope }: WorkContext): Promise<JsonObject> {
    const items = evaluateItems(this.properties.items, scope);
    const kept = items.filter((item) => toBoolean(evaluateJson(this.properties.condition, withItem(scope, item))));
    return { ItemsCount: items.length, FilteredItemsCount: kept.length, Value: kept };
  }
}
