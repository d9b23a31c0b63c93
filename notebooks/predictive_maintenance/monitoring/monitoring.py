"""The table `monitoring`: a row per run, so that people see a plant, its data or its model change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.merge import merge
from predictive_maintenance.monitoring import drift, freshness
from predictive_maintenance.monitoring.freshness import Freshness
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.predictions import current_view
from predictive_maintenance.quality.labels import ahead_of, ahead_unless_prevented, is_known
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import FAILURES, INGESTED_FILES, MONITORING, Table, ensure
from predictive_maintenance.windows import WindowRange, moment
from predictive_maintenance.work.outcomes import prevented

COUNTED = ("model_version", "rows", "quarantined", "windows", "alerts", "files_scored")
"""A repeated run whose counts are the same changes nothing."""
REALISED_DAYS = 30
"""How far back warnings are held against what came true."""


def observe(
    spark: SparkSession,
    catalog: str,
    schema: str,
    run_id: str,
    *,
    summary: Mapping[str, Any],
    scored: DataFrame,
    last: int,
    predictions: Table,
) -> dict[str, Any]:
    """What `run_id` took in, and how its model does on what it `scored` (the features, up to the window end `last`).

    Drift is against the training windows of the model, of `summary`. Precision and recall are those of the windows of
    the last 30 days whose outcome is known by now, as they were predicted last.
    """
    asked: list[Callable[[], Any]] = [
        partial(_taken_in, spark, catalog, schema, run_id),
        partial(drift.stability, scored, summary.get("drift", {})),
        partial(_realised, spark, catalog, schema, summary, last, predictions),
        partial(ensure, spark, catalog, schema, MONITORING),
    ]
    taken, psi, realised, _ = in_parallel(spark, asked)
    return {**taken, "drift": psi, "drift_max": max(psi.values(), default=None), **realised}


def record(
    spark: SparkSession,
    catalog: str,
    schema: str,
    run_id: str,
    *,
    version: str,
    found: Mapping[str, int],
    observed: Mapping[str, Any],
) -> Freshness:
    """Writes what was `observed` and `found` (counts of windows), with how long the files waited that `run_id` has
    marked as scored; returns that."""
    waited = freshness.of_run(spark, catalog, schema, run_id)
    row = {
        "run_id": run_id,
        "model_version": version,
        **observed,
        "windows": found["rows"],
        "first_window": moment(found["first"]),
        "last_window": moment(found["last"]),
        "alerts": found["alerts"],
        "prediction_rate": found["alerts"] / found["rows"],
        "files_scored": waited.files,
        "freshness_median_seconds": waited.median,
        "freshness_p95_seconds": waited.p95,
        "freshness_longest_seconds": waited.longest,
    }
    stated = spark.createDataFrame([row], MONITORING.columns).withColumn("recorded_at", F.current_timestamp())
    merge(MONITORING.of(catalog, schema), stated, MONITORING.keys, compare=COUNTED)
    return waited


def _taken_in(spark: SparkSession, catalog: str, schema: str, run_id: str) -> dict[str, int]:
    files = spark.table(INGESTED_FILES.of(catalog, schema)).where(F.col("ingested_by") == run_id)
    sums = (F.coalesce(F.sum(name), F.lit(0)).alias(name) for name in ("rows", "quarantined"))
    return only_row(files.agg(*sums)).asDict()


def _realised(
    spark: SparkSession, catalog: str, schema: str, summary: Mapping[str, Any], last: int, predictions: Table
) -> dict[str, dict[str, float]]:
    if "horizon_hours" not in summary:  # the model of an older release
        return {"precision": {}, "recall": {}}
    horizon = summary["horizon_hours"]
    known = moment(last) - timedelta(hours=horizon)
    since = known - timedelta(days=REALISED_DAYS)
    windows = WindowRange(since, known).of(spark.table(current_view(catalog, schema, predictions)))
    failures, asked = spark.table(FAILURES.of(catalog, schema)), prevented(spark, catalog, schema)
    outcome = ahead_unless_prevented(windows, failures, asked, horizon, summary["window_hours"])
    counts = []
    for comp in COMPONENTS:
        warned = F.array_contains(F.split("predicted", r"\|"), comp) & is_known(comp, horizon)
        failed = F.col(ahead_of(comp)).isNotNull() & is_known(comp, horizon)
        counts += [
            F.count_if(warned & failed).alias(f"{comp}_hits"),
            F.count_if(warned).alias(f"{comp}_warnings"),
            F.count_if(failed).alias(f"{comp}_failing"),
        ]
    of = only_row(outcome.agg(*counts))
    return {
        figure: {comp: of[f"{comp}_hits"] / of[f"{comp}_{all}"] for comp in COMPONENTS if of[f"{comp}_{all}"]}
        for figure, all in (("precision", "warnings"), ("recall", "failing"))
    }
