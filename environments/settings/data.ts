import { z } from "zod";
import { SENSORS, type Sensor } from "../../contract/parts";
import { AHEAD_HOURS, LIMITS, LOOK_BACK_DAYS, RETENTION_DAYS, WINDOW_HOURS } from "../../contract/widgets";
import { group, span, valueOf } from "./allowed";

const range = `from ${LIMITS.least} to ${LIMITS.most}`;
const pair = `a pair of numbers ${range}, the lower one first`;
const limit = z.number(`a number ${range}`);
const limits = z
  .tuple([limit, limit], pair)
  .refine(([lowest, highest]) => LIMITS.least <= lowest && lowest < highest && highest <= LIMITS.most, { error: pair })
  .readonly()
  .optional();
const sensors = Object.fromEntries(SENSORS.map((sensor) => [sensor, limits])) as Record<Sensor, typeof limits>;

/** What the notebooks take for data. */
export const data = group({
  /** Hours between two windows of a machine. Default: 12. Every span of a feature is a multiple, or lies within one window. */
  windowHours: valueOf(WINDOW_HOURS, "hours of a window"),
  /**
   * The lowest and the highest plausible hourly mean of a sensor, where it is not that of `contract/plant.ts`. Rows outside are
   * quarantined. Default: none.
   */
  limits: group(sensors).prefault({}),
  /**
   * Days before the newest delivery whose folders, named yyyy-MM-dd, are listed again for files that came late; `training` and
   * folders with other names know no such bound. Default: 90.
   */
  lookBackDays: span(LOOK_BACK_DAYS, "days"),
  /** Hours that a row may be later than the landing of its file; one that is later still is quarantined. 0 to 8760. Default: 24. */
  aheadHours: span(AHEAD_HOURS, "hours"),
  /** Days that old versions of the tables are kept for readers and for going back; at least a week. Default: 30. */
  retentionDays: span(RETENTION_DAYS, "days"),
});
