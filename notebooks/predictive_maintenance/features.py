"""Point-in-time features: one row per machine and window, the same code for training and for scoring.

A row at `window_end` uses observations up to and including that moment and nothing later. What was not measured stays
null: statistics of a sensor without a reading (a deviation takes two), hours since an error that did not occur within
48 hours, hours since a replacement that is not known. `inputs.py` states what a model reads instead.
"""

from __future__ import annotations

from datetime import timedelta

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from predictive_maintenance.windows import HOUR, WINDOW_HOURS, WindowRange, literal, month_of, window_end_of

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
    "age",
)
COLUMNS = ("machineID", "window_end", "month", *NUMERIC, "model")


def compute(
    telemetry: DataFrame, errors: DataFrame, maint: DataFrame, machines: DataFrame, windows: WindowRange
) -> DataFrame:
    """The features of every window in `windows` that has telemetry, with the columns `COLUMNS`.

    Reads the telemetry of 36 hours and the errors of 48 hours before each window, and all maintenance before it.
    """
    sensors = _sensor_sums(_observed(telemetry, windows, max(SENSOR_HOURS)))
    events = _last_replacements(_observed(maint, windows, None), windows).unionByName(
        _error_counts(_observed(errors, windows, max(ERROR_HOURS))), allowMissingColumns=True
    )
    timeline = sensors.unionByName(events, allowMissingColumns=True)
    month = month_of(F.col("window_end")).alias("month")
    rolled = timeline.select("machineID", "window_end", month, "has_telemetry", *_rolling())
    # Events make rows of their own on the timeline, and early windows only warm up the later ones.
    wanted = windows.of(rolled.where("has_telemetry"))
    return wanted.join(F.broadcast(machines.select("machineID", "model", "age")), "machineID", "left").select(*COLUMNS)


def _observed(table: DataFrame, windows: WindowRange, lookback_hours: int | None) -> DataFrame:
    """The rows of `table` that windows of the range may see; months prune partitions where the table has them."""
    if windows.start and lookback_hours:
        first = windows.start - timedelta(hours=lookback_hours)
        table = table.where(F.col("datetime") > literal(first))
        if "month" in table.columns:
            table = table.where(F.col("month") >= f"{first:%Y-%m}")
    if windows.end:
        table = table.where(F.col("datetime") <= literal(windows.end))
        if "month" in table.columns:
            table = table.where(F.col("month") <= f"{windows.end:%Y-%m}")
    return table.withColumn("window_end", window_end_of(F.col("datetime")))


def _sensor_sums(telemetry: DataFrame) -> DataFrame:
    """Per machine and window the sums from which each rolling statistic follows, for its 12 and its last 3 hours."""
    recent = F.col("datetime") > F.col("window_end") - F.expr("INTERVAL 3 HOURS")
    sums = []
    for sensor in SENSORS:
        for hours, value in ((12, F.col(sensor)), (3, F.when(recent, F.col(sensor)))):
            sums += [
                F.count(value).alias(f"{sensor}_n_{hours}h"),
                F.sum(value).alias(f"{sensor}_sum_{hours}h"),
                F.sum(value * value).alias(f"{sensor}_squares_{hours}h"),
                F.min(value).alias(f"{sensor}_min_{hours}h"),
                F.max(value).alias(f"{sensor}_max_{hours}h"),
            ]
    # Sums of doubles depend on their order: sorted, a repeated run finds the same bits and rewrites nothing.
    ordered = telemetry.repartition("machineID").sortWithinPartitions("machineID", "datetime")
    return ordered.groupBy("machineID", "window_end").agg(F.lit(True).alias("has_telemetry"), *sums)


def _error_counts(errors: DataFrame) -> DataFrame:
    occurred = {error: F.when(F.col("errorID") == error, F.col("datetime")) for error in ERRORS}
    return errors.groupBy("machineID", "window_end").agg(
        *(F.count(moment).alias(f"{error}_n") for error, moment in occurred.items()),
        *(F.max(moment).alias(f"{error}_last") for error, moment in occurred.items()),
    )


def _last_replacements(maint: DataFrame, windows: WindowRange) -> DataFrame:
    # All history before the first window shrinks to one row per machine.
    seen_from = F.greatest("window_end", literal(windows.start)) if windows.start else F.col("window_end")
    return maint.groupBy("machineID", seen_from.alias("window_end")).agg(
        *(F.max(F.when(F.col("comp") == comp, F.col("datetime"))).alias(f"{comp}_last") for comp in COMPONENTS)
    )


def _rolling() -> list[Column]:
    by_machine = Window.partitionBy("machineID").orderBy(F.unix_seconds("window_end"))

    def over(hours: int) -> Window:
        return by_machine.rangeBetween((WINDOW_HOURS - hours) * HOUR, 0)

    columns = []
    for sensor in SENSORS:
        for hours in SENSOR_HOURS:
            if hours <= WINDOW_HOURS:
                n, total, squares, low, high = (
                    F.col(f"{sensor}_{part}_{hours}h") for part in ("n", "sum", "squares", "min", "max")
                )
            else:
                n, total, squares = (
                    F.sum(f"{sensor}_{part}_12h").over(over(hours)) for part in ("n", "sum", "squares")
                )
                low = F.min(f"{sensor}_min_12h").over(over(hours))
                high = F.max(f"{sensor}_max_12h").over(over(hours))
            variance = F.greatest(squares - total * total / n, F.lit(0.0)) / (n - 1)
            columns += [
                F.when(n > 0, total / n).alias(f"{sensor}_mean_{hours}h"),
                F.when(n > 1, F.sqrt(variance)).alias(f"{sensor}_std_{hours}h"),
                low.alias(f"{sensor}_min_{hours}h"),
                high.alias(f"{sensor}_max_{hours}h"),
            ]
    for error in ERRORS:
        for hours in ERROR_HOURS:
            count = F.coalesce(F.sum(f"{error}_n").over(over(hours)), F.lit(0))
            columns.append(count.alias(f"{error}_count_{hours}h"))
        columns.append(_hours_since(F.max(f"{error}_last").over(over(max(ERROR_HOURS)))).alias(f"hours_since_{error}"))
    ever = by_machine.rangeBetween(Window.unboundedPreceding, 0)
    for comp in COMPONENTS:
        columns.append(_hours_since(F.max(f"{comp}_last").over(ever)).alias(f"hours_since_{comp}"))
    return columns


def _hours_since(event: Column) -> Column:
    return (F.unix_seconds("window_end") - F.unix_seconds(event)) / HOUR
