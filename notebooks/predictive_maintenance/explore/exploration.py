"""What the raw tables and the features look like, in the few numbers that figures are drawn of.

Spark counts everything: what reaches the driver does not grow with the data, except for the hours of one machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

import pandas
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.stat import Correlation
from pyspark.sql import Column, DataFrame, Row
from pyspark.sql import functions as F

from predictive_maintenance.charts.features import QUANTILES
from predictive_maintenance.contract import COMPONENTS, ERRORS, SENSORS
from predictive_maintenance.rows import only_row
from predictive_maintenance.windows import iso, literal, moment

BINS = 40
EVENT_KINDS = {"errors": "errorID", "maint": "comp", "failures": "failure"}
"""The tables of events, and the column that says what happened."""


@dataclass(frozen=True)
class Trace:
    """One machine's hours in order, its sensors at them, and its events: when, which table, what."""

    times: Sequence[datetime]
    by_sensor: Mapping[str, Sequence[float | None]]
    events: Sequence[tuple[datetime, str, str]]


def counts(rows: DataFrame, *columns: str) -> dict[Any, Any]:
    """Rows by the value of a column, in its order; by several columns as dictionaries in each other."""
    found: dict[Any, Any] = {}
    for *outer, last, number in rows.groupBy(*columns).count().orderBy(*columns).collect():
        inner = found
        for value in outer:
            inner = inner.setdefault(value, {})
        inner[last] = number
    return found


def extents(tables: Mapping[str, DataFrame]) -> pandas.DataFrame:
    """Rows of each table and the first and last moment (ISO 8601, UTC) in it; none where the table has no time."""
    found = []
    for name, rows in tables.items():
        at = F.unix_seconds("datetime") if "datetime" in rows.columns else F.lit(None).cast("long")
        row = only_row(rows.agg(F.count(F.lit(1)).alias("rows"), F.min(at).alias("first"), F.max(at).alias("last")))
        found.append({"table": name, "rows": row["rows"], "first": iso(row["first"]), "last": iso(row["last"])})
    return pandas.DataFrame(found)


def histograms(telemetry: DataFrame) -> dict[str, tuple[list[float], list[int]]]:
    """Of each sensor the edges of `BINS` equal bins and how many readings are in them."""
    ends = only_row(telemetry.agg(*(extreme(sensor) for sensor in SENSORS for extreme in (F.min, F.max))))
    spans = {sensor: (ends[f"min({sensor})"], ends[f"max({sensor})"]) for sensor in SENSORS}
    spans = {sensor: (low, high if high > low else low + 1) for sensor, (low, high) in spans.items() if low is not None}

    def place(sensor: str, low: float, high: float) -> Column:
        bin = F.least(F.floor((F.col(sensor) - low) / (high - low) * BINS), F.lit(BINS - 1))
        return F.struct(F.lit(sensor).alias("sensor"), bin.alias("bin"))

    places = F.explode(F.array(*(place(sensor, *span) for sensor, span in spans.items())))
    numbers = counts(telemetry.select(places.alias("at")).select("at.*").where("bin IS NOT NULL"), "sensor", "bin")
    return {
        sensor: (
            [low + (high - low) * edge / BINS for edge in range(BINS + 1)],
            [numbers[sensor].get(bin, 0) for bin in range(BINS)],
        )
        for sensor, (low, high) in spans.items()
    }


def latest_failure(failures: DataFrame, machine: str) -> tuple[int, datetime, str]:
    """Machine, time and component of the latest failure, of one machine unless `machine` is empty. Raises ValueError
    when there is none."""
    if machine and not machine.isdecimal():
        raise ValueError(f"machine is '{machine}': expected its number, or nothing")
    its = failures.where(F.col("machineID") == int(machine)) if machine else failures
    latest = its.select("machineID", F.unix_seconds("datetime").alias("at"), "failure").orderBy(
        F.desc("at"), "machineID"
    )
    row = latest.first()
    if row is None:
        raise ValueError(f"machine {machine} never failed" if machine else "no machine ever failed")
    return row.machineID, moment(row["at"]), row.failure


