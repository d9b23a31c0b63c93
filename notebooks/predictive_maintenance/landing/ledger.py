"""The ledger `ingested_files`: which files are in, which windows they touch, and which are still to be scored."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from delta.tables import DeltaTable
from pyspark.sql import Column, Row, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import ERROR_HOURS, SENSOR_HOURS, WINDOW_HOURS
from predictive_maintenance.landing.files import LandedFile
from predictive_maintenance.merge import merge, retried
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import ERRORS, INGESTED_FILES, MAINT, TELEMETRY, last_version
from predictive_maintenance.windows import HOUR, WindowRange, iso, moment

NO_END = int(datetime(2100, 1, 1, tzinfo=timezone.utc).timestamp())
"""The last touched window of a row that every later window sees, in seconds since 1970."""
REACH_HOURS = {TELEMETRY.name: max(SENSOR_HOURS), ERRORS.name: max(ERROR_HOURS), MAINT.name: None}
"""How long the windows see a row of a table; None is for ever. Rows of the other tables are in no window."""
MOST_PARTS = 20
"""Into how many separate times the windows of a run are divided at most."""


@dataclass(frozen=True)
class Entry:
    """A file as it was ingested; `first` and `last` are the moments of its good rows, in µs since 1970."""

    file: LandedFile
    rows: int
    quarantined: int
    first: int | None
    last: int | None

    def range(self, window_hours: int = WINDOW_HOURS) -> tuple[int | None, int | None]:
        """The ends of the first and the last window that see a row of the file, in seconds; None when none does."""
        if self.first is None or self.last is None or self.file.table not in REACH_HOURS:
            return None, None
        hours = REACH_HOURS[self.file.table]
        end = NO_END if hours is None else _window_end(self.last, window_hours) + (hours - window_hours) * HOUR
        return _window_end(self.first, window_hours), end


@dataclass(frozen=True)
class Claim:
    """The windows to compute, `start_date <= window_end <= to_date`, ISO-8601 UTC; both empty when there is none."""

    start_date: str
    to_date: str


def _window_end(micros: int, window_hours: int) -> int:
    length = window_hours * HOUR
    return -(-micros // (length * 1_000_000)) * length


def version(spark: SparkSession, catalog: str, schema: str) -> int:
    """Grows with every change of the ledger, 0 without one. The rows of all files in it are in the tables."""
    name = INGESTED_FILES.of(catalog, schema)
    return last_version(spark, name) if spark.catalog.tableExists(name) else 0


def not_ingested(spark: SparkSession, catalog: str, schema: str, listed: Sequence[LandedFile]) -> list[LandedFile]:
    """The listed files of which the ledger knows no such path, size and modification time, oldest first."""
    if not listed:
        return []
    known = spark.table(INGESTED_FILES.of(catalog, schema)).select(
        "path", "size", F.unix_micros("modification_time").alias("modified")
    )
    rows = [(file.path, file.size, file.modified) for file in listed]
    new = spark.createDataFrame(rows, "path string, size bigint, modified bigint").join(
        known, known.columns, "left_anti"
    )
    paths = {row.path for row in new.select("path").collect()}
    return sorted((file for file in listed if file.path in paths), key=lambda file: (file.modified, file.path))


def record(
    spark: SparkSession,
    catalog: str,
    schema: str,
    run_id: str,
    entries: Sequence[Entry],
    window_hours: int = WINDOW_HOURS,
) -> None:
    """Writes `entries`, claimed by this run; one that touches no window has nothing to score and counts as scored."""
    rows = [
        (
            *(entry.file.table, entry.file.path, entry.file.size, entry.file.modified, entry.rows, entry.quarantined),
            *entry.range(window_hours),
        )
        for entry in entries
    ]
    columns = (
        "table string, path string, size bigint, modified bigint, rows bigint, quarantined bigint, "
        "start bigint, end bigint"
    )
    source = spark.createDataFrame(rows, columns).select(
        *("table", "path", "size"),
        F.timestamp_micros("modified").alias("modification_time"),
        *("rows", "quarantined"),
        F.timestamp_seconds("start").alias("range_start"),
        F.timestamp_seconds("end").alias("range_end"),
        F.lit(run_id).alias("ingested_by"),
        F.current_timestamp().alias("ingested_at"),
        F.lit(run_id).alias("claimed_by"),
        F.when(F.col("start").isNull(), F.lit(run_id)).alias("scored_by"),
    )
    merge(INGESTED_FILES.of(catalog, schema), source, INGESTED_FILES.keys, compare=())


def claim(spark: SparkSession, catalog: str, schema: str, run_id: str, window_hours: int = WINDOW_HOURS) -> Claim:
    """Claims every file that is not scored, whoever ingested it, and returns the windows that these files touch.

    The windows are clipped to those of the telemetry that the ledger knows. A run that dies is so finished by the next.
    Of two runs at once both compute the windows; only the later one, which has claimed the files last, marks them.
    """
    name = INGESTED_FILES.of(catalog, schema)
    mine = F.col("claimed_by") == run_id
    pending = F.col("scored_by").isNull()
    telemetry = F.col("table") == TELEMETRY.name
    start, end = F.unix_seconds("range_start"), F.unix_seconds("range_end")

    def ranges() -> Row:
        return only_row(
            spark.table(name).agg(
                F.count_if(pending & ~F.coalesce(mine, F.lit(False))).alias("others"),
                F.min(F.when(pending, start)).alias("start"),
                F.max(F.when(pending, end)).alias("end"),
                F.min(F.when(telemetry, start)).alias("first"),
                (F.max(F.when(telemetry, end)) - (max(SENSOR_HOURS) - window_hours) * HOUR).alias("last"),
            )
        )

    found = ranges()
    while found.others:
        retried(
            lambda: DeltaTable.forName(spark, name).update(
                pending & ~F.coalesce(mine, F.lit(False)), {"claimed_by": F.lit(run_id)}
            )
        )
        found = ranges()
    if found.start is None or found.first is None:
        return Claim("", "")
    first, last = max(found.start, found.first), min(found.end, found.last)
    return Claim(iso(first), iso(last)) if first <= last else Claim("", "")


def narrowed(spark: SparkSession, catalog: str, schema: str, run_id: str, windows: WindowRange) -> WindowRange:
    """`windows` without those between that nothing touches, if they are what `run_id` has claimed.

    A late file of last winter beside the files of today costs these two times and not all between them.
    """
    if not windows.start or not windows.end:
        return windows
    touched = spark.table(INGESTED_FILES.of(catalog, schema)).where(
        (F.col("claimed_by") == run_id) & F.col("scored_by").isNull() & F.col("range_start").isNotNull()
    )
    ends = touched.select(F.unix_seconds("range_start"), F.unix_seconds("range_end")).distinct().collect()
    start, end = int(windows.start.timestamp()), int(windows.end.timestamp())
    parts = _joined([(max(first, start), min(last, end)) for first, last in ends], windows.hours * HOUR)
    if len(parts) < 2 or parts[0][0] != start or parts[-1][1] != end:
        return windows
    return replace(windows, parts=tuple((moment(first), moment(last)) for first, last in parts))


def _joined(ranges: Iterable[tuple[int, int]], step: int) -> list[tuple[int, int]]:
    """The ranges in order; those that touch or overlap as one, and the nearest as one while there are too many."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(one for one in ranges if one[0] <= one[1]):
        if found and first <= found[-1][1] + step:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    while len(found) > MOST_PARTS:
        nearest = min(range(1, len(found)), key=lambda place: found[place][0] - found[place - 1][1])
        found[nearest - 1 : nearest + 1] = [(found[nearest - 1][0], found[nearest][1])]
    return found


