"""Quality per failure event: which failures were warned of in time, and which warnings were false alarms.

With the horizon H, a failure of a component at `f` is warned when a window with `window_end` in [f - H, f) warns of
that component, and a warning at `t` is true when the component fails in (t, t + H]. The warnings of one machine and
component in neighbouring windows are one episode; an episode without a true warning is a false alarm. A missing window
says nothing, so it warns of nothing and it ends an episode. Only judged windows count: those of a range whose outcome
is known, and of the failures those that a judged window could have warned of. Of an episode that the range cuts, the
part inside counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, Row, Window
from pyspark.sql import functions as F

from predictive_maintenance.contract import WINDOW_HOURS
from predictive_maintenance.quality.slices import Slice
from predictive_maintenance.windows import HOUR

MONTH = 30.44 * 24 * HOUR
"""Seconds."""


@dataclass(frozen=True)
class Events:
    """Counts of one component."""

    failures: int = 0
    warned: int = 0
    episodes: int = 0
    false_alarms: int = 0

    def __add__(self, other: Events) -> Events:
        return Events(*(one + more for one, more in zip(vars(self).values(), vars(other).values())))


@dataclass(frozen=True)
class EventQuality(Events):
    """`machine_months` are those of the judged range, in months of 30.44 days, over all machines with a judged window.
    A machine counts for the whole range."""

    machine_months: float = 0.0

    @property
    def warned_share(self) -> float | None:
        """Of the failures; None without any."""
        return round(self.warned / self.failures, 4) if self.failures else None

    @property
    def false_alarms_per_machine_month(self) -> float | None:
        """None when nothing was judged."""
        return round(self.false_alarms / self.machine_months, 4) if self.machine_months else None


def months(judged: Slice, window_hours: int) -> float:
    """Of each machine in the judged range."""
    return (judged.last - judged.first + window_hours * HOUR) / MONTH


def quality_per_event(
    rows: DataFrame,
    said: Mapping[str, Column],
    failures: DataFrame,
    judged: Slice,
    horizon_hours: int,
    window_hours: int = WINDOW_HOURS,
) -> dict[str, EventQuality]:
    """Judges what was `said` of each component (a boolean column of `rows`: whether it was warned of).

    One job, and one row per component on the driver; see `events_by_machine`.
    """
    warners = {comp: F.when(warns, F.array(F.lit(""))) for comp, warns in said.items()}
    each = events_by_machine(rows, warners, [""], failures, judged, horizon_hours, window_hours)
    found = {row.comp: row for row in each.groupBy("comp").agg(F.count(F.lit(1)).alias("machines"), *_sums()).collect()}
    all_months = (found[None].machines if None in found else 0) * months(judged, window_hours)
    counts = {comp: events_of(found[comp]) if comp in found else Events() for comp in said}
    return {comp: EventQuality(**vars(its), machine_months=all_months) for comp, its in counts.items()}


def events_by_step(
    rows: DataFrame,
    probabilities: Mapping[str, Column],
    steps: int,
    failures: DataFrame,
    judged: Slice,
    horizon_hours: int,
    window_hours: int = WINDOW_HOURS,
) -> dict[str, dict[int, Events]]:
    """The events of each component if it were warned of above each of the thresholds 1 / `steps`, 2 / `steps`, …

    One job, whose cost follows the warnings, and `steps` rows per component on the driver.
    """
    by = range(1, steps)
    warners = {comp: _above(probability, steps) for comp, probability in probabilities.items()}
    each = events_by_machine(rows, warners, [str(step) for step in by], failures, judged, horizon_hours, window_hours)
    found = {(row.comp, row.by): events_of(row) for row in each.groupBy("comp", "by").agg(*_sums()).collect()}
    return {comp: {step: found.get((comp, str(step)), Events()) for step in by} for comp in probabilities}


def events_by_machine(
    rows: DataFrame,
    warners: Mapping[str, Column],
    by: Sequence[str],
    failures: DataFrame,
    judged: Slice,
    horizon_hours: int,
    window_hours: int = WINDOW_HOURS,
) -> DataFrame:
    """For each machine and component what became of the warnings of each of `by`, where something happened: rows of
    (machineID, comp, by, failures, warned, episodes, false_alarms), and one of each judged machine without a component.

    `rows` hold machineID and window_end, each window once; `failures` datetime, machineID and failure. `warners` are
    arrays of those of `by` that warn of the component, or null. `judged` begins and ends with a window, and the horizon
    of its last window has passed.
    """
    length, horizon = window_hours * HOUR, horizon_hours * HOUR
    timeline = _timeline(rows.where(judged.holds()), warners).unionByName(
        _failed(failures, by).where((F.col("at") > judged.first) & (F.col("at") <= judged.last + horizon))
    )
    whose = ("machineID", "comp", "by")
    before = Window.partitionBy(*whose).orderBy("at")

    def occurs(what: str, first: int, last: int) -> Column:
        return F.coalesce(F.bool_or(what).over(before.rangeBetween(first, last)), F.lit(False))

    known = timeline.withColumns(
        {
            "was_warned": F.col("failed") & occurs("warned", -horizon, -1),
            "is_true": F.col("warned") & occurs("failed", 1, horizon),
            "begins": F.col("warned") & ~occurs("warned", -length, -1),
        }
    )
    begun = F.count_if("begins").over(before.rangeBetween(Window.unboundedPreceding, 0))
    episodes = (
        known.withColumn("episode", begun)
        .groupBy(*whose, "episode")
        .agg(
            F.count_if("failed").alias("failures"),
            F.count_if("was_warned").alias("warned"),
            F.bool_or("warned").alias("is_episode"),
            F.bool_or("is_true").alias("is_true"),
        )
    )
    return episodes.groupBy(*whose).agg(
        F.sum("failures").alias("failures"),
        F.sum("warned").alias("warned"),
        F.count_if("is_episode").alias("episodes"),
        F.count_if(F.col("is_episode") & ~F.col("is_true")).alias("false_alarms"),
    )


def events_of(row: Row) -> Events:
    """What a row of `events_by_machine` says."""
    return Events(row.failures, row.warned, row.episodes, row.false_alarms)


def _above(probability: Column, steps: int) -> Column:
    """The thresholds below the probability, which warn."""
    below = F.ceil(probability * steps).cast("int") - 1
    return F.when(below > 0, F.sequence(F.lit(1), F.least(below, F.lit(steps - 1))).cast("array<string>"))


def _sums() -> list[Column]:
    return [F.sum(name).alias(name) for name in vars(Events())]


def _timeline(rows: DataFrame, warners: Mapping[str, Column]) -> DataFrame:
    """A row per warning, and one per window with no component at all, by which its machine is counted."""
    nobody = F.array(F.lit(None).cast("string"))
    each = [F.struct(F.lit(comp).alias("comp"), its.alias("by")) for comp, its in warners.items()]
    said = F.filter(F.array(F.struct(F.lit(None).cast("string").alias("comp"), nobody.alias("by")), *each), _is_said)
    exploded = rows.select("machineID", F.unix_seconds("window_end").alias("at"), F.explode(said).alias("said"))
    warned = exploded.select("machineID", "at", "said.comp", F.explode("said.by").alias("by"))
    return warned.withColumns({"warned": F.col("by").isNotNull(), "failed": F.lit(False)})


def _is_said(one: Column) -> Column:
    return one.getField("by").isNotNull()


def _failed(failures: DataFrame, by: Sequence[str]) -> DataFrame:
    # Up to the next whole second: no window ends between a failure and that.
    at = F.ceil(F.unix_micros("datetime") / 1_000_000).alias("at")
    each = F.explode(F.array(*map(F.lit, by))).alias("by")
    failed = failures.select("machineID", at, F.col("failure").alias("comp"), each)
    return failed.withColumns({"warned": F.lit(False), "failed": F.lit(True)})
