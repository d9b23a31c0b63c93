import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { Azure } from "./azure";

/** A container of a storage account, as whoever is signed in. */
export function containerOf({ credential }: Azure, account: string, name: string): ContainerClient {
  return new BlobServiceClient(`https://${account}.blob.core.windows.net`, credential).getContainerClient(name);
}
