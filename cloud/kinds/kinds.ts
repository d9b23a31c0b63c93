import type { ResourceId } from "../resource-manager/resource-id";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";

/** Where a resource is written. */
export interface Writing {
  /** As it was until now; absent: it is new. */
  readonly before: Resource | undefined;
  readonly store: ResourceStore;
  /** The id of what it is in or on. */
  readonly parent: string;
}

/** What a service adds to resources of a type, and what it refuses. */
export interface Kind {
  /** What only the service knows of a resource: ids, addresses, states. Throws an `ApiError` for what it refuses. */
  readonly complete?: (resource: Resource, writing: Writing) => Resource;
  /** What is there without having been written. */
  readonly builtIn?: (id: ResourceId, store: ResourceStore) => Resource | undefined;
  /** What a list has beside what was written. */
  readonly given?: (within: string, query: URLSearchParams) => readonly Resource[];
  readonly isListed?: (resource: Resource, query: URLSearchParams) => boolean;
  /** The resource as it is read, where that is more than what was written. */
  readonly shown?: (resource: Resource, store: ResourceStore) => Resource;
  /** What a POST to a path behind the resource's does, by the path's last part in lower case. */
  readonly actions?: Readonly<Record<string, (resource: Resource) => object>>;
  /** Throws an `ApiError` where it is still used. */
  readonly refuseDelete?: (resource: Resource, store: ResourceStore) => void;
  /** What follows; the answer waits for it. */
  readonly afterWrite?: (resource: Resource, store: ResourceStore) => Promise<void> | void;
  readonly afterDelete?: (resource: Resource, store: ResourceStore) => Promise<void> | void;
}

/** By type, in lower case: all that is not here is kept as it is written. */
export type Kinds = Readonly<Record<string, Kind>>;

/** A resource with properties over those it has. */
export function withProperties(resource: Resource, properties: Readonly<Record<string, unknown>>): Resource {
  return { ...resource, properties: { ...resource.properties, ...properties } };
}

/** A resource with properties for those it has not. */
export function withDefaults(resource: Resource, properties: Readonly<Record<string, unknown>>): Resource {
  return { ...resource, properties: { ...properties, ...resource.properties } };
}

/** What several say of the same type holds, one after the other. */
export function together(...all: readonly Kinds[]): Kinds {
  const types = new Set(all.flatMap((kinds) => Object.keys(kinds)));
  return Object.fromEntries([...types].map((type) => [type, chained(all.flatMap((kinds) => kinds[type] ?? []))]));
}

function chained(kinds: readonly Kind[]): Kind {
  const after = (hook: "afterWrite" | "afterDelete"): Kind["afterWrite"] => {
    return async (resource, store) => {
      for (const kind of kinds) await kind[hook]?.(resource, store);
    };
  };
  return {
    ...Object.assign({}, ...kinds),
    complete: (resource, writing) => kinds.reduce((one, kind) => kind.complete?.(one, writing) ?? one, resource),
    refuseDelete: (resource, store) => kinds.forEach((kind) => kind.refuseDelete?.(resource, store)),
    afterWrite: after("afterWrite"),
    afterDelete: after("afterDelete"),
  };
}
