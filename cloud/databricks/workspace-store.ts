import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { SIGNED_IN } from "../entra/identity";
import { accessControl } from "./access-control";
import { cluster, policy } from "./cluster";
import { Collection, collectionOf } from "./collection";
import { group, servicePrincipal } from "./principal";
import { assignment, bindings, METASTORE_GRANTS, METASTORE_KEY, securable } from "./securable";
import { workspaceObject } from "./workspace-object";

const kept = z.object({
  lastId: z.number().int().default(1_000_000_000_000_000),
  objects: collectionOf(workspaceObject),
  accessControls: collectionOf(accessControl),
  servicePrincipals: collectionOf(servicePrincipal),
  groups: collectionOf(group),
  policies: collectionOf(policy),
  clusters: collectionOf(cluster),
  securables: collectionOf(securable),
  grants: collectionOf(z.array(assignment)),
  bindings: collectionOf(bindings),
});

/** A notebook, whose path has no extension, or a file of the workspace. */
export interface WorkspaceFile {
  readonly path: string;
  readonly isNotebook: boolean;
  readonly content: Buffer;
}

/**
 * Everything that one workspace knows. It is kept in a file, which is written anew with each change. In Azure the objects of Unity Catalog are
 * of the account's metastore, which all workspaces of a region share; here each workspace has a metastore of its own.
 */
export class WorkspaceStore {
  /** By path. */
  readonly objects;
  /** By the id of what they are of. */
  readonly accessControls;
  readonly servicePrincipals;
  readonly groups;
  readonly policies;
  readonly clusters;
  /** By type and full name, as are grants and bindings: `schema/main.plant`. */
  readonly securables;
  readonly grants;
  readonly bindings;
  private readonly listeners: (() => void)[] = [];
  private lastId: number;

  constructor(private readonly file?: string) {
    const isKept = file !== undefined && existsSync(file);
    const state = kept.parse(isKept ? JSON.parse(readFileSync(file, "utf8")) : {});
    const collection = <T>(things: readonly (readonly [string, T])[]) =>
      new Collection<T>(things, () => this.changed());
    this.lastId = state.lastId;
    this.objects = collection(state.objects);
    this.accessControls = collection(state.accessControls);
    this.servicePrincipals = collection(state.servicePrincipals);
    this.groups = collection(state.groups);
    this.policies = collection(state.policies);
    this.clusters = collection(state.clusters);
    this.securables = collection(state.securables);
    this.grants = collection(state.grants);
    this.bindings = collection(state.bindings);
    if (!isKept) this.begin();
  }

  /** The notebooks and files of the workspace. */
  files(): readonly WorkspaceFile[] {
    return this.objects.all().flatMap(({ path, object_type, content }) => {
      if (content === undefined) return [];
      return [{ path, isNotebook: object_type === "NOTEBOOK", content: Buffer.from(content, "base64") }];
    });
  }

  /** Tells of each change, whatever it is of. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** A number that nothing else of the workspace has. */
  nextId(): number {
    return (this.lastId += 1);
  }

  /** Adds a group of the account to the workspace, as an account admin does. Only such a group can hold grants. */
  addAccountGroup(displayName: string): void {
    if (this.groups.all().some((group) => group.displayName === displayName)) return;
    this.addGroup(displayName, "Group");
  }

  addGroup(displayName: string, resourceType: "Group" | "WorkspaceGroup"): string {
    const id = String(this.nextId());
    this.groups.put(id, { id, displayName, meta: { resourceType } });
    return id;
  }

  /** What a new workspace has: its folders, its groups, and whoever made it, who is an admin and may make catalogs. */
  private begin(): void {
    const now = Date.now();
    const folders = ["/", "/Users", "/Shared", "/Repos", `/Users/${SIGNED_IN.clientId}`];
    for (const path of folders) {
      const id = path === "/" ? 0 : this.nextId();
      const times = { created_at: now, modified_at: now };
      this.objects.put(path, { path, object_id: id, object_type: "DIRECTORY", ...times });
    }
    for (const name of ["admins", "users"]) this.addGroup(name, "WorkspaceGroup");
    const id = String(this.nextId());
    this.servicePrincipals.put(id, { id, applicationId: SIGNED_IN.clientId, displayName: "laptop", active: true });
    this.grants.put(METASTORE_KEY, [{ principal: SIGNED_IN.clientId, privileges: [...METASTORE_GRANTS] }]);
  }

  private changed(): void {
    if (this.file !== undefined) {
      const { lastId, objects, accessControls, servicePrincipals, groups } = this;
      const { policies, clusters, securables, grants, bindings } = this;
      const people = { accessControls, servicePrincipals, groups };
      const state = { lastId, objects, ...people, policies, clusters, securables, grants, bindings };
      mkdirSync(path.dirname(this.file), { recursive: true });
      writeFileSync(`${this.file}.new`, JSON.stringify(state, null, 1), { mode: 0o600 });
      renameSync(`${this.file}.new`, this.file);
    }
    this.listeners.forEach((listener) => listener());
  }
}
