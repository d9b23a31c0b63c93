"""Point-in-time features: one row per machine and window, the same code for training and for scoring.

A row at `window_end` uses observations up to and including that moment and nothing later. What was not measured stays
null: statistics of a sensor without a reading (a deviation takes two), hours since an error that did not occur within
48 hours, hours since a replacement that is not known. `inputs.py` states what a model reads instead.
"""

from __future__ import annotations

from datetime import timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from predictive_maintenance.windows import HOUR, WindowRange, literal, month_of, window_end_of

SENSORS = ("volt", "rotate", "pressure", "vibration")
ERRORS = ("error1", "error2", "error3", "error4", "error5")
COMPONENTS = ("comp1", "comp2", "comp3", "comp4")
STATISTICS = ("mean", "std", "min", "max")
SENSOR_HOURS = (3, 12, 24, 36)
ERROR_HOURS = (24, 48)

NUMERIC = (
    *(f"{sensor}_{statistic}_{hours}h" for sensor in SENSORS for statistic in STATISTICS for hours in SENSOR_HOURS),
    *(f"{error}_count_{hours}h" for error in ERRORS for hours in ERROR_HOURS),
    *(f"hours_since_{event}" for event in (*ERRORS, *COMPONENTS)),
    "hours_since_maintenance",
    "age",
)
COLUMNS = ("machineID", "window_end", "month", *NUMERIC, "model")


EXACT, EXACT_SQUARES = 10**12, 10**8
"""Of one: the units in which sensor values and their squares are summed, as whole numbers. Such sums are exact, so that
neither the order of the rows nor the layout of the files changes a bit. 900 values of up to 10,000 in 36 hours fit."""
LEAST_VARIANCE = 1e-8
"""What rounding the squares can amount to; a smaller variance is none."""


def compute(
    telemetry: DataFrame, errors: DataFrame, maint: DataFrame, machines: DataFrame, windows: WindowRange
) -> DataFrame:
    """The features of every window in `windows` that has telemetry, with the columns `COLUMNS`.

    Reads the telemetry of 36 hours and the errors of 48 hours before each window, and all maintenance before it.
    """
    sensors = _sensor_sums(_observed(telemetry, windows, max(SENSOR_HOURS)), windows.hours)
    events = _last_replacements(_observed(maint, windows, None), windows).unionByName(
        _error_counts(_observed(errors, windows, max(ERROR_HOURS)), windows.hours), allowMissingColumns=True
    )
    timeline = sensors.unionByName(events, allowMissingColumns=True)
    month = month_of(F.col("window_end")).alias("month")
    rolled = timeline.select("machineID", "window_end", month, "has_telemetry", *_rolling(windows.hours))
    # Events make rows of their own on the timeline, and early windows only warm up the later ones.
    wanted = windows.of(rolled.where("has_telemetry"))
    latest = F.least(*(f"hours_since_{comp}" for comp in COMPONENTS))
    wanted = wanted.withColumn("hours_since_maintenance", latest)
    return wanted.join(F.broadcast(machines.select("machineID", "model", "age")), "machineID", "left").select(*COLUMNS)


def _observed(table: DataFrame, windows: WindowRange, lookback_hours: int | None) -> DataFrame:
    """The rows of `table` that windows of the range may see; months prune partitions where the table has them."""
    month = F.col("month") if "month" in table.columns else None
    if windows.start and lookback_hours:
        first = windows.start - timedelta(hours=lookback_hours)
        table = table.where(F.col("datetime") > literal(first))
        if month is not None:
            table = table.where(month >= f"{first:%Y-%m}")
    if windows.end:
        table = table.where(F.col("datetime") <= literal(windows.end))
        if month is not None:
            table = table.where(month <= f"{windows.end:%Y-%m}")
    if windows.parts and lookback_hours:
        table = table.where(windows.between(F.col("datetime"), month, timedelta(hours=lookback_hours)))
    return table.withColumn("window_end", window_end_of(F.col("datetime"), windows.hours))


def _spans(lengths: tuple[int, ...], window_hours: int) -> list[int]:
    """The last hours of a window that are added up: all of it, and those lengths that are shorter."""
    return [hours for hours in lengths if hours < window_hours] + [window_hours]


