"""Scores windows with the champion, or in a backfill with another version of the model."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import (
    COMPARED,
    COMPONENTS,
    NO_CHAMPION,
    NONE,
    SCORED,
    SEPARATOR,
    WINDOW_HOURS,
    ScoringExit,
    WorkItem,
)
from predictive_maintenance.features.feature_engineering import extent, read
from predictive_maintenance.landing import ledger
from predictive_maintenance.merge import merge, within
from predictive_maintenance.monitoring import freshness
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.predictions import compared, ensure_current_view, newest, unlike
from predictive_maintenance.reasons import forest
from predictive_maintenance.reasons.reasons import KEYS, REASONS, USUAL_DAYS, reasons
from predictive_maintenance.registry.registry import Registry, Version
from predictive_maintenance.rows import only_row
from predictive_maintenance.scoring.follow_up import follow_up
from predictive_maintenance.tables import INGESTED_FILES, PREDICTIONS, WITHIN, Table, ensure
from predictive_maintenance.training.model import Model
from predictive_maintenance.windows import WindowRange, moment
from predictive_maintenance.work.changes import Foresight
from predictive_maintenance.work.work_list import WorkList

PROBABILITIES = (*(f"prob_{comp}" for comp in COMPONENTS), *WITHIN)
SAID = (*PROBABILITIES, "predicted")


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
    model_version: str = "",
    backfill: str = "",
) -> ScoringExit:
    """Scores the windows with `start_date <= window_end <= to_date` and marks the files behind them as scored.

    Returns the windows scored (`rows`), how many of them warn (`alerts`), the version of the model, `status`, the
    seconds from landing to prediction within which 95 % of the files were scored (None where no file counts), and what
    is new on the work list.
    Nothing is given: nothing is to be done. Without a champion that is the status, and the backlog stays for a later
    run. A window whose current prediction says the same by the same version keeps its `run_id` and `scored_at`, which
    is when that run began to read.

    With `backfill` (`true`) a range is scored again, by the champion or by `model_version`: no file is marked, and
    `monitoring` stays as it is. What another version than the champion says goes beside, see `compared`. Raises
    ValueError for a backfill without a range, and for a version that there is not or that no backfill asks for.
    """
    is_backfill = _parse_backfill(backfill, model_version, start_date, to_date)
    registry = Registry(model_name)
    champion = registry.champion()
    version = registry.version(model_version) if model_version else champion
    if version is None:
        return {
            "rows": 0,
            "alerts": 0,
            "model_version": "",
            "status": NO_CHAMPION,
            "freshness_p95_seconds": None,
            "new_work": [],
            "new_work_count": 0,
        }
    is_champion = champion is not None and version.number == champion.number
    found: dict[str, Any] = {"rows": 0, "alerts": 0}
    waited, work = freshness.NOTHING, WorkList(spark, catalog, schema, run_id)
    opened: tuple[list[WorkItem], int] = [], 0
    if start_date or to_date:
        results = replace(PREDICTIONS, name=results_data)
        table = results if is_champion else compared(results)
        asked, began = WindowRange.parse(start_date, to_date), time.time_ns() // 1000
        first: list[Callable[[], Any]] = [
            partial(registry.load, version),
            partial(registry.summary, version),
            partial(ledger.narrowed, spark, catalog, schema, run_id, asked),
            partial(
                _made_before,
                *(spark, catalog, schema, table, asked, run_id),
                is_champion=is_champion,
                is_backfill=is_backfill,
            ),
            partial(work.look, asked),
        ]
        trained, summary, windows, (last, before), listed = in_parallel(spark, first)
        model = Model.of(trained, summary)
        scored_at = max(began, last + 1)  # also where the clock has been put back
        features = read(spark, catalog, schema, features_table, windows)
        predictions = predict(model, features).persist()
        kept = [predictions]
        try:
            found = extent(predictions, alerts=F.count_if(F.col("predicted") != NONE))
            if found["rows"]:
                said = predictions.withColumns(
                    {
                        "model_version": F.lit(version.number),
                        "run_id": F.lit(run_id),
                        "scored_at": F.timestamp_micros(F.lit(scored_at)),
                    }
                )
                ends = moment(found["first"]), moment(found["last"])
                if found["alerts"]:
                    past = WindowRange(ends[0] - timedelta(days=USUAL_DAYS), ends[1])
                    history = read(spark, catalog, schema, features_table, past)
                    because = _because(registry, version, model, predictions, features, history).persist()
                    kept.append(because)
                    said = said.join(because, KEYS, "left")
                else:
                    said = said.withColumn("reasons", F.lit(None).cast(REASONS))
                _write(said, table.of(catalog, schema), ends, is_champion=is_champion)
                sees = Foresight(model.horizon_hours, summary.get("window_hours", WINDOW_HOURS))
                costs = {comp: its["failure"] for comp, its in summary.get("costs", {}).items()}
                keep = partial(work.keep, listed, table, sees, alerts=found["alerts"], costs=costs)
                if not is_backfill:
                    of = {"version": version.number, "summary": summary, "scored": features, "found": found}
                    opened, waited = follow_up(work, keep, table, **of, predicted_before=before)
                elif is_champion:
                    opened = keep()
        finally:
            for frame in kept:
                frame.unpersist()
    if not is_backfill and not found["rows"]:
        ledger.mark_scored(spark, catalog, schema, run_id)
    return {
        "rows": found["rows"],
        "alerts": found["alerts"],
        "model_version": version.number,
        "status": SCORED if is_champion else COMPARED,
        "freshness_p95_seconds": waited.p95,
        "new_work": opened[0],
        "new_work_count": opened[1],
    }


def _parse_backfill(backfill: str, model_version: str, start_date: str, to_date: str) -> bool:
    if backfill not in ("", "true"):
        raise ValueError(f"backfill is '{backfill}': expected true, or nothing")
    if backfill and not (start_date and to_date):
        raise ValueError(f"start_date is '{start_date}' and to_date '{to_date}': a backfill needs both")
    if model_version and not backfill:
        raise ValueError(f"model_version is '{model_version}': what is new is scored by the champion")
    return backfill == "true"


def _made_before(
    spark: SparkSession,
    catalog: str,
    schema: str,
    table: Table,
    windows: WindowRange,
    run_id: str,
    *,
    is_champion: bool,
    is_backfill: bool,
) -> tuple[int, dict[str, int]]:
    """When the newest of the predictions that `table` has of `windows` was made, in µs since 1970 (0 without any), and
    what `freshness.predicted_before` says of them: nothing to a backfill, which marks no file."""
    ensure(spark, catalog, schema, table, INGESTED_FILES)
    if is_champion:
        ensure_current_view(spark, catalog, schema, table)
    made = windows.of(spark.table(table.of(catalog, schema)))
    asked: list[Callable[[], Any]] = [partial(only_row, made.agg(F.unix_micros(F.max("scored_at"))))]
    if not is_backfill:
        freshness.ensure_view(spark, catalog, schema)
        asked.append(partial(freshness.predicted_before, spark, catalog, schema, run_id, made))
    [last], *before = in_parallel(spark, asked)
    return last or 0, before[0] if before else {}


def _because(
    registry: Registry,
    version: Version,
    model: Model,
    predictions: DataFrame,
    features: DataFrame,
    history: DataFrame,
) -> DataFrame:
    """The reasons of those predictions that warn, from the trees in the files of the model."""
    with registry.files(version) as folder:
        trees = forest.read(features.sparkSession, folder, model)
    return reasons(model, trees, predictions.where(F.col("predicted") != NONE), features, history)


def _write(said: DataFrame, name: str, ends: tuple[datetime, datetime], *, is_champion: bool) -> None:
    """Merges into the table `name` what it does not hold yet; of a champion, what is not current.

    What a run says that began to read later stays: of two runs at once the slower one may have read older features.
    """
    held = WindowRange(*ends).of(said.sparkSession.table(name))
    changed = unlike(said, newest(held) if is_champion else held, (*PREDICTIONS.keys, *SAID))
    merge(
        name,
        changed,
        PREDICTIONS.keys,
        bounds=within("window_end", *ends, month=True),
        update_when="s.scored_at >= t.scored_at",
    )


def predict(model: Model, features: DataFrame) -> DataFrame:
    """machineID, window_end, month, the probabilities of each component, and `predicted`: none, comp1, comp1|comp3."""
    warned = F.concat_ws(SEPARATOR, *(F.when(F.col(f"warns_{comp}"), comp) for comp in COMPONENTS))
    return model.transform(features).select(
        "machineID",
        "window_end",
        "month",
        *PROBABILITIES,
        F.when(warned == "", NONE).otherwise(warned).alias("predicted"),
    )
