import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TriggerSource } from "../../source";
import type { BlobItem } from "../../triggers/blob";
import { BlobEvents, matches } from "../../triggers/blob-events";
import { HandledBlobs } from "../../triggers/handled-blobs";
import { fakeFactory, FakeNotebooks, notebook, strings } from "../fake-factory";

const parameters = strings({ folder: "", file: "" });

const properties = {
  events: ["Microsoft.Storage.BlobCreated" as "Microsoft.Storage.BlobCreated" | "Microsoft.Storage.BlobDeleted"],
  blobPathBeginsWith: "/landing/blobs/incoming/telemetry/",
  blobPathEndsWith: "",
  ignoreEmptyBlobs: true,
};
type Change = Partial<typeof properties> & { readonly runtimeState?: "Stopped" };

const trigger = ({ runtimeState, ...change }: Change = {}): TriggerSource => ({
  name: "new_telemetry",
  properties: {
    type: "BlobEventsTrigger",
    runtimeState: runtimeState ?? "Started",
    pipelines: [
      {
        pipelineReference: { referenceName: "p" },
        parameters: { folder: "@triggerBody().folderPath", file: "@triggerBody().fileName" },
      },
    ],
    typeProperties: { ...properties, ...change },
  },
});

const blob = (name: string, etag = "1", size = 5): BlobItem => ({ container: "landing", name, etag, size });
const telemetry = blob("incoming/telemetry/d/part.csv.gz");

test.each<[boolean, string, Change, BlobItem]>([
  [true, "below the path", {}, telemetry],
  [false, "another table", {}, blob("incoming/errors/d/part.csv.gz")],
  [false, "another container", {}, { ...telemetry, container: "lake" }],
  [false, "an empty blob", {}, { ...telemetry, size: 0 }],
  [true, "an empty blob that is not ignored", { ignoreEmptyBlobs: false }, { ...telemetry, size: 0 }],
  [true, "a whole container", { blobPathBeginsWith: "/landing/" }, telemetry],
  [true, "the right ending", { blobPathBeginsWith: "", blobPathEndsWith: ".csv.gz" }, telemetry],
  [true, "an ending in another case", { blobPathEndsWith: ".CSV.GZ" }, telemetry],
  [true, "an ending with folders", { blobPathEndsWith: "telemetry/d/part.csv.gz" }, telemetry],
  [true, "a container's root", { blobPathBeginsWith: "/landing/blobs/" }, blob("part.csv")],
  [true, "a file in a root", { blobPathBeginsWith: "", blobPathEndsWith: "/landing/blobs/part.csv" }, blob("part.csv")],
  [
    false,
    "not in the root",
    { blobPathBeginsWith: "", blobPathEndsWith: "/landing/blobs/part.csv" },
    blob("d/part.csv"),
  ],
  [true, "one file", { blobPathBeginsWith: "/landing/blobs/d/part.csv" }, blob("d/part.csv")],
  [false, "another ending", { blobPathEndsWith: ".json" }, telemetry],
  [false, "another event", { events: ["Microsoft.Storage.BlobDeleted"] }, telemetry],
])("%s for %s", (expected, _, change, item) => {
  const { definition } = fakeFactory(new FakeNotebooks(), { parameters }, { triggers: [trigger(change)] });
  const event = { type: "Microsoft.Storage.BlobCreated", blob: item } as const;
  expect(matches(definition.blobEventsTriggers[0]!, event)).toBe(expected);
});

