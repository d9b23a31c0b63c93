import { explain, isConflict, isForbidden, isNotFound, isProvisioning } from "../../operations/azure-errors";

const refusal = (more: object, message = "line one\nline two") =>
  Object.assign(new Error(message), { name: "RestError" }, more);

test.each<[object, string]>([
  [{ statusCode: 401 }, "Azure refuses this sign-in: line one"],
  [{ statusCode: 403, details: { error: { message: "no role" } } }, "the role that allows this is missing: no role"],
  [{ statusCode: 409, code: "Busy", details: { message: "later" } }, "Azure answered 409 Busy: later"],
  [{ statusCode: 400, details: "<html>" }, "Azure answered 400: line one"],
  [{ statusCode: 400, details: { error: "<html>", message: "later" } }, "Azure answered 400: later"],
  [{ code: "ENOTFOUND" }, "Azure answered ENOTFOUND: line one"],
])("what Azure refuses with %j is told in one line", (more, line) => {
  expect(explain(refusal(more))).toBe(line);
});

test("a mistake in this program is not told as Azure's", () => {
  expect(explain(new TypeError("x is undefined"))).toBeUndefined();
  expect(explain("x")).toBeUndefined();
});

test("the status says what Azure means, whatever the class of the error is", () => {
  const withStatus = (statusCode: number, message?: string) => Object.assign(new Error(message), { statusCode });
  const answered = (is: (error: unknown) => boolean) => [400, 403, 404, 409, 412].filter((one) => is(withStatus(one)));
  expect(answered(isNotFound)).toEqual([404]);
  expect(answered(isForbidden)).toEqual([403]);
  expect(answered(isConflict)).toEqual([409, 412]);
  expect(answered(isProvisioning)).toEqual([]);
  expect(isProvisioning(withStatus(400, "It cannot be updated during provisioning"))).toBe(true);
  expect([new Error("404"), { statusCode: 404 }, undefined].some(isNotFound)).toBe(false);
});
