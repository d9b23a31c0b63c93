import { mkdtempSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { readHistory } from "adf-local";
import { takeEmulatorTurn } from "../local/fixtures/emulator-turn";
import { repository } from "../repository";

const out = mkdtempSync(path.join(tmpdir(), "verification-"));

jest.setTimeout(600_000);

takeEmulatorTurn();
afterAll(() => rmSync(out, { recursive: true, force: true }));

test("the synthesized pipeline predicts every window of the known plant as expected, and leaves nothing behind", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "operations/verify/main.ts", "--out", out], {
    cwd: repository,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (text += String(part)));
  const [code] = (await once(child, "close")) as [number];
  expect({ code, text }).toMatchObject({
    code: 0,
    text: expect.stringContaining("windows of the known plant are predicted as expected"),
  });
  const [run] = readHistory(path.join(out, "state", "runs.jsonl")).runs;
  expect(run).toMatchObject({ pipeline: "verification", invokedBy: "known_plant", status: "Succeeded" });
});
