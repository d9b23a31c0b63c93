"""The clock of the product: windows of twelve hours that end on multiples of twelve hours in UTC.

Everything here works on seconds since 1970, so neither the session's time zone nor the driver's changes a window.
An observation at `d` belongs to the window `(window_end - 12 h, window_end]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

HOUR = 3600
WINDOW_HOURS = 12


def window_end_of(observed_at: Column) -> Column:
    """The end (timestamp) of the window that `observed_at` belongs to."""
    length = WINDOW_HOURS * HOUR
    return F.timestamp_seconds(F.ceil(F.unix_micros(observed_at) / (length * 1_000_000)) * length)


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


def iso(seconds: int | None) -> str:
    """Seconds since 1970 as `2015-10-31T12:00:00Z`; nothing is empty."""
    return "" if seconds is None else moment(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class WindowRange:
    """The windows with `start <= window_end <= end`; None is unbounded."""

    start: datetime | None
    end: datetime | None

    @classmethod
    def parse(cls, start_date: str, to_date: str) -> WindowRange:
        """Reads the widgets `start_date` and `to_date`. Raises ValueError when one is malformed or they are swapped."""
        start, end = parse("start_date", start_date), parse("to_date", to_date)
        if start and end and start > end:
            raise ValueError(f"start_date is '{start_date}', later than to_date '{to_date}'")
        return cls(start, end)

    def of(self, rows: DataFrame) -> DataFrame:
        """The `rows` (window_end, and `month` of it) in the range; constants let Spark skip partitions and files."""
        if self.start:
            rows = rows.where((F.col("window_end") >= literal(self.start)) & (F.col("month") >= f"{self.start:%Y-%m}"))
        if self.end:
            rows = rows.where((F.col("window_end") <= literal(self.end)) & (F.col("month") <= f"{self.end:%Y-%m}"))
        return rows
