import { VirtualClock } from "../../../../virtual-clock";
import type { Azurite } from "../../../azurite";
import { blobFactory, dataset, only, reference } from "../../../blob-factory";

export function testValidation(azurite: () => Azurite): void {
  beforeAll(async () => {
    await azurite().put({ "inbox/a.csv": "12345", "inbox/folder/b.csv": "" });
  });

  const start = new Date("2015-01-01T00:00:00Z");

  /** Validates in virtual time: an attempt on the emulator takes none of it. */
  const validated = async (at: string, typeProperties: object = {}, clock = new VirtualClock(start)) => {
    const properties = { dataset: reference("d"), timeout: "0.00:01:00", ...typeProperties };
    const activities = [{ name: "validation", type: "Validation", typeProperties: properties }];
    const datasets = [dataset("d", { type: "Binary", at })];
    return only(await blobFactory(activities, { datasets, blobs: azurite().store, clock }).run("p"));
  };

  test.each<[string, string, object, object]>([
    ["a file", "inbox/a.csv", {}, { itemType: "File", size: 5 }],
    ["a file that is large enough", "inbox/a.csv", { minimumSize: 5 }, { itemType: "File", size: 5 }],
    ["a folder", "inbox/folder/", {}, { itemType: "Folder" }],
    [
      "a folder with something in it",
      "inbox/folder/",
      { childItems: true },
      { itemType: "Folder", childItems: [{ name: "b.csv" }] },
    ],
  ])("%s that is there ends it at once", async (_, at, properties, output) => {
    const run = await validated(at, properties);
    expect(run).toMatchObject({ status: "Succeeded", output: { exists: true, ...output }, end: start.toISOString() });
  });

  test.each<[string, string, object]>([
    ["a file", "inbox/gone.csv", {}],
    ["a file that is too small", "inbox/a.csv", { minimumSize: 6 }],
    ["a folder that is to be empty", "inbox/folder/", { childItems: false }],
  ])("%s is waited for until the timeout", async (_, at, properties) => {
    expect(await validated(at, { sleep: 7, ...properties })).toMatchObject({
      status: "Failed",
      errorCode: "Timeout",
      error: "timed out after 60 s",
      end: "2015-01-01T00:01:00.000Z",
    });
  });

  test("it is asked again after each sleep", async () => {
    const clock = new VirtualClock(start);
    const arrival = clock.sleep(25_000).then(() => clock.hold(() => azurite().put({ "inbox/late.csv": "x" })));
    const run = await validated("inbox/late.csv", { sleep: 10 }, clock);
    await arrival;
    expect(run).toMatchObject({ status: "Succeeded", end: "2015-01-01T00:00:30.000Z" });
  });
}
