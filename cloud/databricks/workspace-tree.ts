import { alreadyThere, DatabricksError, missing } from "./databricks-error";
import { folderOf, type WorkspaceObject } from "./workspace-object";
import type { WorkspaceStore } from "./workspace-store";

/** What an object is, but for where it lies and since when. */
type Contents = Pick<WorkspaceObject, "object_type" | "language" | "content" | "experiment">;

/** The folders of a workspace and what is in them. */
export class WorkspaceTree {
  constructor(private readonly store: WorkspaceStore) {}

  require(path: string): WorkspaceObject {
    const found = this.store.objects.get(path);
    // Source of the words: databrickslabs/migrate#10.
    if (found === undefined) throw missing(`Path (${path}) doesn't exist.`);
    return found;
  }

  /** What has an id, which is how permissions and experiments are asked for. */
  withId(id: string): WorkspaceObject | undefined {
    return this.store.objects.all().find(({ object_id }) => String(object_id) === id);
  }

  /** What lies in a folder itself. */
  list(folder: string): readonly WorkspaceObject[] {
    return this.store.objects.all().filter(({ path }) => path !== folder && folderOf(path) === folder);
  }

  /** Makes a folder, and those that it is in, where they are not there yet. */
  makeFolder(path: string): WorkspaceObject {
    const there = this.store.objects.get(path);
    if (there?.object_type === "DIRECTORY") return there;
    if (there !== undefined) throw alreadyThere(`Path (${path}) already exists, and is not a folder.`);
    const parent = this.makeFolder(folderOf(path));
    refuseProtected(parent.path);
    return this.add(path, { object_type: "DIRECTORY" });
  }

  /** Puts a notebook or a file into a folder that is there. */
  write(path: string, contents: Contents, overwrite: boolean): WorkspaceObject {
    const there = this.store.objects.get(path);
    if (there === undefined) {
      const folder = folderOf(path);
      // Source: gbrueckl/Databricks.API.PowerShell#88. Terraform's provider looks for these words, and makes the folder.
      if (this.store.objects.get(folder)?.object_type !== "DIRECTORY")
        throw missing(`The parent folder (${folder}) does not exist.`);
      refuseProtected(folder);
      return this.add(path, contents);
    }
    if (!overwrite) throw alreadyThere(`Path (${path}) already exists.`);
    if (there.object_type !== contents.object_type)
      throw new DatabricksError(
        `Cannot overwrite the asset at ${path} due to type mismatch (asked: ${contents.object_type}, actual: ${there.object_type})`,
      );
    const { object_id, created_at } = there;
    const changed = { path, object_id, created_at, modified_at: Date.now(), ...contents };
    this.store.objects.put(path, changed);
    return changed;
  }

  /** Gives another path to an object. */
  move({ path, ...rest }: WorkspaceObject, to: string): void {
    this.store.objects.delete(path);
    this.store.objects.put(to, { ...rest, path: to, modified_at: Date.now() });
  }

  delete(path: string, recursive: boolean): void {
    const object = this.require(path);
    if (path === "/" || path === "/Users" || path === "/Shared" || path === "/Repos") throw isProtected(path);
    const within = this.store.objects.all().filter((other) => other.path.startsWith(`${path}/`));
    // Source: databricks/terraform-provider-databricks#2554.
    if (within.length > 0 && !recursive)
      throw new DatabricksError(`Folder (${path}) is not empty`, "DIRECTORY_NOT_EMPTY");
    for (const gone of [...within, object]) {
      this.store.accessControls.delete(String(gone.object_id));
      this.store.objects.delete(gone.path);
    }
  }

  private add(path: string, contents: Contents): WorkspaceObject {
    const now = Date.now();
    const added = { path, object_id: this.store.nextId(), created_at: now, modified_at: now, ...contents };
    this.store.objects.put(path, added);
    return added;
  }
}

/** Nobody puts anything beside the folders of users. */
function refuseProtected(folder: string): void {
  if (folder === "/Users" || folder === "/Repos") throw isProtected(folder);
}

/** Sources: amesar/mlflow-export-import#24, databricks/terraform-provider-databricks#1777. */
function isProtected(folder: string): DatabricksError {
  return new DatabricksError(`Folder ${folder.slice(1)} is protected`, "DIRECTORY_PROTECTED");
}
