import { text as wholeText } from "node:stream/consumers";
import { z } from "zod";
import { boolean, flag } from "../pipelines/activities/properties";
import type { BlobStore, StoredBlob } from "../storage/blob-store";
import { missingBlob } from "./data-error";
import { hasWildcard, literalFolder, wildcard, wildcardPath } from "./wildcard";

/** Where a dataset points to in its storage account. */
export interface Place {
  readonly container: string;
  /** Without slashes at its ends; empty: the container itself. */
  readonly folder: string;
  /** Absent: all files of the folder. */
  readonly file: string | undefined;
}

/** One file that an activity reads or deletes. */
export interface SelectedFile {
  readonly blob: StoredBlob;
  /** From the folder that the selection begins at: what a copy keeps of it. */
  readonly relativePath: string;
}

const text = z.string().optional();
const time = z
  .string()
  .refine((written) => written === "" || !Number.isNaN(Date.parse(written)), "a time is expected")
  .transform((written) => (written === "" ? undefined : instant(written)))
  .optional();
const ignored = z.unknown().optional();
const off = flag.refine((is) => !is, "is not understood here");

/** `storeSettings` of what reads. */
export const readSettings = z.strictObject({
  type: z.enum(["AzureBlobStorageReadSettings", "AzureBlobFSReadSettings"]).optional(),
  recursive: boolean.optional(),
  prefix: text,
  wildcardFolderPath: text,
  wildcardFileName: text,
  fileListPath: text,
  modifiedDatetimeStart: time,
  modifiedDatetimeEnd: time,
  deleteFilesAfterCompletion: flag,
  enablePartitionDiscovery: off,
  maxConcurrentConnections: ignored,
  disableMetricsCollection: ignored,
});

export type ReadSettings = z.output<typeof readSettings>;

/** A time without an offset is in UTC. */
function instant(written: string): Date {
  return new Date(/(Z|[-+]\d\d:?\d\d)$/i.test(written) || !written.includes("T") ? written : `${written}Z`);
}

/** The files that a dataset and the settings of an activity select, in the order of their names. Throws where what is named does not exist. */
export async function selectFiles(
  store: BlobStore,
  place: Place,
  settings: ReadSettings & { readonly recursive: boolean },
): Promise<readonly SelectedFile[]> {
  const { modifiedDatetimeStart: start, modifiedDatetimeEnd: end } = settings;
  const found = await candidates(store, place, settings);
  return found.filter(
    ({ blob: { lastModified } }) =>
      (start === undefined || lastModified >= start) && (end === undefined || lastModified < end),
  );
}

async function candidates(
  store: BlobStore,
  { container, folder, file }: Place,
  settings: ReadSettings & { readonly recursive: boolean },
): Promise<readonly SelectedFile[]> {
  const { recursive, prefix, fileListPath, wildcardFolderPath, wildcardFileName } = settings;
  if (fileListPath) return listed(store, { container, folder }, fileListPath);
  if (prefix) {
    const base = prefix.slice(0, prefix.lastIndexOf("/") + 1);
    return required(await files(store, container, prefix, base), container, prefix);
  }
  const name = wildcardFileName || (file !== undefined && hasWildcard(file) ? file : undefined);
  if (name !== undefined || wildcardFolderPath) {
    const path = trimSlashes(wildcardFolderPath || folder);
    const base = withSlash(literalFolder(path));
    const inFolder = wildcardPath(path, recursive);
    const hasName = wildcard(name ?? "*");
    return (await files(store, container, base, base)).filter(({ blob }) => {
      const at = blob.name.lastIndexOf("/");
      return inFolder(blob.name.slice(0, Math.max(at, 0))) && hasName(blob.name.slice(at + 1));
    });
  }
  const base = withSlash(folder);
  if (file !== undefined) return [{ blob: await existing(store, container, base + file), relativePath: file }];
  const found = required(await files(store, container, base, base), container, folder);
  return recursive ? found : found.filter(({ relativePath }) => !relativePath.includes("/"));
}

async function files(
  store: BlobStore,
  container: string,
  prefix: string,
  base: string,
): Promise<readonly SelectedFile[]> {
  const found: SelectedFile[] = [];
  for await (const blob of store.list(container, prefix))
    if (!blob.isFolder) found.push({ blob, relativePath: blob.name.slice(base.length) });
  return found;
}

/** The files that a text file names, a line each. */
async function listed(
  store: BlobStore,
  { container, folder }: Omit<Place, "file">,
  fileListPath: string,
): Promise<readonly SelectedFile[]> {
  const [listContainer = "", ...path] = trimSlashes(fileListPath).split("/");
  const list = await existing(store, listContainer, path.join("/"));
  const lines = (await wholeText(await store.read(listContainer, list.name)))
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  return Promise.all(
    lines.map(async (line) => ({
      blob: await existing(store, container, withSlash(folder) + line.trim()),
      relativePath: line.trim(),
    })),
  );
}

async function existing(store: BlobStore, container: string, name: string): Promise<StoredBlob> {
  const blob = await store.find(container, name);
  if (blob === undefined || blob.isFolder) throw missingBlob(container, name);
  return blob;
}

function required(found: readonly SelectedFile[], container: string, path: string): readonly SelectedFile[] {
  if (found.length === 0) throw missingBlob(container, path);
  return found;
}

export function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

/** A folder as names of blobs in it begin. */
export function withSlash(folder: string): string {
  return folder === "" ? "" : `${folder}/`;
}
