"""Point-in-time features: one row per machine and window, the same code for training and for scoring.

A row at `window_end` uses observations up to and including that moment and nothing later. What was not measured stays
null: statistics of a sensor without a reading (a deviation takes two), hours since an error that did not occur within
48 hours, hours since a replacement that is not known. `inputs.py` states what a model reads instead.
"""

from __future__ import annotations

from datetime import timedelta

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, ERROR_HOURS, ERRORS, SENSOR_HOURS, SENSORS
from predictive_maintenance.windows import HOUR, WindowRange, literal, month_of, number_of

STATISTICS = ("mean", "std", "min", "max")

NUMERIC = (
    *(f"{sensor}_{statistic}_{hours}h" for sensor in SENSORS for statistic in STATISTICS for hours in SENSOR_HOURS),
    *(f"{error}_count_{hours}h" for error in ERRORS for hours in ERROR_HOURS),
    *(f"hours_since_{event}" for event in (*ERRORS, *COMPONENTS)),
    "hours_since_maintenance",
    "age",
)
COLUMNS = ("machineID", "window_end", "month", *NUMERIC, "model")


PARTS = {"n": "+", "sum": "+", "squares": "+", "min": "least", "max": "greatest"}
"""What the statistics of a sensor follow from, and how those of consecutive windows are put together."""

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
    at = "unix_seconds(datetime) AS at"
    observed = (
        _observed(telemetry, windows, max(SENSOR_HOURS), "true AS has_telemetry", *_units(windows.hours))
        .unionByName(_observed(errors, windows, max(ERROR_HOURS), "errorID", at), allowMissingColumns=True)
        .unionByName(_observed(maint, windows, None, "comp", at), allowMissingColumns=True)
    )
    own = (
        observed.repartition("machineID")
        .groupBy("machineID", "number")
        .agg(F.expr("max(has_telemetry) AS has_telemetry"), *_parts(windows.hours))
    )
    # Events make rows of their own, and early windows only warm up the later ones.
    rolled = own.selectExpr("*", *_earlier(windows.hours)).where("has_telemetry").selectExpr(*_rolled(windows.hours))
    ends = rolled.withColumn("window_end", F.timestamp_seconds(F.col("number") * windows.hours * HOUR))
    wanted = windows.of(ends.withColumn("month", month_of(F.col("window_end"))))
    model = F.broadcast(machines.select("machineID", "model", "age"))
    features = ("machineID", "window_end", "month", *_features(windows.hours), "model")
    return wanted.join(model, "machineID", "left").selectExpr(*features).select(*COLUMNS)


def _observed(table: DataFrame, windows: WindowRange, lookback_hours: int | None, *columns: str) -> DataFrame:
    """The `columns` of the rows of `table` that windows of the range may see, with machine and number of the window.

    Months prune partitions where the table has them.
    """
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
    number = number_of("datetime", windows.hours)
    if windows.start and not lookback_hours:
        # All history before the first window shrinks to one row per machine.
        number = f"greatest({number}, {-(-int(windows.start.timestamp()) // (windows.hours * HOUR))})"
    return table.selectExpr("*", f"{number} AS number").selectExpr("machineID", "number", *columns)


def _spans(window_hours: int) -> list[int]:
    """The last hours of a window that are added up: all of it, and those spans that are shorter."""
    return [hours for hours in SENSOR_HOURS if hours < window_hours] + [window_hours]


def _units(window_hours: int) -> list[str]:
    columns = []
    for hours in _spans(window_hours):
        for sensor in SENSORS:
            value = sensor
            if hours < window_hours:
                after = f"(number * {window_hours} - {hours}) * {HOUR * 1_000_000}"
                value = f"CASE WHEN unix_micros(datetime) > {after} THEN {sensor} END"
            columns.append(f"{value} AS {sensor}_{hours}h")
    return columns


