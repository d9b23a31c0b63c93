import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { Azure } from "./azure";

/** A container of a storage account, as whoever is signed in. */
export function containerOf({ credential, storage }: Azure, account: string, name: string): ContainerClient {
  const service =
    storage === undefined
      ? new BlobServiceClient(`https://${account}.blob.core.windows.net`, credential)
      : BlobServiceClient.fromConnectionString(storage);
  return service.getContainerClient(name);
}