def trace(tables: Mapping[str, DataFrame], machine: int, first: datetime, last: datetime) -> Trace:
    """The hours of a machine from `first` to `last`; `tables` are telemetry and those of `EVENT_KINDS`, by name."""

    def its(table: str, *columns: Column | str) -> list[Row]:
        at = F.col("datetime")
        rows = tables[table].where((F.col("machineID") == machine) & at.between(literal(first), literal(last)))
        return rows.select(F.unix_seconds(at).alias("at"), *columns).orderBy("at").collect()

    hours = its("telemetry", *SENSORS)
    events = [
        (moment(row["at"]), table, row.what)
        for table, column in EVENT_KINDS.items()
        for row in its(table, F.col(column).alias("what"))
    ]
    return Trace(
        [moment(row["at"]) for row in hours], {sensor: [row[sensor] for row in hours] for sensor in SENSORS}, events
    )


def quantiles_by_label(
    labelled: DataFrame, feature_of: Mapping[str, str]
) -> dict[str, tuple[str, list[float] | None, list[float] | None]]:
    """Of each component its feature and that one's `QUANTILES`, in healthy windows and in those before its failure."""
    wanted = F.array(*map(F.lit, QUANTILES))
    quantiles = labelled.agg(
        *(
            F.percentile_approx(F.when(F.col(f"label_{comp}") == label, F.col(feature)), wanted).alias(
                f"{comp}_{label}"
            )
            for comp, feature in feature_of.items()
            for label in (0, 1)
        )
    )
    row = only_row(quantiles)
    return {comp: (feature, row[f"{comp}_0"], row[f"{comp}_1"]) for comp, feature in feature_of.items()}


def mean_errors(labelled: DataFrame) -> dict[str, dict[str, float]]:
    """Of each error its mean number in 24 h, by the component that fails after the window (`none` for none)."""
    if not ERRORS:
        return {}
    healthy = reduce(and_, (F.col(f"label_{comp}") == 0 for comp in COMPONENTS))
    groups = {"none": healthy, **{comp: F.col(f"label_{comp}") == 1 for comp in COMPONENTS}}
    means = labelled.agg(
        *(
            F.coalesce(F.avg(F.when(holds, F.col(f"{error}_count_24h"))), F.lit(0.0)).alias(f"{error}_{name}")
            for error in ERRORS
            for name, holds in groups.items()
        )
    )
    row = only_row(means)
    return {error: {name: row[f"{error}_{name}"] for name in groups} for error in ERRORS}


def correlations(rows: DataFrame, names: Sequence[str]) -> list[list[float]]:
    """Pearson's correlation of each with each, over the rows where none of them is null."""
    vectors = VectorAssembler(inputCols=list(names), outputCol="vector", handleInvalid="skip").transform(rows)
    matrix: list[list[float]] = only_row(Correlation.corr(vectors, "vector"))[0].toArray().tolist()
    return matrix


def failing(labelled: DataFrame) -> dict[str, int]:
    """The number of windows before a failure of each component."""
    number = (F.count_if(F.col(f"label_{comp}") == 1).alias(comp) for comp in COMPONENTS)
    return only_row(labelled.agg(*number)).asDict()


def failing_windows(labelled: DataFrame, machines: int) -> dict[int, list[tuple[datetime, str]]]:
    """The windows before a failure, and which component's, of the machines that have most of them."""
    failing = labelled.select(
        "machineID",
        F.unix_seconds("window_end").alias("at"),
        F.explode(F.array(*(F.when(F.col(f"label_{comp}") == 1, comp) for comp in COMPONENTS))).alias("comp"),
    ).where("comp IS NOT NULL")
    most = failing.groupBy("machineID").count().orderBy(F.desc("count"), "machineID").limit(machines)
    found: dict[int, list[tuple[datetime, str]]] = {}
    for row in failing.join(most, "machineID").orderBy("machineID", "at").collect():
        found.setdefault(row.machineID, []).append((moment(row["at"]), row.comp))
    return found