def mark_scored(
    spark: SparkSession,
    catalog: str,
    schema: str,
    run_id: str,
    predicted: tuple[int, int] | None = None,
    before: Mapping[str, int] | None = None,
) -> None:
    """Marks the files that the run `run_id` has claimed as scored, except those that a later run has claimed since.

    `predicted` is the first and the last window end, in seconds, whose predictions are there now. It gives the files
    that touch one of them their `scored_at`: now, or what `before` says of the run that ingested the file, in µs.
    """
    now = F.timestamp_micros(F.lit(time.time_ns() // 1000))
    earlier = [
        F.when((F.col("ingested_by") == run) & (F.unix_micros("ingested_at") <= at), F.timestamp_micros(F.lit(at)))
        for run, at in (before or {}).items()
    ]
    marks: dict[str, str | Column] = {"scored_by": F.lit(run_id)}
    if predicted:
        touched = (F.unix_seconds("range_start") <= predicted[1]) & (F.unix_seconds("range_end") >= predicted[0])
        marks["scored_at"] = F.when(touched, F.coalesce(*earlier, now))
    name, mine = INGESTED_FILES.of(catalog, schema), (F.col("claimed_by") == run_id) & F.col("scored_by").isNull()
    retried(lambda: DeltaTable.forName(spark, name).update(mine, marks))
