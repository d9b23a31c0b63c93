"""Rhythm only: each component is replaced when it has run for a fixed time, whatever its machine says.

It is told from what happened. A component lives from one replacement, or failure, to the next; with a rhythm it is
replaced each time that its life is longer by one, and a failure at a greater age does not happen. This flatters the
rhythm: no component that it puts in fails before its time. What the plant replaces anyway costs nothing more, here as
in every other way of looking after it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import Column, DataFrame, Row, Window
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.costs import Costs
from predictive_maintenance.quality.events import Events
from predictive_maintenance.windows import HOUR

WEEK = 7 * 24 * HOUR
LONGEST = 104
"""Weeks."""


def lives(machines: DataFrame, maint: DataFrame, failures: DataFrame, began: int, until: int) -> DataFrame:
    """The lives of all components of `machines` as far as they are known at `until`: rows of (machineID, comp, begins,
    ends, failed), in seconds since 1970. The first begins at `began`, before which nothing is known of it."""
    replaced = maint.select("machineID", "comp", F.unix_seconds("datetime").alias("ends"), F.lit(False).alias("failed"))
    failed = failures.select(
        "machineID", F.col("failure").alias("comp"), F.unix_seconds("datetime").alias("ends"), F.lit(True)
    )
    components = F.explode(F.array(*map(F.lit, COMPONENTS))).alias("comp")
    ids = machines.select("machineID").distinct()
    running = ids.select("machineID", components, F.lit(until).cast("long"), F.lit(False))
    ended = replaced.union(failed).join(ids, "machineID", "left_semi").where(F.col("ends") <= until).union(running)
    each = ended.groupBy("machineID", "comp", "ends").agg(F.bool_or("failed").alias("failed"))
    before = F.lag("ends").over(Window.partitionBy("machineID", "comp").orderBy("ends"))
    return each.withColumn("begins", F.coalesce(before, F.least(F.lit(began), F.col("ends"))))


def cheapest_rhythms(lives: DataFrame, after: int, costs: Mapping[str, Costs]) -> dict[str, int | None]:
    """The rhythm of each component, in whole weeks, that costs least after `after`; None: none is worth it."""
    rhythms = F.array_append(F.sequence(F.lit(1), F.lit(LONGEST)), F.lit(None).cast("int"))
    each = lives.withColumn("weeks", F.explode(rhythms)).groupBy("comp", "weeks")
    found: dict[str, list[Row]] = {comp: [] for comp in costs}
    for row in each.agg(*_sums(F.col("weeks") * WEEK, after)).collect():
        found[row.comp].append(row)

    def dearness(row: Row) -> tuple[float, float]:
        return costs[row.comp].of(_events(row)), -(row.weeks or LONGEST + 1)  # of two as dear the longer comes first

    return {comp: min(rows, key=dearness).weeks if rows else None for comp, rows in found.items()}


def rhythm_events(lives: DataFrame, after: int, weeks: Mapping[str, int | None]) -> dict[tuple[int, str], Events]:
    """Of each machine and component what happens after `after` with these rhythms; a replacement counts as a failure
    that was warned of, because it is planned."""
    cases = F.create_map(*(F.lit(part) for comp, its in weeks.items() if its for part in (comp, its * WEEK)))
    rhythm = cases[F.col("comp")] if any(weeks.values()) else F.lit(None).cast("long")
    counted = lives.groupBy("machineID", "comp").agg(*_sums(rhythm, after)).where("replaced > 0 OR failures > 0")
    return {(row.machineID, row.comp): _events(row) for row in counted.collect()}


def _sums(rhythm: Column, after: int) -> list[Column]:
    """Replacements and failures after `after`; a null rhythm replaces nothing."""
    age = F.col("ends") - F.col("begins")
    earlier = F.greatest(F.lit(0), F.floor((F.lit(after) - F.col("begins")) / rhythm))
    replaced = F.greatest(F.lit(0), F.ceil(age / rhythm) - 1 - earlier)
    happens = F.col("failed") & (F.col("ends") > after) & F.coalesce(age <= rhythm, F.lit(True))
    return [F.coalesce(F.sum(replaced), F.lit(0)).alias("replaced"), F.count_if(happens).alias("failures")]


def _events(row: Row) -> Events:
    return Events(failures=row.failures + row.replaced, warned=row.replaced)
