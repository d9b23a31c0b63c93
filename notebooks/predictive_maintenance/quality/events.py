"""Quality per failure event: which failures were warned of in time, and which warnings were false alarms.

With the horizon H, a failure of a component at `f` is warned when a window with `window_end` in [f - H, f) warns of
that component, and a warning at `t` is true when the component fails in (t, t + H]. The warnings of one machine and
component in neighbouring windows are one episode; an episode without a true warning is a false alarm. A missing window
says nothing, so it warns of nothing and it ends an episode. Only judged windows count: those of a range whose outcome
is known, and of the failures those that a judged window could have warned of. Of an episode that the range cuts, the
part inside counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, Row, Window
from pyspark.sql import functions as F

from predictive_maintenance.contract import WINDOW_HOURS
from predictive_maintenance.quality.slices import Slice
from predictive_maintenance.windows import HOUR

MONTH = 30.44 * 24 * HOUR
"""Seconds."""


@dataclass(frozen=True)
class EventQuality:
    """One component's counts. `machine_months` are those of the judged range, in months of 30.44 days, over all
    machines with a judged window; a machine counts for the whole range."""

    failures: int
    warned: int
    episodes: int
    false_alarms: int
    machine_months: float

    @property
    def warned_share(self) -> float | None:
        """Of the failures; None without any."""
        return round(self.warned / self.failures, 4) if self.failures else None

    @property
    def false_alarms_per_machine_month(self) -> float | None:
        """None when nothing was judged."""
        return round(self.false_alarms / self.machine_months, 4) if self.machine_months else None


def quality_per_event(
    rows: DataFrame,
    said: Mapping[str, Column],
    failures: DataFrame,
    judged: Slice,
    horizon_hours: int,
    window_hours: int = WINDOW_HOURS,
) -> dict[str, EventQuality]:
    """Judges what was `said` of each component (a boolean column of `rows`: whether it was warned of).

    `rows` hold machineID and window_end, each window once; `failures` datetime, machineID and failure. `judged` begins
    and ends with a window, and the horizon of its last window has passed. One job, and one row per component on the
    driver.
    """
    length, horizon = window_hours * HOUR, horizon_hours * HOUR
    timeline = _timeline(rows.where(judged.holds()), said).unionByName(
        _failed(failures).where((F.col("at") > judged.first) & (F.col("at") <= judged.last + horizon))
    )
    before = Window.partitionBy("machineID", "comp").orderBy("at")

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
        .groupBy("machineID", "comp", "episode")
        .agg(
            F.count_if("failed").alias("failures"),
            F.count_if("was_warned").alias("warned"),
            F.bool_or("warned").alias("is_episode"),
            F.bool_or("is_true").alias("is_true"),
        )
    )
    counted = episodes.groupBy("comp").agg(
        F.count(F.lit(1)).alias("groups"),
        F.sum("failures").alias("failures"),
        F.sum("warned").alias("warned"),
        F.count_if("is_episode").alias("episodes"),
        F.count_if(F.col("is_episode") & ~F.col("is_true")).alias("false_alarms"),
    )
    found = {row.comp: row for row in counted.collect()}
    machines = found[None].groups if None in found else 0
    months = machines * (judged.last - judged.first + length) / MONTH
    return {comp: _quality(found.get(comp), months) for comp in said}


def _timeline(rows: DataFrame, said: Mapping[str, Column]) -> DataFrame:
    """A row per warning, and one per window with no component at all, by which its machine is counted."""
    whole = F.struct(F.lit(None).cast("string").alias("comp"), F.lit(False).alias("warned"))
    each = [F.struct(F.lit(comp).alias("comp"), warns.alias("warned")) for comp, warns in said.items()]
    kept = F.filter(F.array(whole, *each), lambda one: one.comp.isNull() | one.warned)
    exploded = rows.select("machineID", F.unix_seconds("window_end").alias("at"), F.explode(kept).alias("said"))
    return exploded.select("machineID", "at", "said.comp", "said.warned", F.lit(False).alias("failed"))


def _failed(failures: DataFrame) -> DataFrame:
    # Up to the next whole second: no window ends between a failure and that.
    at = F.ceil(F.unix_micros("datetime") / 1_000_000).alias("at")
    return failures.select(
        "machineID", at, F.col("failure").alias("comp"), F.lit(False).alias("warned"), F.lit(True).alias("failed")
    )


def _quality(row: Row | None, months: float) -> EventQuality:
    if row is None:
        return EventQuality(0, 0, 0, 0, months)
    return EventQuality(row.failures, row.warned, row.episodes, row.false_alarms, months)
