import { z } from "zod";
import { ApiError } from "../http/api-error";
import { LEFT, Reply } from "../http/reply";
import type { ApiRequest, Handler, Route } from "../http/route";
import { withIdentity } from "../kinds/identities";
import { type Kind, type Kinds, withProperties } from "../kinds/kinds";
import { GROUPS, parseId, parseList, type ResourceId } from "./resource-id";
import type { Resource, ResourceStore } from "./resource-store";

const content = z.looseObject({
  properties: z.record(z.string(), z.unknown()).nullish(),
  location: z.string().optional(),
});
type Content = z.infer<typeof content>;

const json = z.record(z.string(), z.unknown());

/** Any resource of any type is written, read, listed and deleted; `kinds` say what the services add and refuse. */
export function resourceRoutes(store: ResourceStore, kinds: Kinds): readonly Route[] {
  const resources = new Resources(store, kinds);
  const roots = ["/subscriptions", "/providers"];
  const at = (method: Route["method"], handle: (path: string, request: ApiRequest) => ReturnType<Handler>) =>
    roots.map((root) => ({
      method,
      path: `${root}/{path*}`,
      handle: (request: ApiRequest) => handle(`${root}/${request.names["path"]}`, request),
    }));
  return [
    {
      method: "GET",
      path: "/subscriptions/{subscription}/resources",
      handle: ({ names, query }) => placed(store, `/subscriptions/${names["subscription"]}`, query),
    },
    {
      method: "GET",
      path: "/subscriptions/{subscription}/resourceGroups/{group}/resources",
      handle: ({ names, query }) =>
        placed(store, `/subscriptions/${names["subscription"]}/resourceGroups/${names["group"]}`, query),
    },
    ...at("GET", (path, { query }) => resources.read(path, query)),
    ...at("HEAD", (path, { query }) => resources.exists(path, query)),
    ...at("PUT", (path, { body }) => resources.write(path, content.parse(body ?? {}))),
    ...at("PATCH", (path, { body }) => resources.change(path, content.parse(body ?? {}))),
    ...at("DELETE", (path) => resources.delete(path)),
    ...at("POST", (path) => resources.act(path)),
  ];
}

/** What has a place of its own: a resource group is none, and neither are parts of a resource. */
function placed(store: ResourceStore, within: string, query: URLSearchParams): object {
  const filter = query.get("$filter") ?? "";
  const asked = (name: string) => new RegExp(`${name} eq '([^']*)'`, "i").exec(filter)?.[1]?.toLowerCase();
  const [group, kind] = [asked("resourceGroup"), asked("resourceType")];
  const isAsked = ({ id, type }: Resource) =>
    (group === undefined || id.toLowerCase().includes(`/resourcegroups/${group}/`)) &&
    (kind === undefined || type.toLowerCase() === kind);
  const resources = store.all(within).filter(({ location, type }) => location !== undefined && type !== GROUPS);
  return { value: resources.filter(isAsked) };
}

class Resources {
  constructor(
    private readonly store: ResourceStore,
    private readonly kinds: Kinds,
  ) {}

  read(path: string, query: URLSearchParams): object {
    const id = parseId(path);
    if (id !== undefined) return this.shown(this.require(id));
    const list = parseList(path);
    if (list === undefined) throw new ApiError(404, "InvalidResourceType", `${path} is not answered on this machine`);
    const { type, within } = list;
    const kind = this.kindOf(list);
    const found = this.store.ofType(type, within).filter((one) => kind.isListed?.(one, query) ?? true);
    return { value: [...(kind.given?.(within, query) ?? []), ...found.map((one) => this.shown(one))] };
  }

  exists(path: string, query: URLSearchParams): Reply {
    this.read(path, query);
    return new Reply(204);
  }

  write(path: string, body: Content): Promise<Reply> {
    const id = requireId(path);
    const before = this.store.get(id.id);
    this.requireParent(id);
    return this.put(id, { ...body, properties: { ...body.properties } }, before);
  }

  change(path: string, body: Content): Promise<Reply> {
    const id = requireId(path);
    const before = this.require(id);
    return this.put(id, merged(before, body) as Content, before);
  }

