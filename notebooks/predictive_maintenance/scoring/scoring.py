"""Scores windows with the champion; `predictions` keeps what each version of the model said of each window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from pyspark.ml import PipelineModel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, NO_CHAMPION, NONE, SCORED, SEPARATOR, ScoringExit
from predictive_maintenance.features.feature_engineering import extent, read
from predictive_maintenance.landing import ledger
from predictive_maintenance.merge import merge, within
from predictive_maintenance.monitoring import freshness, monitoring
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.predictions import ensure_current_view
from predictive_maintenance.registry.registry import Registry
from predictive_maintenance.tables import INGESTED_FILES, PREDICTIONS, Table, ensure
from predictive_maintenance.training import pipeline
from predictive_maintenance.windows import WindowRange, moment

SAID = (*(f"prob_{comp}" for comp in COMPONENTS), "predicted")


def scoring(
    spark: SparkSession,
    *,
    catalog: str,
    schema: str,
    features_table: str,
    results_data: str,
    model_name: str,
    start_date: str,
    to_date: str,
    run_id: str,
) -> ScoringExit:
    """Scores the windows with `start_date <= window_end <= to_date` and marks the files behind them as scored.

    Returns the windows scored (`rows`), how many of them warn (`alerts`), the version of the model, `status`, and the
    seconds from landing to prediction within which 95 % of the files were scored (None where no file counts).
    Nothing is given: nothing is to be done. Without a champion that is the status, and the backlog stays for a later
    run. A window of which the version says what it said before keeps its `run_id` and `scored_at`.
    """
    registry = Registry(model_name)
    champion = registry.champion()
    if champion is None:
        return {"rows": 0, "alerts": 0, "model_version": "", "status": NO_CHAMPION, "freshness_p95_seconds": None}
    found: dict[str, Any] = {"rows": 0, "alerts": 0}
    waited = freshness.NOTHING
    if start_date or to_date:
        table = replace(PREDICTIONS, name=results_data)
        asked = WindowRange.parse(start_date, to_date)
        first: list[Callable[[], Any]] = [
            partial(registry.load, champion),
            partial(registry.summary, champion),
            partial(ledger.narrowed, spark, catalog, schema, run_id, asked),
            partial(_predicted_before, spark, catalog, schema, run_id, table, asked),
        ]
        model, summary, windows, before = in_parallel(spark, first)
        features = read(spark, catalog, schema, features_table, windows)
        predictions = predict(model, features).persist()
        try:
            found = extent(predictions, alerts=F.count_if(F.col("predicted") != NONE))
            if found["rows"]:
                said = predictions.withColumns(
                    {
                        "model_version": F.lit(champion.number),
                        "run_id": F.lit(run_id),
                        "scored_at": F.current_timestamp(),
                    }
                )
                bounds = within("window_end", moment(found["first"]), moment(found["last"]), month=True)
                merge(table.of(catalog, schema), said, table.keys, bounds=bounds, compare=SAID)
                # Before they are monitored: of two runs only the one that marks a file counts how long it has waited.
                ledger.mark_scored(spark, catalog, schema, run_id, (found["first"], found["last"]), before)
                waited = monitoring.record(
                    *(spark, catalog, schema, run_id),
                    version=champion.number,
                    summary=summary,
                    scored=features,
                    found=found,
                    predictions=table,
                )
        finally:
            predictions.unpersist()
    if not found["rows"]:
        ledger.mark_scored(spark, catalog, schema, run_id)
    return {
        "rows": found["rows"],
        "alerts": found["alerts"],
        "model_version": champion.number,
        "status": SCORED,
        "freshness_p95_seconds": waited.p95,
    }


def _predicted_before(
    spark: SparkSession, catalog: str, schema: str, run_id: str, table: Table, windows: WindowRange
) -> dict[str, int]:
    ensure(spark, catalog, schema, table, INGESTED_FILES)
    ensure_current_view(spark, catalog, schema, table)
    freshness.ensure_view(spark, catalog, schema)
    predictions = windows.of(spark.table(table.of(catalog, schema)))
    return freshness.predicted_before(spark, catalog, schema, run_id, predictions)


def predict(model: PipelineModel, features: DataFrame) -> DataFrame:
    """machineID, window_end, month, a probability per component, and `predicted`: none, comp1, comp1|comp3."""
    warned = F.concat_ws(SEPARATOR, *(F.when(pipeline.decision(comp), comp) for comp in COMPONENTS))
    return model.transform(features).select(
        "machineID",
        "window_end",
        "month",
        *(pipeline.probability(comp).alias(f"prob_{comp}") for comp in COMPONENTS),
        F.when(warned == "", NONE).otherwise(warned).alias("predicted"),
    )
