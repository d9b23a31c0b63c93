import { z } from "zod";
import { group, oneOf, whole } from "./allowed";

const weekDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

const time = {
  /** Hour of the day in UTC, 0 to 23. */
  hour: whole(0, 23, "hours"),
  /** Minute of the hour, 0 to 59. Default: 0. */
  minute: whole(0, 59, "minutes").default(0),
};

/** A recurring time in UTC, in the words of Data Factory's schedule trigger. */
export const schedule = z.discriminatedUnion(
  "frequency",
  [
    group({ frequency: z.literal("Day"), ...time }),
    group({
      frequency: z.literal("Week"),
      /** At least one, in English. */
      weekDays: z.array(oneOf(weekDays), "a list of week days").min(1, "at least one week day").readonly(),
      ...time,
    }),
    group({
      frequency: z.literal("Month"),
      /** Day of the month, 1 to 28: the days that every month has. */
      monthDay: whole(1, 28, "days"),
      ...time,
    }),
  ],
  { error: "an object whose frequency is Day, Week or Month" },
);

export type Schedule = z.output<typeof schedule>;
