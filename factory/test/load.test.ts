import { fakeFactory, FakeNotebooks } from "./fake-factory";

test("two pipelines whose names differ only in case are one too many", () => {
  const pipelines = [{ name: "P", properties: { activities: [] } }];
  expect(() => fakeFactory(new FakeNotebooks(), { activities: [] }, { pipelines })).toThrow(
    'pipeline "P": exists twice',
  );
});