function storage(behaviour?: () => string) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "handled-")), "handled.json");
  const notebooks = new FakeNotebooks(behaviour ? { a: behaviour } : {});
  const activities = [
    notebook("a", { baseParameters: { from: "@{pipeline().parameters.folder}/@{pipeline().parameters.file}" } }),
  ];
  const made = (change: Change = {}) =>
    fakeFactory(notebooks, { activities, parameters, concurrency: 1 }, { triggers: [trigger(change)] });
  const factory = made();
  const blobs = new Map<string, BlobItem>();
  const put = (item: BlobItem) => blobs.set(item.name, item);
  const list = async () => [...blobs.values()];
  const watcher = (of = factory) => new BlobEvents({ factory: of, list, handled: new HandledBlobs(file) });
  const settle = async (events: BlobEvents) => {
    const raised = await events.poll();
    await Promise.all(raised.map(({ runs }) => runs));
    return raised.length;
  };
  return { blobs, factory, made, notebooks, put, settle, watcher };
}

test("a new blob starts one run with the folder and the file of the event", async () => {
  const { notebooks, put, settle, watcher } = storage();
  put(telemetry);
  put(blob("incoming/errors/d/part.csv.gz"));
  const events = watcher();
  expect(await settle(events)).toBe(1);
  expect(await settle(events)).toBe(0);
  expect(notebooks.calls.map(({ parameters }) => parameters)).toEqual([
    { from: "landing/incoming/telemetry/d/part.csv.gz" },
  ]);
});

test("a trigger that is off starts nothing, neither later for what landed meanwhile", async () => {
  const { factory, made, put, settle, watcher } = storage();
  put(telemetry);
  expect(await settle(watcher(made({ runtimeState: "Stopped" })))).toBe(0);
  const events = watcher();
  factory.triggers.set("NEW_telemetry", "Stopped");
  expect(await settle(events)).toBe(0);
  factory.triggers.set("new_telemetry", "Started");
  expect(await settle(events)).toBe(0);
  put(blob("incoming/telemetry/d/next.csv"));
  expect(await settle(events)).toBe(1);
});

test("a replaced blob is an event again, whatever its size and time", async () => {
  const { put, settle, watcher } = storage();
  const events = watcher();
  put(telemetry);
  await settle(events);
  put({ ...telemetry, etag: "2" });
  expect(await settle(events)).toBe(1);
});

test("a deleted blob starts what watches deletions", async () => {
  const { blobs, made, put, settle, watcher } = storage();
  const events = watcher(made({ events: ["Microsoft.Storage.BlobDeleted"] }));
  put(telemetry);
  expect(await settle(events)).toBe(0);
  blobs.clear();
  expect(await settle(events)).toBe(1);
});

test("after a restart only events whose runs did not succeed are raised again", async () => {
  let broken = true;
  const { put, settle, watcher } = storage(() => {
    if (broken) throw new Error("killed");
    return "";
  });
  put(telemetry);
  const events = watcher();
  expect(await settle(events)).toBe(1);
  expect(await settle(events)).toBe(0);
  broken = false;
  expect(await settle(watcher())).toBe(1);
  expect(await settle(watcher())).toBe(0);
});

describe("more blobs at once than the factory queues runs", () => {
  const burst = () => {
    const made = storage();
    for (let number = 0; number < 200; number += 1) made.put(blob(`incoming/telemetry/burst/${number}.csv`));
    return made;
  };

  test("are raised later, once each", async () => {
    const { notebooks, settle, watcher } = burst();
    const events = watcher();
    expect(await settle(events)).toBe(101);
    expect([events.held, events.left]).toEqual([99, 99]);
    expect(await settle(events)).toBe(99);
    expect([events.held, events.left]).toEqual([0, 0]);
    expect(new Set(notebooks.calls.map(({ parameters }) => parameters["from"])).size).toBe(200);
    expect(await settle(watcher())).toBe(0);
  });

  test("are no unhandled rejection when it stops, and are raised by a new process", async () => {
    const { factory, watcher } = burst();
    const events = watcher();
    const raised = await events.poll();
    await raised[0]!.runs;
    await factory.stop();
    const ended = await Promise.allSettled(raised.map(({ runs }) => runs));
    const succeeded = ended.filter(({ status }) => status === "fulfilled").length;
    expect(succeeded).toBeLessThan(101);
    expect((await watcher().poll()).length).toBeGreaterThanOrEqual(99);
  });
});
