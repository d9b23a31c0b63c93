"""What the work list lacks of the items that follow from the other tables, and what it has too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COSTS
from predictive_maintenance.merge import within
from predictive_maintenance.tables import WORK_LIST
from predictive_maintenance.windows import WindowRange, from_micros, micros
from predictive_maintenance.work.items import OPEN, items, said
from predictive_maintenance.work.spans import Span

KEY = ["machineID", "component"]
EVER = (datetime(1900, 1, 1, tzinfo=timezone.utc), datetime(2200, 1, 1, tzinfo=timezone.utc))
STATED = [column.split()[0] for column in WORK_LIST.columns.split(", ")]


class Foresight(NamedTuple):
    """How a model sees time: a failure within `horizon_hours`, from windows of `window_hours`."""

    horizon_hours: int
    window_hours: int


class Read(NamedTuple):
    """The tables that the list follows from, and the list itself."""

    predictions: DataFrame
    maint: DataFrame
    failures: DataFrame
    listed: DataFrame


def ends_of(windows: WindowRange) -> tuple[datetime, datetime]:
    """Start and end; an open range has those of `EVER`."""
    return windows.start or EVER[0], windows.end or EVER[1]


def changes(
    read: Read,
    windows: WindowRange,
    spans: Sequence[Span],
    sees: Foresight,
    run_id: str,
    costs: Mapping[str, float],
) -> tuple[DataFrame, str]:
    """The rows that the list lacks or has otherwise, those that are `gone`, and the bounds of both in SQL.

    Items are found anew in the `windows` of every machine, and in the `spans`, which reach beyond them.
    """
    start, end = ends_of(windows)
    ends = (micros(start), micros(end))
    lowest = min([start, *(from_micros(span.first) for span in spans)])
    highest = max([end, *(from_micros(span.last) for span in spans)])
    horizon = timedelta(hours=sees.horizon_hours)
    session = read.predictions.sparkSession
    beyond = F.broadcast(session.createDataFrame(spans, "machineID int, component string, first bigint, last bigint"))

    def spanned(rows: DataFrame, time: str, after: timedelta = timedelta(0)) -> DataFrame:
        at, reach = F.unix_micros(time), after // timedelta(microseconds=1)
        first, last = (F.coalesce(name, F.lit(bound)) for name, bound in zip(("first", "last"), ends))
        inside = (at >= F.least(first, F.lit(ends[0]))) & (at <= F.greatest(last, F.lit(ends[1])) + reach)
        return rows.join(beyond, KEY, "left").where(inside).drop("first", "last")

    latest = (
        WindowRange(lowest, None).of(read.predictions).groupBy("machineID").agg(F.max("window_end").alias("latest"))
    )
    complete = F.col("latest") - F.lit(timedelta(hours=sees.window_hours))  # of the last window more may land
    derived = items(
        spanned(said(WindowRange(lowest, highest).of(read.predictions)), "at"),
        spanned(read.maint.withColumn("component", F.col("comp")), "datetime", horizon),
        spanned(read.failures.withColumn("component", F.col("failure")), "datetime", horizon),
        latest.withColumn("known_until", complete),
        F.lit(horizon),
    )
    differing = _unlike(derived.withColumn("cost_at_stake", _cost(costs)), spanned(read.listed, "since"), run_id)
    return differing, within("since", lowest, highest)


def _unlike(derived: DataFrame, listed: DataFrame, run_id: str) -> DataFrame:
    held = listed.select(*WORK_LIST.keys, F.struct(*STATED).alias("held"))
    is_new = F.col("held").isNull()
    is_open_again = (F.col("status") == OPEN) & (F.col("held.status") != OPEN)
    opened = is_new | is_open_again | (F.size("history") > F.size("held.history"))
    both = derived.withColumn("gone", F.lit(False)).join(held, list(WORK_LIST.keys), "full")
    stated = both.withColumns(
        {
            "opened_by": F.when(opened, F.lit(run_id)).otherwise(F.col("held.opened_by")),
            "gone": F.coalesce("gone", F.lit(True)),
        }
    )
    differs = F.col("gone") | ~F.struct(*STATED).eqNullSafe(F.col("held"))
    return stated.where(differs).select(*STATED, "gone")


def _cost(costs: Mapping[str, float]) -> Column:
    """The probability times the cost of a failure."""
    known = {comp: costs.get(comp, usual["failure"]) for comp, usual in COSTS.items()}
    each = [F.when(F.col("component") == comp, F.lit(float(its))) for comp, its in known.items()]
    return F.col("probability") * F.coalesce(*each)
