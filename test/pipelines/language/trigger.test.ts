import { blobEventTrigger, type BlobEventTrigger } from "../../../pipelines/language/trigger";
import { example, problemsOf } from "./example";

const trigger = (change: Partial<BlobEventTrigger> = {}) =>
  blobEventTrigger({
    name: "arrival",
    description: "Something has landed",
    events: ["Microsoft.Storage.BlobCreated"],
    blobPathBeginsWith: "/landing/blobs/incoming/",
    ignoreEmptyBlobs: true,
    pipelines: [example()],
    ...change,
  });
const problems = (blobPathBeginsWith: string, writes: readonly `${string}/`[] = ["lake/"]) =>
  problemsOf(() => trigger({ blobPathBeginsWith, pipelines: [example({ writes })] }));

test("a blob event trigger is what it was defined as", () => {
  expect(trigger()).toMatchObject({ type: "BlobEventsTrigger", name: "arrival" });
});

test.each(["/landing/", "/landing/blobs/", "/landing/blobs/incoming/telemetry/"])("%s can be watched", (path) => {
  expect(problems(path)).toEqual([]);
});

test.each(["/landing/incoming/", "landing/blobs/incoming/", "/landing", "/blobs/incoming/", "/Landing/blobs/", ""])(
  "%p cannot be watched",
  (path) => {
    expect(problems(path)).toEqual([
      `blobPathBeginsWith is "${path}"; allowed: /container/ or /container/blobs/folder/`,
    ]);
  },
);

test.each<[string, `${string}/`]>([
  ["/landing/blobs/incoming/", "landing/incoming/"],
  ["/landing/blobs/incoming/", "landing/incoming/done/"],
  ["/landing/blobs/incoming/done/", "landing/incoming/"],
  ["/landing/", "landing/done/"],
  ["/landing/blobs/in", "landing/incoming/"],
  ["/landing/blobs/incoming/", "landing/"],
])("a trigger on %s of a pipeline that writes to %s would start it without end", (path, written) => {
  expect(problems(path, ["lake/", written])).toEqual([
    `watches ${path.slice(1).replace("blobs/", "")}, but its pipeline example writes to ${written}: runs without end`,
  ]);
});

test("what a pipeline writes beside the watched folder starts nothing", () => {
  expect(problems("/landing/blobs/incoming/", ["landing/done/", "landing-2/incoming/"])).toEqual([]);
});

test("every pipeline of the trigger is looked at", () => {
  const pipelines = [example(), example({ name: "copy", writes: ["landing/"] })];
  expect(() => trigger({ pipelines })).toThrow(
    "The trigger arrival is not valid:\n  watches landing/incoming/, but its pipeline copy writes to landing/: runs without end",
  );
});
