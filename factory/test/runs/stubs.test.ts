import { readStubs } from "../../runs/stubs";

test("stubs of a file are read as they are: fixed ones and lists", () => {
  const content = {
    plant: { Copy: { output: { rowsCopied: 3 } }, lookup: [{ error: { message: "no" } }, {}] },
    "*": { web: { error: { message: "no", errorCode: "2108", failureType: "SystemError", target: "web" } } },
  };
  expect(readStubs(content)).toEqual(content);
});

test.each([
  [[], "stubs.json: content: Invalid input: expected record, received array"],
  [{ p: { a: { ouput: {} } } }, 'stubs.json: p.a: Unrecognized key: "ouput"'],
  [{ p: { a: [] } }, "stubs.json: p.a: Too small: expected array to have >=1 items"],
  [
    { p: { a: [{}, { error: { errorCode: "7" } }] } },
    "stubs.json: p.a.1.error.message: Invalid input: expected string, received undefined",
  ],
  [{ p: { a: { output: {}, error: { message: "" } } } }, "stubs.json: p.a: has an output and an error, one is allowed"],
])("%j is refused with one line", (content, message) => {
  expect(() => readStubs(content, "stubs.json")).toThrow(new Error(message));
});

test("everything that is wrong is said at once", () => {
  expect(() => readStubs({ p: { a: 1, b: 2 } })).toThrow(/stubs: p\.a: .*\nstubs: p\.b: /);
});
