import { timeFunctions } from "../../expressions/functions/dates";
import { evaluateJson } from "../../expressions/template";
import { ManualClock } from "../manual-clock";

const scope = timeFunctions(new ManualClock("2015-07-04T22:30:00Z"));

test.each([
  ["@formatDateTime('10:00')", "2015-07-04T10:00:00.0000000"],
  ["@formatDateTime('10 PM +02:00')", "2015-07-04T20:00:00.0000000+00:00"],
  ["@formatDateTime('Sat 00:00 AM', 's')", "2015-07-04T00:00:00"],
  ["@addDays('22:00', 1, 's')", "2015-07-05T22:00:00"],
  ["@formatDateTime('March 1', 's')", "2015-03-01T00:00:00"],
  ["@startOfMonth('12/24', 's')", "2015-12-01T00:00:00"],
])("%s is %s: what says no date or no year has that of the clock, as in the engine", (expression, expected) => {
  expect(evaluateJson(expression, scope)).toBe(expected);
});

test.each(["@formatDateTime('Sun 10:00')", "@formatDateTime('February 29')"])(
  "%s is refused: the present has another day",
  (expression) => {
    expect(() => evaluateJson(expression, scope)).toThrow("expects an ISO 8601 timestamp");
  },
);
