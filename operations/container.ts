import { BlobServiceClient, type ContainerClient } from "@azure/storage-blob";
import type { Azure } from "./azure";

/** A container of a storage account, as whoever is signed in. */
export function containerOf({ credential, storage }: Azure, account: string, name: string): ContainerClient {
  if (storage === undefined)
    return new BlobServiceClient(`https://${account}.blob.core.windows.net`, credential).getContainerClient(name);
  const { connectionString, nameOf } = storage;
  return BlobServiceClient.fromConnectionString(connectionString).getContainerClient(nameOf(account, name));
}
