import type { BlobServiceClient } from "@azure/storage-blob";
import { ApiError } from "../http/api-error";
import type { Kinds } from "../kinds/kinds";
import type { Resource, ResourceStore } from "../resource-manager/resource-store";

const CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers";

/** Longest name of a container. Source: Microsoft, "Naming and referencing containers". */
const LONGEST = 63;

/** Where the emulator, which has one account, keeps a container of an account. */
export function emulated(account: string, container: string): string {
  return `${account}-${container}`;
}

/** The containers of accounts are containers of the emulator. */
export function containerKinds(emulator: BlobServiceClient): Kinds {
  return {
    [CONTAINERS.toLowerCase()]: {
      complete: (container) => {
        const name = nameOf(container);
        if (name.length > LONGEST)
          throw new ApiError(
            400,
            "InvalidResourceName",
            `On this machine the container is ${name}, which has ${name.length} characters; allowed: ${LONGEST}.`,
          );
        return container;
      },
      afterWrite: async (container) => {
        await emulator.getContainerClient(nameOf(container)).createIfNotExists();
      },
      afterDelete: async (container) => {
        await emulator.getContainerClient(nameOf(container)).deleteIfExists();
      },
    },
  };
}

/** A container of an account, and what the emulator calls it. */
export interface AccountContainer {
  readonly name: string;
  readonly emulated: string;
}

/** The containers of an account, by the id of the account. */
export function containersOf(accountId: string, store: ResourceStore): readonly AccountContainer[] {
  return store.ofType(CONTAINERS, accountId).map((one) => ({ name: one.name, emulated: nameOf(one) }));
}

function nameOf({ id, name }: Resource): string {
  return emulated(/\/storageAccounts\/([^/]+)/i.exec(id)![1]!, name);
}
