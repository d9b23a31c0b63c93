"""The clock of the product: windows of a fixed length that end on multiples of it in UTC.

Everything here works on seconds since 1970, so neither the session's time zone nor the driver's changes a window.
With windows of 12 hours an observation at `d` belongs to the window `(window_end - 12 h, window_end]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import reduce
from operator import or_

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import ALL_WINDOW_HOURS, WINDOW_HOURS

HOUR = 3600
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def parse_window_hours(text: str) -> int:
    """Reads the widget `window_hours`; empty is the usual. Raises ValueError."""
    if not text.strip():
        return WINDOW_HOURS
    if text.strip() not in map(str, ALL_WINDOW_HOURS):
        raise ValueError(f"window_hours is '{text}': expected one of {', '.join(map(str, ALL_WINDOW_HOURS))}")
    return int(text)


def number_of(observed_at: str, hours: int = WINDOW_HOURS) -> str:
    """SQL: the number of the window that `observed_at` belongs to, its end in window lengths since 1970."""
    length = hours * HOUR * 1_000_000
    return f"(unix_micros({observed_at}) + {length - 1}) div {length}"


def month_of(time: Column) -> Column:
    """The partition of `time`: its month in UTC, `yyyy-MM`."""
    day = F.floor(F.unix_seconds(time) / (24 * HOUR)).cast("int")
    return F.date_format(F.date_add(F.lit("1970-01-01").cast("date"), day), "yyyy-MM")


def literal(time: datetime) -> Column:
    """`time` as a constant that Spark can use to skip files."""
    return F.timestamp_seconds(F.lit(int(time.timestamp())))


def parse(name: str, text: str) -> datetime | None:
    """Reads the widget `name`: ISO-8601, UTC unless it says otherwise; empty is None. Raises ValueError."""
    if not text.strip():
        return None
    try:
        time = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"{name} is '{text}': expected a time such as 2015-10-31T12:00:00Z, or nothing") from None
    return time.astimezone(timezone.utc) if time.tzinfo else time.replace(tzinfo=timezone.utc)


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as an aware time in UTC."""
    return datetime.fromtimestamp(seconds, timezone.utc)


def micros(time: datetime) -> int:
    """An aware time in µs since 1970."""
    return (time - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The opposite of `micros`."""
    return EPOCH + timedelta(microseconds=micros)


def iso(seconds: int | None) -> str:
    """Seconds since 1970 as `2015-10-31T12:00:00Z`; nothing is empty."""
    return "" if seconds is None else moment(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class WindowRange:
    """The windows of so many `hours` with `start <= window_end <= end`; None is unbounded.

    With `parts`, pairs of a first and a last window end, only those that lie in one of them.
    """

    start: datetime | None
    end: datetime | None
    hours: int = WINDOW_HOURS
    parts: tuple[tuple[datetime, datetime], ...] = ()

    @classmethod
    def parse(cls, start_date: str, to_date: str, hours: int = WINDOW_HOURS) -> WindowRange:
        """Reads the widgets `start_date` and `to_date`. Raises ValueError when one is malformed or they are swapped."""
        start, end = parse("start_date", start_date), parse("to_date", to_date)
        if start and end and start > end:
            raise ValueError(f"start_date is '{start_date}', later than to_date '{to_date}'")
        return cls(start, end, hours)

    def of(self, rows: DataFrame) -> DataFrame:
        """The `rows` (window_end, and `month` of it) in the range; constants let Spark skip partitions and files."""
        if self.start:
            rows = rows.where((F.col("window_end") >= literal(self.start)) & (F.col("month") >= f"{self.start:%Y-%m}"))
        if self.end:
            rows = rows.where((F.col("window_end") <= literal(self.end)) & (F.col("month") <= f"{self.end:%Y-%m}"))
        return rows.where(self.between(F.col("window_end"), F.col("month"))) if self.parts else rows

    def between(self, time: Column, month: Column | None, before: timedelta = timedelta(0)) -> Column:
        """Whether `time`, of the partition `month`, is in a part or in the time `before` it."""
        return reduce(or_, (_within(time, month, first - before, last) for first, last in self.parts))


def _within(time: Column, month: Column | None, first: datetime, last: datetime) -> Column:
    inside = (time >= literal(first)) & (time <= literal(last))
    return inside if month is None else inside & month.between(f"{first:%Y-%m}", f"{last:%Y-%m}")
