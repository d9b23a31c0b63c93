import type { Recurrence } from "../source";

type Schedule = Recurrence["schedule"];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Periods that are looked through before a schedule counts as one that never comes (the 31st of every February). */
const LONGEST_SEARCH = 1000;

/** The first time after `after` at which a trigger fires (UTC); `undefined` when there is none. */
export function nextOccurrence(recurrence: Recurrence, start: Date, after: Date): Date | undefined {
  const end = recurrence.endTime === undefined ? Infinity : Date.parse(recurrence.endTime);
  const first = Math.max(0, periodOf(recurrence, start, after) - 1);
  for (let period = first; period < first + LONGEST_SEARCH; period++) {
    const next = occurrences(recurrence, start, period)
      .sort((left, right) => left - right)
      .find((time) => time > after.getTime() && time >= start.getTime());
    if (next !== undefined) return next <= end ? new Date(next) : undefined;
  }
  return undefined;
}

/** Number of the period, counted from the one that holds `start`, that holds `time`. */
function periodOf({ frequency, interval }: Recurrence, start: Date, time: Date): number {
  const months = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (frequency === "Month") return Math.floor((months(time) - months(start)) / interval);
  const unit = { Minute: MINUTE, Hour: HOUR, Day: DAY, Week: WEEK }[frequency];
  return Math.floor((time.getTime() - start.getTime()) / (unit * interval));
}

/** The times of one period, those before the start included. */
function occurrences({ frequency, interval, schedule }: Recurrence, start: Date, period: number): number[] {
  const minutes = schedule.minutes ?? [start.getUTCMinutes()];
  const hours = schedule.hours ?? [start.getUTCHours()];
  const step = period * interval;
  const atTimes = (days: readonly number[]) =>
    days.flatMap((day) => hours.flatMap((hour) => minutes.map((minute) => day + hour * HOUR + minute * MINUTE)));
  const seconds = start.getTime() % MINUTE;
  const startDay = floor(start, DAY);

  switch (frequency) {
    case "Minute":
      return [start.getTime() + step * MINUTE];
    case "Hour":
      return minutes.map((minute) => floor(start, HOUR) + step * HOUR + minute * MINUTE + seconds);
    case "Day":
      return atTimes([startDay + step * DAY]).map((time) => time + seconds);
    case "Week": {
      const sunday = startDay - start.getUTCDay() * DAY + step * WEEK;
      const days = schedule.weekDays ?? [WEEKDAYS[start.getUTCDay()]!];
      return atTimes(days.map((day) => sunday + WEEKDAYS.indexOf(day) * DAY)).map((time) => time + seconds);
    }
    case "Month": {
      const month = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + step);
      return atTimes(daysOfMonth(schedule, month, start)).map((time) => time + seconds);
    }
  }
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
