import { AzureBlobStore } from "../../storage/azure-blob-store";

test.each([
  [
    "an account of Azure",
    "DefaultEndpointsProtocol=https;AccountName=plant;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net",
    "the storage is https://plant.blob.core.windows.net, which is not on this machine: only an emulator as Azurite is used",
  ],
  [
    "a text that is no connection string",
    "secret",
    "the storage's connection string cannot be read, expected UseDevelopmentStorage=true",
  ],
])("%s is refused, without its key", async (_, connectionString, message) => {
  const refused = AzureBlobStore.connect(connectionString);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.not.toThrow("secret");
});

test("the emulator's usual address is taken", async () => {
  await expect(AzureBlobStore.connect("UseDevelopmentStorage=true")).resolves.toBeInstanceOf(AzureBlobStore);
});
