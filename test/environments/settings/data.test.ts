import { problems, refuses } from "../refusals";

const pair = "a pair of numbers from -10000 to 10000, the lower one first";

refuses([
  [
    "a window that does not divide the spans of the features",
    { data: { windowHours: 24 } },
    "dev.data.windowHours is 24; allowed: hours of a window: 1, 3, 4, 6 or 12",
  ],
  [
    "limits the wrong way round",
    { data: { limits: { volt: [260, 95] } } },
    `dev.data.limits.volt is [260,95]; allowed: ${pair}`,
  ],
  ["one limit", { data: { limits: { volt: 260 } } }, `dev.data.limits.volt is 260; allowed: ${pair}`],
  [
    "a sensor that the plant has not",
    { data: { limits: { noise: [1, 2] } } },
    "dev.data.limits.noise is not a setting; allowed: an object of volt, rotate, pressure, vibration",
  ],
  [
    "no look-back",
    { data: { lookBackDays: 0 } },
    "dev.data.lookBackDays is 0; allowed: a whole number of days from 1 to 3650",
  ],
  [
    "rows of the past only",
    { data: { aheadHours: -1 } },
    "dev.data.aheadHours is -1; allowed: a whole number of hours from 0 to 8760",
  ],
  [
    "a retention that readers outlive",
    { data: { retentionDays: 1 } },
    "dev.data.retentionDays is 1; allowed: a whole number of days from 7 to 365",
  ],
  [
    "a frequency",
    { training: { schedule: { frequency: "Year" } } },
    "allowed: an object whose frequency is Day, Week or Month",
  ],
  [
    "an hour",
    { training: { schedule: { frequency: "Day", hour: 24 } } },
    "dev.training.schedule.hour is 24; allowed: a whole number of hours from 0 to 23",
  ],
  [
    "no week day",
    { training: { schedule: { frequency: "Week", hour: 1, weekDays: [] } } },
    "dev.training.schedule.weekDays is []; allowed: at least one week day",
  ],
  [
    "a month day some months lack",
    { training: { schedule: { frequency: "Month", hour: 1, monthDay: 31 } } },
    "dev.training.schedule.monthDay is 31; allowed: a whole number of days from 1 to 28",
  ],
  [
    "half a window ahead",
    { training: { horizonHours: 18 } },
    "dev.training.horizonHours is 18; allowed: hours ahead: 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156 or 168",
  ],
  [
    "hours that drift through the day",
    { scoring: { catchUpEveryHours: 5 } },
    "dev.scoring.catchUpEveryHours is 5; allowed: hours that divide the day: 1, 2, 3, 4, 6, 8, 12 or 24",
  ],
]);

test("a limit that is no number is refused", () => {
  expect(problems({ data: { limits: { volt: ["low", 260] } } })).toEqual([
    'dev.data.limits.volt.0 is "low"; allowed: a number from -10000 to 10000',
  ]);
});
