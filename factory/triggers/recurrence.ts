import type { Recurrence } from "./recurrence-source";
import { instantOf, type TimeZone, timeZone } from "./time-zone";

type Schedule = Recurrence["schedule"];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Periods that are looked through before a schedule counts as one that never comes (the 31st of every February). */
const LONGEST_SEARCH = 10_000;

/** When a recurrence starts: as it says, or when its trigger was created. */
export function startOf({ startTime, timeZone: zone }: Recurrence, created: Date): Date {
  return startTime === undefined ? created : new Date(instantOf(startTime, timeZone(zone)));
}

/** The first time after `after` at which a trigger fires; `undefined` when there is none. */
export function nextOccurrence(recurrence: Recurrence, start: Date, after: Date): Date | undefined {
  const zone = timeZone(recurrence.timeZone);
  const end = recurrence.endTime === undefined ? Infinity : instantOf(recurrence.endTime, zone);
  const from = Math.max(after.getTime(), start.getTime() - 1);
  const first = Math.max(0, periodOf(recurrence, zone, start, new Date(from)) - 1);
  for (let period = first; period < first + LONGEST_SEARCH; period++) {
    const next = [...occurrences(recurrence, zone, start, period)]
      .sort((left, right) => left - right)
      .find((time) => time > from);
    if (next !== undefined) return next <= end ? new Date(next) : undefined;
  }
  return undefined;
}

/** Number of the period, counted from the one that holds `start`, that holds `time`. */
function periodOf({ frequency, interval }: Recurrence, zone: TimeZone, start: Date, time: Date): number {
  const months = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const local = (date: Date) => new Date(zone.toLocal(date.getTime()));
  if (frequency === "Month") return Math.floor((months(local(time)) - months(local(start))) / interval);
  const unit = { Minute: MINUTE, Hour: HOUR, Day: DAY, Week: WEEK }[frequency];
  return Math.floor((time.getTime() - start.getTime()) / (unit * interval));
}

/** The times of one period, those before the start included. Days and longer go by the zone's clock, hours and minutes pass evenly. */
function occurrences(recurrence: Recurrence, zone: TimeZone, begin: Date, period: number): readonly number[] {
  const { frequency, interval, schedule } = recurrence;
  const start = new Date(zone.toLocal(begin.getTime()));
  const step = period * interval;
  const startDay = floor(start, DAY);
  const atTimes = (days: readonly number[]) => timesOf(days, schedule, start).map((time) => zone.toInstant(time));

  switch (frequency) {
    case "Minute":
      return [begin.getTime() + step * MINUTE].filter((time) => isAllowed(schedule, zone.toLocal(time)));
    case "Hour": {
      const hour = begin.getTime() - (start.getTime() - floor(start, HOUR)) + step * HOUR;
      const minutes = schedule.minutes ?? [start.getUTCMinutes()];
      return minutes
        .map((minute) => hour + minute * MINUTE + (start.getTime() % MINUTE))
        .filter((time) => isAllowed({ hours: schedule.hours }, zone.toLocal(time)));
    }
    case "Day":
      return atTimes([startDay + step * DAY]);
    case "Week": {
      const sunday = startDay - start.getUTCDay() * DAY + step * WEEK;
      const days = schedule.weekDays ?? [WEEKDAYS[start.getUTCDay()]!];
      return atTimes(days.map((day) => sunday + WEEKDAYS.indexOf(day) * DAY));
    }
    case "Month":
      return atTimes(daysOfMonth(schedule, Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + step), start));
  }
}

/** The times of days; what the schedule leaves open is as at the start. */
function timesOf(days: readonly number[], schedule: Schedule, start: Date): readonly number[] {
  const hours = schedule.hours ?? [start.getUTCHours()];
  const minutes = schedule.minutes ?? [start.getUTCMinutes()];
  const seconds = start.getTime() % MINUTE;
  return days.flatMap((day) =>
    hours.flatMap((hour) => minutes.map((minute) => day + hour * HOUR + minute * MINUTE + seconds)),
  );
}

/** Whether the schedule lets a wall-clock time pass, where it does not make the times itself. */
function isAllowed({ hours, minutes }: Pick<Schedule, "hours" | "minutes">, local: number): boolean {
  const time = new Date(local);
  return (hours?.includes(time.getUTCHours()) ?? true) && (minutes?.includes(time.getUTCMinutes()) ?? true);
}

function daysOfMonth(schedule: Schedule, month: number, start: Date): readonly number[] {
  const date = new Date(month);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const all = Array.from({ length }, (_, index) => month + index * DAY);
  const pick = (days: readonly number[], position: number) => (position > 0 ? days[position - 1] : days.at(position));
  const weekdays = (schedule.monthlyOccurrences ?? []).flatMap(({ day: weekday, occurrence: week }) => {
    const days = all.filter((day) => WEEKDAYS[new Date(day).getUTCDay()] === weekday);
    return week === undefined ? days : [pick(days, week)];
  });
  const byDefault = weekdays.length === 0 ? [start.getUTCDate()] : [];
  const days = (schedule.monthDays ?? byDefault).map((day) => pick(all, day));
  return [...days, ...weekdays].filter((day) => day !== undefined);
}

function floor(time: Date, unit: number): number {
  return Math.floor(time.getTime() / unit) * unit;
}
