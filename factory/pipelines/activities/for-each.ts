import { z } from "zod";
import { json, type Json, type JsonObject } from "../../json";
import type { Activity, Work, WorkContext } from "./activity";
import type { ActivityError } from "./activity-error";
import { evaluateItems } from "./items";
import { flag } from "./properties";

const MOST_ITEMS = 100_000;

const NO_ITEMS = "no items";
const ITEMS = "items";

const properties = z.looseObject({
  items: json,
  isSequential: flag,
  /** Items side by side. */
  batchCount: z.int().min(1).max(50).default(20),
  activities: z.array(z.unknown()),
});

/** Runs its activities for each item. An item that fails does not keep the others from running. */
export class ForEach implements Work {
  readonly hasPolicy = false;
  readonly branches = [NO_ITEMS, ITEMS];
  readonly isLoop = true;
  readonly hidesInner = true;
  readonly inner: readonly Activity[];
  private readonly items: Json;
  private readonly sideBySide: number;

  constructor(typeProperties: unknown, load: (activities: readonly unknown[]) => readonly Activity[]) {
    const { items, isSequential, batchCount, activities } = properties.parse(typeProperties);
    this.items = items;
    this.sideBySide = isSequential ? 1 : batchCount;
    this.inner = load(activities);
  }

  async run({ scope, runInner, take }: WorkContext): Promise<JsonObject> {
    const items = evaluateItems(this.items, scope);
    if (items.length > MOST_ITEMS)
      throw new Error(`there are ${items.length} items, at most ${MOST_ITEMS} are allowed`);
    take(items.length === 0 ? NO_ITEMS : ITEMS);
    const failures: ActivityError[] = [];
    const left = items.values();
    // All workers take from the one iterator, so that a slow item holds up no other.
    const worker = async (): Promise<void> => {
      for (const item of left) {
        const { failure } = await runInner(this.inner, { item });
        if (failure !== undefined) failures.push(failure);
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.sideBySide, items.length) }, worker));
    if (failures.length > 0) throw failures[0]!;
    return {};
  }
}
