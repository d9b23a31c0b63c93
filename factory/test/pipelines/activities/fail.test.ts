import { activity, fakeFactory, FakeNotebooks, notebook } from "../../fake-factory";

const failed = async (message: unknown, errorCode: unknown) => {
  const activities = [activity("stop", "Fail", { message, errorCode })];
  return (await fakeFactory(new FakeNotebooks(), { activities }).run("p")).activities[0]!;
};

test("fails with exactly its message and its code", async () => {
  expect(await failed("@concat('no ', 'rows')", "500")).toMatchObject({
    status: "Failed",
    error: "no rows",
    errorCode: "500",
    failureType: "UserError",
    target: "stop",
  });
});

test.each([
  ["m", "@add(1, 2)", "m", "ErrorCodeNotString"],
  ["m", " ", "m", "ErrorCodeNotString"],
  ["@add(1, 2)", "7", "the fail message parameter couldn't be interpreted as a string", "7"],
  [" ", "7", "failed to interpret the fail message or error code", "7"],
])("message %j with code %j fails with %j and %j", async (message, errorCode, error, code) => {
  expect(await failed(message, errorCode)).toMatchObject({ error, errorCode: code });
});

test("what follows reads the error, field by field", async () => {
  const notebooks = new FakeNotebooks();
  const fields = ["message", "errorCode", "failureType", "target"];
  const activities = [
    activity("stop", "Fail", { message: "no rows", errorCode: "500" }),
    notebook("after", {
      stop: "Failed",
      baseParameters: {
        ...Object.fromEntries(fields.map((field) => [field, `@activity('Stop').error.${field}`])),
        status: "@activity('stop').Status",
      },
    }),
  ];
  expect((await fakeFactory(notebooks, { activities }).run("p")).status).toBe("Succeeded");
  expect(notebooks.calls[0]!.parameters).toEqual({
    message: "no rows",
    errorCode: "500",
    failureType: "UserError",
    target: "stop",
    status: "Failed",
  });
});