def _parts(window_hours: int) -> list[Column]:
    """Per machine and window what the features follow from."""
    columns = []
    for sensor in SENSORS:
        for hours in _spans(window_hours):
            v = f"{sensor}_{hours}h"
            columns += [
                f"count({v}) AS {sensor}_n_{hours}h",
                f"coalesce(sum(cast(rint({v} * {EXACT}D) AS bigint)), 0) AS {sensor}_sum_{hours}h",
                f"coalesce(sum(cast(rint({v} * {v} * {EXACT_SQUARES}D) AS bigint)), 0) AS {sensor}_squares_{hours}h",
                f"min({v}) AS {sensor}_min_{hours}h",
                f"max({v}) AS {sensor}_max_{hours}h",
            ]
    for error in ERRORS:
        at = f"CASE WHEN errorID = '{error}' THEN at END"
        columns += [f"count({at}) AS {error}_n", f"max({at}) AS {error}_last"]
    columns += [f"max(CASE WHEN comp = '{comp}' THEN at END) AS {comp}_last" for comp in COMPONENTS]
    return [F.expr(column) for column in columns]


def _earlier(window_hours: int) -> list[str]:
    """The windows before as structs, as far as a span reaches back, and the replacements before."""
    by_machine = "OVER (PARTITION BY machineID ORDER BY number"
    sensors = [f"{s}_{part}_{window_hours}h" for s in SENSORS for part in PARTS]
    errors = [f"{e}_{part}" for e in ERRORS for part in ("n", "last")]
    columns = []
    for back in range(1, max(*ERROR_HOURS, *SENSOR_HOURS) // window_hours):
        seen = ((errors, ERROR_HOURS), (sensors, SENSOR_HOURS))
        fields = ["number", *(name for names, spans in seen if back < max(spans) // window_hours for name in names)]
        columns.append(f"lag(struct({', '.join(fields)}), {back}) {by_machine}) AS earlier_{back}")
    return columns + [f"max({comp}_last) {by_machine} ROWS UNBOUNDED PRECEDING) AS {comp}_ever" for comp in COMPONENTS]


def _rolled(window_hours: int) -> list[str]:
    """The sums and extremes over each span.

    What is one window's own keeps its name: the optimizer follows each renaming through the structs, in vain.
    """

    def over(own: str, how: str, hours: int) -> str:
        count = hours // window_hours
        # Of the rows before, those far enough back that windows without a row lie between do not count.
        rest = [f"IF(earlier_{n}.number > number - {count}, earlier_{n}.{own}, NULL)" for n in range(1, count)]
        if how == "+":
            return " + ".join([own, *(f"coalesce({value}, 0)" for value in rest)])
        return f"{how}({', '.join([own, *rest])})"

    columns = ["machineID", "number", *(f"{comp}_ever" for comp in COMPONENTS)]
    for hours in SENSOR_HOURS:
        for name, how in ((f"{sensor}_{part}", how) for sensor in SENSORS for part, how in PARTS.items()):
            value = f"{over(f'{name}_{window_hours}h', how, hours)} AS " if hours > window_hours else ""
            columns.append(f"{value}{name}_{hours}h")
    for error in ERRORS:
        columns += [f"{over(f'{error}_n', '+', hours)} AS {error}_count_{hours}h" for hours in ERROR_HOURS]
        columns.append(f"{over(f'{error}_last', 'greatest', max(ERROR_HOURS))} AS {error}_ever")
    return columns


def _features(window_hours: int) -> list[str]:
    columns = []
    for sensor in SENSORS:
        for hours in SENSOR_HOURS:
            n = f"{sensor}_n_{hours}h"
            total = f"({sensor}_sum_{hours}h / {EXACT}D)"
            deviations = f"({sensor}_squares_{hours}h / {EXACT_SQUARES}D - {total} * {total} / {n})"
            variance = f"IF({deviations} > {n} * {LEAST_VARIANCE}D, {deviations}, 0D) / ({n} - 1)"
            columns += [
                f"IF({n} > 0, {total} / {n}, NULL) AS {sensor}_mean_{hours}h",
                f"IF({n} > 1, sqrt({variance}), NULL) AS {sensor}_std_{hours}h",
                f"{sensor}_min_{hours}h",
                f"{sensor}_max_{hours}h",
            ]
    columns += [f"{error}_count_{hours}h" for error in ERRORS for hours in ERROR_HOURS]
    end = f"number * {window_hours * HOUR}"
    since = {x: f"({end} - {x}_ever) / {HOUR}" for x in (*ERRORS, *COMPONENTS)}
    columns += [f"{v} AS hours_since_{x}" for x, v in since.items()]
    latest = ", ".join(since[comp] for comp in COMPONENTS)
    # `least` takes two or more.
    columns += [f"{'least' if len(COMPONENTS) > 1 else ''}({latest}) AS hours_since_maintenance", "age"]
    return columns
