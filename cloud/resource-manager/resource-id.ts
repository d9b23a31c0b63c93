/** What the id of a resource says. */
export interface ResourceId {
  /** As Azure spells it, `resourceGroups` and not `resourcegroups`. */
  readonly id: string;
  /** Such as `Microsoft.Storage/storageAccounts/blobServices`. */
  readonly type: string;
  readonly name: string;
  /** What it is in or on: a group, a resource, a subscription. */
  readonly parent: string;
}

/** The type of a resource group. */
export const GROUPS = "Microsoft.Resources/resourceGroups";

/** Reads the path of a request; `undefined` where it is none of one resource: a list, or an action. */
export function parseId(path: string): ResourceId | undefined {
  const id = spelled(path);
  const group = /^(\/subscriptions\/[^/]+)\/resourceGroups\/([^/]+)$/.exec(id);
  if (group !== null) return { id, type: GROUPS, name: group[2]!, parent: group[1]! };
  const found = /^(.*)\/providers\/([^/]+)\/(.+)$/i.exec(id);
  if (found === null) return undefined;
  const [, scope, namespace, rest] = found;
  const parts = rest!.split("/");
  if (parts.length % 2 === 1) return undefined;
  const types = parts.filter((_, index) => index % 2 === 0);
  const parent = parts.length === 2 ? scope! : id.slice(0, id.lastIndexOf("/", id.lastIndexOf("/") - 1));
  return { id, type: [namespace, ...types].join("/"), name: parts.at(-1)!, parent };
}

/** A list of resources: the type of its items and what they are in. */
export function parseList(path: string): { readonly type: string; readonly within: string } | undefined {
  const id = spelled(path);
  const groups = /^(\/subscriptions\/[^/]+)\/resourceGroups$/.exec(id);
  if (groups !== null) return { type: GROUPS, within: groups[1]! };
  const item = parseId(`${id}/any`);
  return item && { type: item.type, within: item.parent };
}

function spelled(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, "")}`.replace(/\/resourcegroups(?=\/|$)/i, "/resourceGroups");
}
