import type { ContainerClient } from "@azure/storage-blob";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Releases } from "../../../operations/deploy/releases";
import { SharedPlans } from "../../../operations/deploy/shared-plans";
import { digest } from "../../../operations/digest";
import { BlobService } from "../blob-service";

let service: BlobService;
let container: ContainerClient;
let folder = "";
let number = 0;

jest.setTimeout(60_000);
beforeAll(async () => (service = await BlobService.start()));
afterAll(() => service.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "releases-test-"));
  container = service.client.getContainerClient(`releases-${(number += 1)}`);
  await container.create();
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, "artifact.tar");
const releases = () => new Releases(container, "dev", file());

async function deploy(content: string, state?: "verified" | "failed"): Promise<string> {
  writeFileSync(file(), content);
  const artifact = digest(file());
  await releases().keep(artifact);
  await releases().record(artifact);
  if (state !== undefined) await releases().mark(state);
  return artifact;
}

test("what is deployed is kept, and comes back as it was", async () => {
  const artifact = await deploy("one");
  writeFileSync(file(), "other");
  await releases().fetch(artifact);
  expect(readFileSync(file(), "utf8")).toBe("one");
  expect(await releases().history()).toMatchObject([{ artifact, state: "applied" }]);
});

test("another file than the one that was planned is not kept", async () => {
  writeFileSync(file(), "one");
  await expect(releases().keep("0".repeat(64))).rejects.toThrow("is not the artifact that was planned");
});

test("the release to go back to is the last one that was verified, and another than the current", async () => {
  const good = await deploy("good", "verified");
  await deploy("bad", "failed");
  expect((await releases().previous()).artifact).toBe(good);
  await deploy("good", "verified");
  await expect(releases().previous()).rejects.toThrow("there is no release to roll back to in dev");
});

test("a release that was never verified is nothing to go back to", async () => {
  await deploy("one");
  await deploy("two");
  await expect(releases().previous()).rejects.toThrow("was verified");
});

test("two who write the history at once lose nothing", async () => {
  await Promise.all(["a", "b", "c"].map((artifact) => releases().record(artifact)));
  expect((await releases().history()).map(({ artifact }) => artifact).sort()).toEqual(["a", "b", "c"]);
});

test("an artifact that was changed where it is kept is refused", async () => {
  const artifact = await deploy("one");
  await container.getBlockBlobClient(`dev/${artifact}.json`).upload("two", 3);
  await expect(releases().fetch(artifact)).rejects.toThrow("does not have the sha256");
});

describe("shared plans", () => {
  const plans = () => new SharedPlans(container, "dev");

  function planned(): string {
    const from = join(folder, "planned");
    mkdirSync(join(from, "stacks", "dev-a", ".terraform", "providers"), { recursive: true });
    mkdirSync(join(from, "artifact"));
    for (const path of ["wave.json", "artifact.tar", "stacks/dev-a/tfplan", "stacks/dev-a/.terraform.lock.hcl"])
      writeFileSync(join(from, path), path);
    for (const path of ["stacks/dev-a/.terraform/providers/large", "artifact/unpacked"])
      writeFileSync(join(from, path), "");
    return from;
  }

  test("they reach another machine whole, without what every machine makes itself", async () => {
    const name = await plans().share(planned());
    const to = join(folder, "elsewhere");
    await plans().fetch(name, to);
    expect(readFileSync(join(to, "stacks", "dev-a", "tfplan"), "utf8")).toBe("stacks/dev-a/tfplan");
    expect(readFileSync(join(to, "stacks", "dev-a", ".terraform.lock.hcl"), "utf8")).toContain("lock");
    for await (const { properties } of container.listBlobsFlat()) expect(properties.contentLength).toBeLessThan(20_000);
  });

  test("what was fetched can be shared on: checksums that came with it are made anew", async () => {
    const to = join(folder, "elsewhere");
    await plans().fetch(await plans().share(planned()), to);
    writeFileSync(join(to, "wave.json"), "the next wave");
    const next = await plans().share(to);
    await expect(plans().fetch(next, join(folder, "third"))).resolves.toBeUndefined();
    expect(readFileSync(join(folder, "third", "wave.json"), "utf8")).toBe("the next wave");
  });

  test("plans that somebody has put in their place are refused", async () => {
    const name = await plans().share(planned());
    await container.getBlockBlobClient(`dev/${name}.json`).upload("x", 1);
    await expect(plans().fetch(name, join(folder, "elsewhere"))).rejects.toThrow("does not have the sha256");
  });

  test.each(["0".repeat(64), "../prod/x"])("there are none of the name %s", async (name) => {
    await expect(plans().fetch(name, join(folder, "elsewhere"))).rejects.toThrow(`there are no plans ${name} of dev`);
  });
});
