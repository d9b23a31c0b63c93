"""The features as published in 2019, in plain PySpark: Azure/BatchSparkScoringPredictiveMaintenance, notebook 2.

Its definitions, not its text, defects included: windows count rows and not hours, time is rounded to the nearest
twelve hours, deviations are taken of deviations, the days since a replacement are those since the first one, and
machines or windows before all four replacements are dropped from them. Labels are not part of it.
"""

from functools import reduce

from pyspark.ml import Pipeline
from pyspark.ml.feature import OneHotEncoder, StringIndexer
from pyspark.sql import DataFrame, GroupedData, Window
from pyspark.sql import functions as F
from pyspark.sql.window import WindowSpec

SENSORS = ("volt", "rotate", "pressure", "vibration")
ERRORS = ("error1", "error2", "error3", "error4", "error5")
COMPONENTS = ("comp1", "comp2", "comp3", "comp4")
SENSOR_ROWS = (12, 24, 36)
ERROR_ROWS = 24
WINDOW_SECONDS = 12 * 3600
KEY = ["machineID", "dt_truncated"]


def compute(telemetry: DataFrame, errors: DataFrame, maint: DataFrame, machines: DataFrame) -> DataFrame:
    """One row per machine and `dt_truncated`, with the published columns."""
    telemetry = telemetry.select("machineID", "datetime", *SENSORS)
    sensors = _sensors(telemetry)
    rest = _errors(telemetry, errors).join(_replacements(sensors.select(*KEY), maint), KEY, "left")
    return sensors.join(rest.join(_models(machines), "machineID", "left"), KEY, "left")


def _sensors(telemetry: DataFrame) -> DataFrame:
    rolled = telemetry
    means, deviations = [], []
    for rows in SENSOR_ROWS:
        for sensor in SENSORS:
            mean, deviation = f"{sensor}_rollingmean_{rows}", f"{sensor}_rollingstd_{rows}"
            rolled = rolled.withColumn(mean, F.avg(sensor).over(_last(rows)))
            rolled = rolled.withColumn(deviation, F.stddev(sensor).over(_last(rows)))
            means.append(F.mean(mean).alias(mean))
            deviations.append(F.stddev(deviation).alias(deviation))
    return _by_window(rolled.drop(*SENSORS).fillna(0)).agg(*means, *deviations)


def _errors(telemetry: DataFrame, errors: DataFrame) -> DataFrame:
    per_hour = _counted(errors, "errorID", ERRORS)
    hourly = telemetry.drop(*SENSORS).join(per_hour, ["machineID", "datetime"], "left").fillna(0)
    rates = {error: f"{error}sum_rollingmean_{ERROR_ROWS}" for error in ERRORS}
    for error, rate in rates.items():
        hourly = hourly.withColumn(rate, F.avg(f"{error}sum").over(_last(ERROR_ROWS)))
    return _by_window(hourly).agg(*(F.mean(rate).alias(rate) for rate in rates.values()))


def _replacements(windows: DataFrame, maint: DataFrame) -> DataFrame:
    replaced = _counted(maint, "comp", COMPONENTS).withColumnRenamed("datetime", "replaced_at")
    days = []
    for comp in COMPONENTS:
        its = replaced.where(F.col(f"{comp}sum") == 1).select("machineID", "replaced_at")
        earlier = (windows.machineID == its.machineID) & (windows.dt_truncated > its.replaced_at)
        since = F.datediff("dt_truncated", "replaced_at").alias(f"{comp}sum")
        days.append(windows.join(its, earlier).select(windows.machineID, "dt_truncated", since))
    # The fourth is joined to the third, both to the second, these to the first: every pair of replacements is a row.
    chained = reduce(lambda right, left: left.join(right, KEY, "left"), reversed(days))
    oldest = chained.groupBy(*KEY).agg(*(F.max(f"{comp}sum").alias(f"{comp}sum") for comp in COMPONENTS)).fillna(0)
    return oldest.groupBy(*KEY).agg(*(F.mean(f"{comp}sum").alias(f"{comp}sum") for comp in COMPONENTS))


def _models(machines: DataFrame) -> DataFrame:
    stages = [StringIndexer(inputCol="model", outputCol="index"), OneHotEncoder(inputCol="index", outputCol="encoded")]
    fitted = Pipeline(stages=stages).fit(machines)
    return fitted.transform(machines).select("machineID", "age", F.col("encoded").alias("model_encoded"))


def _counted(events: DataFrame, kind: str, kinds: tuple[str, ...]) -> DataFrame:
    pivoted = events.groupBy("machineID", "datetime", kind).pivot(kind).agg(F.count("machineID")).fillna(0)
    return pivoted.groupBy("machineID", "datetime").agg(*(F.sum(one).alias(f"{one}sum") for one in kinds))


def _last(rows: int) -> WindowSpec:
    return Window.partitionBy("machineID").orderBy("datetime").rowsBetween(1 - rows, 0)


def _by_window(hourly: DataFrame) -> GroupedData:
    nearest = F.round(F.unix_timestamp("datetime") / WINDOW_SECONDS) * WINDOW_SECONDS
    return hourly.withColumn("dt_truncated", nearest.cast("timestamp")).groupBy(*KEY)