  async delete(path: string): Promise<Reply> {
    const id = requireId(path);
    const found = this.store.get(id.id);
    if (found === undefined) return new Reply(204);
    const kind = this.kindOf(id);
    kind.refuseDelete?.(found, this.store);
    requireUnlocked(found, this.store);
    const gone = [...this.store.all(found.id), found];
    this.store.delete(found);
    for (const one of gone) await this.kindOf(one).afterDelete?.(one, this.store);
    return new Reply(200);
  }

  act(path: string): object | typeof LEFT {
    const [, resource, action] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const id = parseId(resource ?? "");
    if (id === undefined) return LEFT;
    const found = this.require(id);
    return this.kindOf(id).actions?.[action!.toLowerCase()]?.(found) ?? LEFT;
  }

  private async put(id: ResourceId, body: Content, before: Resource | undefined): Promise<Reply> {
    const { store } = this;
    const { type, name, parent } = id;
    const kind = this.kindOf(id);
    const location = body.location?.replaceAll(" ", "").toLowerCase();
    const properties = body.properties ?? {};
    const stated = withIdentity({ ...body, ...(location && { location }), id: id.id, name, type, properties }, store);
    const completed = kind.complete?.(stated, { before, store, parent }) ?? stated;
    const written = hasState(type) ? withProperties(completed, { provisioningState: "Succeeded" }) : completed;
    store.put(written);
    await kind.afterWrite?.(written, store);
    return new Reply(ALWAYS_CREATED.test(type) ? 201 : 200, this.shown(written));
  }

  /** With what is written apart from it, but shown in it: subnets in their network. */
  private shown(resource: Resource): Resource {
    return this.kindOf(resource).shown?.(resource, this.store) ?? resource;
  }

  private kindOf({ type }: Pick<Resource, "type">): Kind {
    return this.kinds[type.toLowerCase()] ?? {};
  }

  private require(id: ResourceId): Resource {
    const found = this.store.get(id.id) ?? this.kindOf(id).builtIn?.(id, this.store);
    if (found !== undefined) return found;
    this.requireParent(id);
    throw notFound(id);
  }

  private requireParent({ parent }: ResourceId): void {
    const id = parseId(parent);
    if (id !== undefined) this.require(id);
  }
}

function requireId(path: string): ResourceId {
  const id = parseId(path);
  if (id === undefined) throw new ApiError(405, "HttpRequestMethodNotSupported", `${path} is not a resource`);
  return id;
}

function notFound({ id, type, name, parent }: ResourceId): ApiError {
  if (type === GROUPS)
    return new ApiError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
  const group = /\/resourceGroups\/([^/]+)/.exec(parent)?.[1];
  return new ApiError(
    404,
    "ResourceNotFound",
    group === undefined
      ? `The Resource '${id}' was not found.`
      : `The Resource '${type}/${name}' under resource group '${group}' was not found.`,
  );
}

/** Answered with 201, where others are answered with 200 by clients that take nothing else. */
const ALWAYS_CREATED = /^Microsoft\.Authorization\/role/i;

const LOCKS = "Microsoft.Authorization/locks";

/** What is not asked for a state: parts of a factory, and permissions. */
function hasState(type: string): boolean {
  return !/^Microsoft\.(Authorization|DataFactory\/factories)\/./i.test(type);
}

/** A lock keeps what it is on, what that has, and what that is in. */
function requireUnlocked({ id, type }: Resource, store: ResourceStore): void {
  if (type.toLowerCase() === LOCKS.toLowerCase()) return;
  const isWithin = (inner: string, outer: string) => `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
  const lock = store.ofType(LOCKS).find((one) => isWithin(id, lockedBy(one)) || isWithin(lockedBy(one), id));
  if (lock !== undefined)
    throw new ApiError(
      409,
      "ScopeLocked",
      `The scope '${id}' cannot perform delete operation because following scope(s) are locked: '${lockedBy(lock)}'. Please remove the lock and try again.`,
    );
}

const lockedBy = ({ id }: Resource): string => id.replace(/\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i, "");

/** What a patch makes of a resource: objects are merged, null takes away, anything else takes the place of what was there. */
function merged(before: unknown, patch: unknown): unknown {
  const [old, given] = [json.safeParse(before), json.safeParse(patch)];
  if (!old.success || !given.success) return patch;
  const changed = Object.entries(given.data).map(([key, value]) => [key, merged(old.data[key], value)] as const);
  const all = { ...old.data, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}
