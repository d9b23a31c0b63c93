"""Labels: does a component fail within the horizon after a window? One label per component: two can fail together."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, WINDOW_HOURS
from predictive_maintenance.windows import HOUR


def parse_horizon(text: str, window_hours: int = WINDOW_HOURS) -> int:
    """Reads the widget `horizon_hours`. Raises ValueError unless it is a positive multiple of the window's length."""
    if not text.strip().isdecimal() or int(text) == 0 or int(text) % window_hours:
        raise ValueError(f"horizon_hours is '{text}': expected a positive multiple of {window_hours}, such as 24")
    return int(text)


def label(windows: DataFrame, failures: DataFrame, horizon_hours: int, window_hours: int = WINDOW_HOURS) -> DataFrame:
    """Adds `label_<comp>` of each component to rows of (machineID, window_end): 1.0 where it fails in
    `(window_end, window_end + horizon_hours]`, else 0.0. A failure changes no row at or after it."""
    found = ahead(windows, failures, horizon_hours, window_hours)
    labels = {f"label_{comp}": F.col(ahead_of(comp)).isNotNull().cast("double") for comp in COMPONENTS}
    return found.withColumns(labels).drop(*map(ahead_of, COMPONENTS))


def ahead_of(comp: str) -> str:
    """The column of the hours until a component fails."""
    return f"ahead_{comp}"


def ahead(windows: DataFrame, failures: DataFrame, reach_hours: int, window_hours: int = WINDOW_HOURS) -> DataFrame:
    """Adds `ahead_<comp>` of each component to rows of (machineID, window_end): the hours until its next failure, null
    where none comes within `reach_hours`."""
    failed = failures.select("machineID", F.col("failure").alias("comp"), "datetime")
    return _hours_until(windows, failed, {comp: ahead_of(comp) for comp in COMPONENTS}, reach_hours, window_hours)


def prevented_of(comp: str) -> str:
    """The column of the hours until maintenance of a component that may have prevented its failure."""
    return f"prevented_{comp}"


def ahead_unless_prevented(
    windows: DataFrame,
    failures: DataFrame,
    prevented: DataFrame | None,
    reach_hours: int,
    window_hours: int = WINDOW_HOURS,
) -> DataFrame:
    """What `ahead` adds, and `prevented_<comp>` of each component: the hours until its next maintenance of
    `prevented` (machineID, comp, datetime; None: nothing was), null where none comes within `reach_hours`."""
    found, names = (
        ahead(windows, failures, reach_hours, window_hours),
        {comp: prevented_of(comp) for comp in COMPONENTS},
    )
    if prevented is None:
        return found.withColumns({name: F.lit(None).cast("double") for name in names.values()})
    return _hours_until(found, prevented, names, reach_hours, window_hours)


def is_known(comp: str, hours: int) -> Column:
    """Whether it is known if a component fails within so many hours: not where maintenance came first that may have
    prevented it."""
    prevented = F.col(prevented_of(comp))
    return F.coalesce((prevented > hours) | (F.col(ahead_of(comp)) <= prevented), prevented.isNull())


def _hours_until(
    windows: DataFrame, events: DataFrame, names: Mapping[str, str], reach_hours: int, window_hours: int
) -> DataFrame:
    """Adds the hours until the next of `events` (machineID, comp, datetime) by the names of their components."""
    length = window_hours * HOUR
    at = F.unix_seconds("datetime")
    first = (F.ceil((at - reach_hours * HOUR) / length) * length).cast("long")
    last = ((F.ceil(at / length) - 1) * length).cast("long")
    before = F.transform(F.sequence(first, last, F.lit(length)), F.timestamp_seconds)
    each = events.select("machineID", "comp", at.alias("at"), F.explode(before).alias("window_end"))
    hours = (F.col("at") - F.unix_seconds("window_end")) / HOUR
    nearest = each.groupBy("machineID", "window_end").agg(
        *(F.min(F.when(F.col("comp") == comp, hours)).alias(name) for comp, name in names.items())
    )
    return windows.join(nearest, ["machineID", "window_end"], "left")


def uncensored(windows: DataFrame, known_until: int, horizon_hours: int) -> DataFrame:
    """The windows whose outcome is known: their horizon ends by `known_until` (seconds since 1970)."""
    return windows.where(F.unix_seconds("window_end") + horizon_hours * HOUR <= known_until)
