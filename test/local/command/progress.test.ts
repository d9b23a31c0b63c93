import type { ActivityRun } from "adf-local";
import { Progress } from "../../../local/command/progress";

const identity = { runId: "r", pipeline: "scoring", invokedBy: "new_telemetry" };
const ended: ActivityRun = {
  name: "ingest",
  type: "DatabricksNotebook",
  status: "Succeeded",
  start: "2015-01-01T00:00:00.000Z",
  end: "2015-01-01T00:00:02.500Z",
  attempts: 2,
  output: { runOutput: { rows: 24, start_date: "2015-01-01T00:00:00Z", to_date: "", metrics: {} } },
};

const attemptFailed = {
  kind: "attemptFailed",
  run: identity,
  activity: "ingest",
  detail: "it broke",
  nextInSeconds: undefined,
  notRetried: undefined,
} as const;

function shown(isTTY: boolean, tell: (progress: Progress) => void): string {
  let written = "";
  const stream = { isTTY, columns: 80, write: (text: string) => (written += text) } as unknown as NodeJS.WriteStream;
  const progress = new Progress(stream);
  tell(progress);
  progress.stop();
  return written;
}

test("without a terminal there is a plain line for everything that happened", () => {
  const text = shown(false, ({ observe }) => {
    observe({ kind: "runQueued", run: identity });
    observe({ kind: "runStarted", run: identity });
    observe({ kind: "activityStarted", run: identity, activity: "ingest", type: "DatabricksNotebook" });
    observe({ ...attemptFailed, detail: "line 1\nline 2", nextInSeconds: 60 });
    observe({ ...attemptFailed, notRetried: "--no-retry" });
    observe({ kind: "activityEnded", run: identity, activity: ended });
  });
  expect(text).toBe(
    [
      "  scoring is queued: an earlier run has not ended (trigger new_telemetry)",
      "▶ scoring (trigger new_telemetry)",
      "  ✗ ingest failed; next attempt in 60 s",
      "    line 1",
      "    line 2",
      "  ✗ ingest failed; not tried again: --no-retry",
      "    it broke",
      "  ✓ ingest Succeeded 2.5 s, 2 attempts (rows 24)",
      "",
    ].join("\n"),
  );
});

test("on a terminal what runs has a moving line below, which is gone when it ends", () => {
  const text = shown(true, ({ observe }) => {
    observe({ kind: "activityStarted", run: identity, activity: "ingest", type: "DatabricksNotebook" });
    observe({ kind: "activityEnded", run: identity, activity: ended });
  });
  expect(text).toContain("scoring · ingest 0.0 s\n");
  expect(text.endsWith("\x1b[1A\x1b[0J  ✓ ingest Succeeded 2.5 s, 2 attempts (rows 24)\n")).toBe(true);
});

test("a step that fails is marked and its error goes on", async () => {
  let text = "";
  const stream = { isTTY: false, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
  await expect(new Progress(stream).step("Spark", Promise.reject(new Error("no Java")))).rejects.toThrow("no Java");
  expect(text).toMatch(/^✗ Spark \d+\.\d s\n$/);
});

test("on a terminal the wait for the next attempt counts down, and the line says then how long all took", () => {
  jest.useFakeTimers();
  const text = shown(true, ({ observe }) => {
    observe({ kind: "activityStarted", run: identity, activity: "ingest", type: "DatabricksNotebook" });
    observe({ ...attemptFailed, nextInSeconds: 60 });
    jest.advanceTimersByTime(61_000);
  });
  jest.useRealTimers();
  const waits = [...text.matchAll(/scoring · ingest waits, next attempt in (\d+) s\n/g)].map(([, left]) =>
    Number(left),
  );
  expect([...new Set(waits)]).toEqual(Array.from({ length: 60 }, (_, past) => 60 - past));
  expect(text).toMatch(/scoring · ingest 6[01]\.\d s\n[^\n]*$/);
});