def _recent(hours: int, value: Column, window_hours: int) -> Column:
    """`value` in the last `hours` of its window, else null."""
    if hours == window_hours:
        return value
    return F.when(F.unix_micros("datetime") > F.unix_micros("window_end") - hours * HOUR * 1_000_000, value)


def _sensor_sums(telemetry: DataFrame, window_hours: int) -> DataFrame:
    """Per machine and window the sums from which each rolling statistic follows."""
    sums = []
    for sensor in SENSORS:
        for hours in _spans(SENSOR_HOURS, window_hours):
            value = _recent(hours, F.col(sensor), window_hours)
            sums += [
                F.count(value).alias(f"{sensor}_n_{hours}"),
                F.sum(F.rint(value * EXACT).cast("bigint")).alias(f"{sensor}_sum_{hours}"),
                F.sum(F.rint(value * value * EXACT_SQUARES).cast("bigint")).alias(f"{sensor}_squares_{hours}"),
                F.min(value).alias(f"{sensor}_min_{hours}"),
                F.max(value).alias(f"{sensor}_max_{hours}"),
            ]
    return telemetry.groupBy("machineID", "window_end").agg(F.lit(True).alias("has_telemetry"), *sums)


def _error_counts(errors: DataFrame, window_hours: int) -> DataFrame:
    """Per machine and window how often each error occurred, and when last."""
    columns = []
    for error in ERRORS:
        moment = F.when(F.col("errorID") == error, F.col("datetime"))
        for hours in _spans(ERROR_HOURS, window_hours):
            columns.append(F.count(_recent(hours, moment, window_hours)).alias(f"{error}_n_{hours}"))
        columns.append(F.max(moment).alias(f"{error}_last_{window_hours}"))
    return errors.groupBy("machineID", "window_end").agg(*columns)


def _last_replacements(maint: DataFrame, windows: WindowRange) -> DataFrame:
    # All history before the first window shrinks to one row per machine.
    seen_from = F.greatest("window_end", literal(windows.start)) if windows.start else F.col("window_end")
    return maint.groupBy("machineID", seen_from.alias("window_end")).agg(
        *(F.max(F.when(F.col("comp") == comp, F.col("datetime"))).alias(f"{comp}_last") for comp in COMPONENTS)
    )


def _rolling(window_hours: int) -> list[Column]:
    by_machine = Window.partitionBy("machineID").orderBy(F.unix_seconds("window_end"))

    def over(part: str, hours: int) -> Column:
        """The sum or extreme `part` over the last `hours`."""
        if hours < window_hours:
            return F.col(f"{part}_{hours}")
        combine = {"min": F.min, "max": F.max, "last": F.max}.get(part.split("_")[1], F.sum)
        return combine(f"{part}_{window_hours}").over(by_machine.rangeBetween((window_hours - hours) * HOUR, 0))

    columns = []
    for sensor in SENSORS:
        for hours in SENSOR_HOURS:
            n, total, squares, low, high = (
                over(f"{sensor}_{part}", hours) for part in ("n", "sum", "squares", "min", "max")
            )
            total, squares = total / EXACT, squares / EXACT_SQUARES
            deviations = squares - total * total / n
            variance = F.when(deviations > n * LEAST_VARIANCE, deviations).otherwise(0.0) / (n - 1)
            columns += [
                F.when(n > 0, total / n).alias(f"{sensor}_mean_{hours}h"),
                F.when(n > 1, F.sqrt(variance)).alias(f"{sensor}_std_{hours}h"),
                low.alias(f"{sensor}_min_{hours}h"),
                high.alias(f"{sensor}_max_{hours}h"),
            ]
    for error in ERRORS:
        for hours in ERROR_HOURS:
            columns.append(F.coalesce(over(f"{error}_n", hours), F.lit(0)).alias(f"{error}_count_{hours}h"))
        columns.append(_hours_since(over(f"{error}_last", max(ERROR_HOURS))).alias(f"hours_since_{error}"))
    ever = by_machine.rangeBetween(Window.unboundedPreceding, 0)
    for comp in COMPONENTS:
        columns.append(_hours_since(F.max(f"{comp}_last").over(ever)).alias(f"hours_since_{comp}"))
    return columns


def _hours_since(event: Column) -> Column:
    return (F.unix_seconds("window_end") - F.unix_seconds(event)) / HOUR
