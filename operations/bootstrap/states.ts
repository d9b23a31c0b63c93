import type { ContainerClient } from "@azure/storage-blob";
import { randomUUID } from "node:crypto";

/**
 * Writes an empty state where there is none, and returns the names of those blobs. `terraform init` would write them itself, which an
 * identity that only reads may not (hashicorp/terraform#28423).
 */
export async function makeStates(container: ContainerClient, blobs: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (const name of blobs) {
    const state = JSON.stringify({
      version: 4,
      terraform_version: "1.5.0",
      serial: 0,
      lineage: randomUUID(),
      outputs: {},
      resources: [],
      check_results: null,
    });
    const blob = container.getBlockBlobClient(name);
    if (await blob.exists()) continue;
    await blob
      .upload(state, Buffer.byteLength(state), {
        conditions: { ifNoneMatch: "*" },
        blobHTTPHeaders: { blobContentType: "application/json" },
      })
      .then(() => made.push(name))
      .catch((error: { readonly code?: string }) => {
        if (error.code !== "BlobAlreadyExists") throw error;
      });
  }
  return made;
}
