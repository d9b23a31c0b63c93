import path from "node:path";
import type { ContainerClient } from "@azure/storage-blob";
import type { LandingFile } from "./split";

/** The place where files land, as the factory's global parameter `landing_root` names it. */
export interface LandingRoot {
  readonly container: string;
  /** Folder inside the container, without slashes at its ends; may be empty. */
  readonly folder: string;
}

/** Reads `abfss://landing@account.dfs.core.windows.net/incoming`; `undefined` when it is something else. */
export function parseLandingRoot(url: string): LandingRoot | undefined {
  const found = /^abfss?:\/\/([^@/]+)@[^/]+\/?(.*?)\/?$/.exec(url);
  return found === null ? undefined : { container: found[1]!, folder: found[2]! };
}

export function blobName({ folder }: LandingRoot, file: LandingFile): string {
  return folder === "" ? file.name : `${folder}/${file.name}`;
}

/** Uploads files one after the other; one that is already there with the same content stays as it is, etag included. Returns how many were new. */
export async function land(
  container: ContainerClient,
  root: LandingRoot,
  files: readonly LandingFile[],
  folder: string,
): Promise<number> {
  let fresh = 0;
  for (const file of files) {
    const blob = container.getBlockBlobClient(blobName(root, file));
    if (await isThere(blob, file)) continue;
    const blobContentMD5 = Buffer.from(file.md5, "base64");
    await blob.uploadFile(path.join(folder, file.name), {
      blobHTTPHeaders: { blobContentMD5, blobContentType: "application/gzip" },
    });
    fresh += 1;
  }
  return fresh;
}

async function isThere(blob: ReturnType<ContainerClient["getBlockBlobClient"]>, file: LandingFile): Promise<boolean> {
  if (!(await blob.exists())) return false;
  const { contentLength, contentMD5 } = await blob.getProperties();
  return contentLength === file.size && Buffer.from(contentMD5 ?? []).toString("base64") === file.md5;
}
