import { command, fixture } from "./command";

test("shows the next firings of each trigger, and runs nothing", async () => {
  const { code, out } = await command(
    "triggers",
    "--factory",
    fixture("clockwork"),
    "--clock",
    "2026-03-28T12:00:00Z",
    "--next",
    "2",
  );
  expect(code).toBe(0);
  expect(out).toEqual([
    "blobs (BlobEventsTrigger, Stopped) starts load",
    "  at each event of a blob that matches",
    "nights (ScheduleTrigger, Started) starts load",
    "  2026-03-29T01:30:00Z",
    "  2026-03-30T00:30:00Z",
    "six_hours (TumblingWindowTrigger, Started) starts load",
    "  1 window is due",
    "  2026-03-28T12:10:00Z  window 2026-03-28T06:00:00Z to 2026-03-28T12:00:00Z",
    "  2026-03-28T18:10:00Z  window 2026-03-28T12:00:00Z to 2026-03-28T18:00:00Z",
  ]);
});

test("a trigger that has ended never fires again", async () => {
  const { out } = await command("triggers", "--factory", fixture("clockwork"), "--clock", "2027-01-01T00:00:00");
  expect(out.slice(-2)).toEqual(["  6 windows are due", "  never again"]);
});

test.each([
  [["--clock", "soon"], '--clock is "soon", expected 2026-01-31T06:00:00Z'],
  [["--next", "0"], '--next is "0", expected 1 to 9999'],
])("%j is refused", async (options, message) => {
  const { code, err } = await command("triggers", "--factory", fixture("clockwork"), ...options);
  expect([code, err[0]]).toEqual([2, message]);
});
