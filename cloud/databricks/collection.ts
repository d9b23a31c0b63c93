import { z } from "zod";

/** Things of one kind by their keys, in the order in which they came. */
export class Collection<T> {
  private readonly things: Map<string, T>;

  constructor(
    kept: Iterable<readonly [string, T]>,
    private readonly changed: () => void,
  ) {
    this.things = new Map(kept);
  }

  get(key: string): T | undefined {
    return this.things.get(key);
  }

  all(): readonly T[] {
    return [...this.things.values()];
  }

  put(key: string, thing: T): void {
    this.things.set(key, thing);
    this.changed();
  }

  delete(key: string): void {
    if (this.things.delete(key)) this.changed();
  }

  /** As it is kept in a file. */
  toJSON(): readonly (readonly [string, T])[] {
    return [...this.things];
  }
}

/** What a collection of such things is in a file. */
export function collectionOf<S extends z.ZodType>(thing: S) {
  return z.array(z.tuple([z.string(), thing])).default([]);
}
