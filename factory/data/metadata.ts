import type { BlobStore, StoredBlob } from "../storage/blob-store";
import { type Place, type ReadSettings, withSlash } from "./file-selection";

/** A file or folder that a dataset points to. */
export interface Item {
  readonly itemName: string;
  readonly itemType: "File" | "Folder";
  /** The file; of a folder that its account marks, the mark; of a container none. */
  readonly blob: StoredBlob | undefined;
  /** Of files and containers. */
  readonly lastModified: Date | undefined;
}

export interface ChildItem {
  readonly [property: string]: string;
  readonly name: string;
  readonly type: "File" | "Folder";
}

/** What is at a place; `undefined` where nothing is. */
export async function itemAt(store: BlobStore, { container, folder, file }: Place): Promise<Item | undefined> {
  if (file === undefined && folder === "") {
    const lastModified = await store.containerModified(container);
    return lastModified && { itemName: container, itemType: "Folder", blob: undefined, lastModified };
  }
  const path = file === undefined ? folder : withSlash(folder) + file;
  const itemName = path.slice(path.lastIndexOf("/") + 1);
  const blob = await store.find(container, path);
  if (file !== undefined && blob !== undefined && !blob.isFolder)
    return { itemName, itemType: "File", blob, lastModified: blob.lastModified };
  if (blob?.isFolder !== true && !(await hasBlobs(store, container, `${path}/`))) return undefined;
  return { itemName, itemType: "Folder", blob, lastModified: undefined };
}

async function hasBlobs(store: BlobStore, container: string, prefix: string): Promise<boolean> {
  for await (const blob of store.list(container, prefix)) return blob.name.length > 0;
  return false;
}

/** What is directly in a folder. Where files are chosen by their time, there are no folders. */
export async function childItems(
  store: BlobStore,
  { container, folder, file }: Place,
  { modifiedDatetimeStart: start, modifiedDatetimeEnd: end }: Partial<ReadSettings> = {},
): Promise<readonly ChildItem[]> {
  const base = withSlash(file === undefined ? folder : withSlash(folder) + file);
  const found = new Map<string, ChildItem>();
  for await (const { name, lastModified, isFolder } of store.list(container, base)) {
    const [child = "", ...deeper] = name.slice(base.length).split("/");
    const type = deeper.length > 0 || isFolder ? "Folder" : "File";
    const isChosen =
      (start === undefined && end === undefined) ||
      (type === "File" && (start === undefined || lastModified >= start) && (end === undefined || lastModified < end));
    if (child !== "" && isChosen) found.set(`${type} ${child}`, { name: child, type });
  }
  return [...found.values()];
}
