import { readFileSync } from "node:fs";
import { codeOf, messageOf } from "../../command-line/message";

test("an error is told by its message, anything else as it is", () => {
  expect(messageOf(new TypeError("no plant"))).toBe("no plant");
  expect(messageOf("no plant")).toBe("no plant");
  expect(messageOf(undefined)).toBe("undefined");
  expect(messageOf(thrownBy(() => readFileSync("/no/such/file")))).toMatch(/^ENOENT: no such file/);
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test("an error of the system has a code", () => {
  expect(codeOf(thrownBy(() => readFileSync("/no/such/file")))).toBe("ENOENT");
});

test.each([[new Error("no plant")], [Object.assign(new Error(), { code: 7 })], [undefined], [null], ["ENOENT"]])(
  "%p has no code",
  (thrown) => {
    expect(codeOf(thrown)).toBeUndefined();
  },
);
