import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Cluster } from "../../../local/cluster/cluster";
import { parseAnswer, PROTOCOL_VERSION } from "../../../local/cluster/protocol";

const folder = mkdtempSync(path.join(tmpdir(), "protocol-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hello = { type: "hello", version: PROTOCOL_VERSION };

/** Starts a host that says these lines and then ends with its standard input, as `host.py` does; `ended` exists when it has. */
function startHost(...answers: readonly (object | string)[]) {
  const lines = answers.map((answer) => (typeof answer === "string" ? answer : JSON.stringify(answer)));
  const python = path.join(folder, `host-${Math.random()}`);
  const ended = `${python}.ended`;
  const program = `#!${process.execPath}
    console.log(${JSON.stringify(lines.join("\n"))});
    process.stdin.resume();
    process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(ended)}, ""));`;
  writeFileSync(python, program, { mode: 0o755 });
  return { cluster: Cluster.start({ python, state: folder }), ended };
}

test("both sides state the same version", () => {
  const python = readFileSync(path.resolve(__dirname, "../../../local/cluster/protocol.py"), "utf8");
  expect(python).toMatch(new RegExp(`^VERSION = ${PROTOCOL_VERSION}$`, "m"));
});

test("a host that greets with this version and is ready has started", async () => {
  const cluster = await startHost(hello, { type: "ready" }).cluster;
  await cluster.stop();
});

const later = { type: "hello", version: PROTOCOL_VERSION + 1, since: "another release" };

test.each<[string, readonly (object | string)[], string]>([
  [
    "speaks another version",
    [later],
    `its host speaks version ${PROTOCOL_VERSION + 1} of the protocol, this program ${PROTOCOL_VERSION}`,
  ],
  ["states no version", [{ type: "ready" }], "its host states no version of the protocol, it sent ready"],
  ["says what is no JSON", [hello, "Traceback"], "its host sent Traceback: no JSON"],
  ["leaves a field out", [hello, { type: "fatal" }], 'its host sent {"type":"fatal"}: message: Invalid input'],
])("a host that %s is refused in one clear line, and ends", async (_, answers, message) => {
  const { cluster, ended } = startHost(...answers);
  await expect(cluster).rejects.toThrow(`The local Spark cluster is gone: ${message}`);
  while (!existsSync(ended)) await sleep(20);
});

test("an answer that is not understood fails the notebooks that run", async () => {
  const cluster = await startHost(hello, { type: "ready" }, { type: "output", id: "1", line: "one" }).cluster;
  const run = cluster.run({ runId: "r", file: "a.py", name: "a", parameters: {} });
  await expect(run).rejects.toThrow("its host sent");
  await cluster.stop();
});

test.each<[object, string]>([
  [{ type: "finished", id: 1 }, "type: Invalid"],
  [{ type: "succeeded", id: 1, exitValue: 3, seconds: 1 }, "exitValue: Invalid input: expected string"],
  [{ type: "succeeded", id: 1, exitValue: null, seconds: 1, more: 1 }, 'Unrecognized key: "more"'],
  [{ type: "shown", id: 1, item: { table: { columns: ["a"], rows: [[1]], isComplete: true } } }, "item"],
])("%j is no answer", (answer, reason) => {
  expect(() => parseAnswer(JSON.stringify(answer))).toThrow(reason);
});

test("what a notebook shows is read as it is", () => {
  const item = { table: { columns: ["a"], rows: [["1"], [null]], isComplete: true } };
  const answer = { type: "shown", id: 1, item };
  expect(parseAnswer(JSON.stringify(answer))).toEqual(answer);
});
