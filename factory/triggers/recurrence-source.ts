import { z } from "zod";
import { isTimeZone } from "./time-zone";
import { oneOf, time, whole } from "./words";

const weekday = oneOf(["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]);

/** A day of a month or of a kind of weekday in it: from its first, or with a minus from its last. */
const position = (last: number) =>
  z
    .int()
    .refine(
      (value) => value !== 0 && Math.abs(value) <= last,
      `expected 1 to ${last}, or -1 to -${last} from the end of the month`,
    );

/** Several items; none is the same as not given. */
const several = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .readonly()
    .transform((items) => (items.length === 0 ? undefined : items))
    .optional();

const schedule = z.looseObject({
  minutes: several(z.int().min(0).max(59)),
  hours: several(z.int().min(0).max(23)),
  weekDays: several(weekday),
  monthDays: several(position(31)),
  monthlyOccurrences: several(z.looseObject({ day: weekday, occurrence: position(5).optional() })),
});

/** At which frequency alone the service takes a field of the schedule. */
const ONLY_AT = { weekDays: "Week", monthDays: "Month", monthlyOccurrences: "Month" } as const;

export const recurrence = z
  .looseObject({
    frequency: oneOf(["Minute", "Hour", "Day", "Week", "Month"]),
    interval: whole(1).default(1),
    startTime: time.optional(),
    endTime: time.optional(),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: ({ input }) => `"${String(input)}" is no time zone of Windows or IANA` })
      .default("UTC"),
    schedule: schedule.default({}),
  })
  .superRefine(({ frequency, schedule }, context) => {
    for (const field of ["weekDays", "monthDays", "monthlyOccurrences"] as const)
      if (schedule[field] !== undefined && frequency !== ONLY_AT[field])
        context.addIssue({
          code: "custom",
          path: ["schedule", field],
          message: `is allowed at frequency ${ONLY_AT[field]} only, here it is ${frequency}`,
        });
  });

export type Recurrence = z.output<typeof recurrence>;
