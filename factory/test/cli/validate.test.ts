import { command, fixture } from "./command";

const LISTED = /(supported are|there are:) .*/;

test("each problem is a line with its file, its pipeline or trigger and the property, and all are told at once", async () => {
  const { code, out, err } = await command("validate", "--factory", fixture("broken"));
  expect([code, out]).toEqual([1, []]);
  const recurrence = 'trigger/hourly.json: trigger "hourly": properties.typeProperties.recurrence';
  expect(err.map((line) => line.replace(LISTED, "…"))).toEqual([
    'warning: pipeline/load.json: pipeline "load": properties.colour: is no known property, …',
    'warning: trigger/sleeping.json: trigger "sleeping": properties.type: "CustomEventsTrigger" does not run here, …',
    "pipeline/half.json: line 4, column 22: this is no JSON",
    expect.stringMatching(/^pipeline\/load.json: pipeline "load": activity "Wait": dependsOn\.0\.dependencyConditions/),
    `${recurrence}.interval: expected a whole number from 1`,
    `${recurrence}.timeZone: "Mars" is no time zone of Windows or IANA`,
    `${recurrence}.schedule.monthDays.0: expected 1 to 31, or -1 to -31 from the end of the month`,
    `${recurrence}.schedule.weekDays: is allowed at frequency Week only, here it is Hour`,
    `${recurrence}.schedule.monthDays: is allowed at frequency Month only, here it is Hour`,
    'trigger/orders.json: trigger "orders": properties.type: "CustomEventsTrigger" does not run here, …',
    "8 problems",
  ]);
});

test("of one pipeline only what a run of it reaches is looked at", async () => {
  const whole = await command("validate", "--factory", fixture("plant"));
  expect(whole).toMatchObject({
    code: 0,
    err: ['warning: pipeline "copies": activity "Copy files": names no dataset, and runs here by a stub only'],
  });
  expect(await command("validate", "--factory", fixture("plant"), "nightly load")).toEqual({
    code: 0,
    out: ["plant: 1 pipelines and 0 triggers can run"],
    err: [],
  });
});
