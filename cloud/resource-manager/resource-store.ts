import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const resource = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string().optional(),
  properties: z.record(z.string(), z.unknown()),
});

/** A resource as Resource Manager shows it. */
export type Resource = Readonly<z.infer<typeof resource>>;

/** What has been deployed. It is kept in a file, which is written anew with each change. */
export class ResourceStore {
  private readonly resources: Map<string, Resource>;
  private readonly listeners: ((changed: Resource) => void)[] = [];

  constructor(private readonly file?: string) {
    const kept =
      file !== undefined && existsSync(file) ? z.array(resource).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
    this.resources = new Map(kept.map((one) => [one.id.toLowerCase(), one]));
  }

  get(id: string): Resource | undefined {
    return this.resources.get(id.toLowerCase());
  }

  /** Everything, or what is in or on something, however deep. */
  all(within = ""): readonly Resource[] {
    const beginning = `${within.toLowerCase()}/`;
    return [...this.resources].filter(([id]) => id.startsWith(beginning)).map(([, one]) => one);
  }

  ofType(type: string, within = ""): readonly Resource[] {
    return this.all(within).filter((one) => one.type.toLowerCase() === type.toLowerCase());
  }

  put(changed: Resource): void {
    this.resources.set(changed.id.toLowerCase(), changed);
    this.changed(changed);
  }

  /** Deletes a resource with all that is in it and on it. */
  delete(deleted: Resource): void {
    for (const { id } of [deleted, ...this.all(deleted.id)]) this.resources.delete(id.toLowerCase());
    this.changed(deleted);
  }

  /** Tells of each resource that is written or deleted. */
  onChange(listener: (changed: Resource) => void): void {
    this.listeners.push(listener);
  }

  private changed(resource: Resource): void {
    if (this.file !== undefined) {
      mkdirSync(path.dirname(this.file), { recursive: true });
      writeFileSync(`${this.file}.new`, JSON.stringify([...this.resources.values()], null, 1), { mode: 0o600 });
      renameSync(`${this.file}.new`, this.file);
    }
    this.listeners.forEach((listener) => listener(resource));
  }
}
