import { z } from "zod";
import { group, whole } from "./allowed";

const limit = z.number("a number from -10000 to 10000");
const limits = z
  .tuple([limit, limit], "a pair of numbers from -10000 to 10000, the lower one first")
  .refine(([lowest, highest]) => -10_000 <= lowest && lowest < highest && highest <= 10_000, {
    error: "a pair of numbers from -10000 to 10000, the lower one first",
  })
  .readonly()
  .optional();

/** What the notebooks take for data. */
export const data = group({
  /** Hours between two windows of a machine. Default: 12. Every span of a feature is a multiple, or lies within one window. */
  windowHours: z.literal([1, 3, 4, 6, 12], "hours of a window: 1, 3, 4, 6 or 12").default(12),
  /**
   * The lowest and the highest plausible hourly mean of a sensor, where it is not the usual: volt 95 to 260 V, rotate 130 to 700 rpm,
   * pressure 50 to 190 psi, vibration 14 to 80 mm/s. Rows outside are quarantined. Default: none.
   */
  limits: group({ volt: limits, rotate: limits, pressure: limits, vibration: limits }).prefault({}),
  /**
   * Days before the newest delivery whose folders, named yyyy-MM-dd, are listed again for files that came late; `training` and
   * folders with other names know no such bound. Default: 90.
   */
  lookBackDays: whole(1, 3650, "days").default(90),
  /** Hours that a row may be later than the landing of its file; one that is later still is quarantined. 0 to 8760. Default: 24. */
  aheadHours: whole(0, 8760, "hours").default(24),
  /** Days that old versions of the tables are kept for readers and for going back; at least a week. Default: 30. */
  retentionDays: whole(7, 365, "days").default(30),
});
