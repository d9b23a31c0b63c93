import type { ContainerClient } from "@azure/storage-blob";
import { makeStates } from "../../../operations/bootstrap/states";
import { BlobService } from "../blob-service";

jest.setTimeout(60_000);

let blobs: BlobService;
let container: ContainerClient;

beforeAll(async () => {
  blobs = await BlobService.start();
  container = blobs.client.getContainerClient("tfstate");
  await container.create();
});
afterAll(() => blobs.stop());

const read = async (name: string): Promise<string> =>
  (await container.getBlobClient(name).downloadToBuffer()).toString("utf8");

test("a stack without a state gets an empty one, which a planner only reads", async () => {
  expect(await makeStates(container, ["new.tfstate"])).toEqual(["new.tfstate"]);
  expect(JSON.parse(await read("new.tfstate"))).toMatchObject({
    version: 4,
    serial: 0,
    lineage: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    resources: [],
  });
});

test("a state that is there stays as it is, whoever wrote it", async () => {
  await container.getBlockBlobClient("old.tfstate").upload("a state", 7);
  expect(await makeStates(container, ["old.tfstate", "another.tfstate"])).toEqual(["another.tfstate"]);
  expect(await read("old.tfstate")).toBe("a state");
});

test("of two who make the same states each blob is written once", async () => {
  const names = ["a.tfstate", "b.tfstate", "c.tfstate"];
  const [one, other] = await Promise.all([makeStates(container, names), makeStates(container, names)]);
  expect([...one, ...other].sort()).toEqual(names);
});
