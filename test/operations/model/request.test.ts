import path from "node:path";
import { parseModelRequest } from "../../../operations/model/request";

test("without an environment the model of the last local run is meant", () => {
  expect(parseModelRequest(["status"])).toEqual({
    action: "status",
    version: undefined,
    reason: undefined,
    force: false,
    environment: undefined,
    out: path.resolve("out"),
  });
});

test("promote names a version, and force has the reason", () => {
  const line = ["promote", "3", "--environment", "dev", "--force", "knows the new sensor"];
  expect(parseModelRequest(line)).toMatchObject({
    action: "promote",
    version: "3",
    reason: "knows the new sensor",
    force: true,
    environment: "dev",
  });
});

test("rollback may say why", () => {
  expect(parseModelRequest(["rollback", "--reason", "false alarms"])).toMatchObject({
    action: "rollback",
    reason: "false alarms",
    force: false,
  });
});

test.each([
  [[], "missing required argument 'action'"],
  [["demote"], 'the action is "demote"; allowed: status, promote, rollback'],
  [["promote"], "promote needs the number of a version, as status shows it"],
  [["promote", "third"], 'the version is "third"; allowed: a number such as 3'],
  [["promote", "3", "4"], 'unexpected argument "4"'],
  [["rollback", "3"], 'unexpected argument "3"'],
  [["rollback", "--force", "now"], "--force is an option of promote"],
  [["status", "--reason", "so"], "--reason is an option of promote and rollback"],
  [["promote", "3", "--force", "a", "--reason", "b"], "--force says the reason itself: leave out --reason"],
  [["promote", "3", "--force", " "], "the reason is empty"],
  [["promote", "3", "--force"], "option '--force <reason>' argument missing"],
  [["status", "--environment", "dev", "--out", "o"], "cannot be used with option '--environment <name>'"],
])("%j is wrong use", (line, message) => {
  expect(() => parseModelRequest(line)).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message), exitCode: 2 }),
  );
});
