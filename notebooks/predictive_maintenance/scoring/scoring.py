"""Scores windows with the champion, or in a backfill with another version of the model."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import (
    COMPARED,
    NO_CHAMPION,
    NONE,
    SCORED,
    WINDOW_HOURS,
    ScoringExit,
)
from predictive_maintenance.features.feature_engineering import extent, read
from predictive_maintenance.landing import ledger
from predictive_maintenance.monitoring import freshness
from predictive_maintenance.monitoring.freshness import Freshness
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.predictions import compared
from predictive_maintenance.reasons import forest
from predictive_maintenance.reasons.reasons import KEYS, REASONS, USUAL_DAYS, reasons
from predictive_maintenance.registry.registry import Registry, Version
from predictive_maintenance.rows import kept
from predictive_maintenance.scoring.follow_up import follow_up
from predictive_maintenance.scoring.predict import predict
from predictive_maintenance.scoring.stored import made_before, write
from predictive_maintenance.tables import PREDICTIONS
from predictive_maintenance.training.model import Model
from predictive_maintenance.windows import WindowRange, moment
from predictive_maintenance.work.changes import Foresight
from predictive_maintenance.work.work_list import NONE_OPENED, Opened, WorkList


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
    found: dict[str, Any] = {"rows": 0, "alerts": 0}
    if version is None:
        return _ended("", None, found)
    is_champion = champion is not None and version.number == champion.number
    waited, work = freshness.NOTHING, WorkList(spark, catalog, schema, run_id)
    opened = NONE_OPENED
    if start_date or to_date:
        results = replace(PREDICTIONS, name=results_data)
        table = results if is_champion else compared(results)
        asked, began = WindowRange.parse(start_date, to_date), time.time_ns() // 1000
        first: list[Callable[[], Any]] = [
            partial(registry.load, version),
            partial(registry.summary, version),
            partial(ledger.narrowed, spark, catalog, schema, run_id, asked),
            partial(
                made_before,
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
        with ExitStack() as stack:
            predictions = stack.enter_context(kept(predict(model, features)))
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
                    because = _because(registry, version, model, predictions, features, history)
                    said = said.join(stack.enter_context(kept(because)), KEYS, "left")
                else:
                    said = said.withColumn("reasons", F.lit(None).cast(REASONS))
                write(said, table.of(catalog, schema), ends, is_champion=is_champion)
                sees = Foresight(model.horizon_hours, summary.get("window_hours", WINDOW_HOURS))
                costs = {comp: its["failure"] for comp, its in summary.get("costs", {}).items()}
                keep = partial(work.keep, listed, table, sees, alerts=found["alerts"], costs=costs)
                if not is_backfill:
                    of = {"version": version.number, "summary": summary, "scored": features, "found": found}
                    opened, waited = follow_up(work, keep, table, **of, predicted_before=before)
                elif is_champion:
                    opened = keep()
    if not is_backfill and not found["rows"]:
        ledger.mark_scored(spark, catalog, schema, run_id)
    return _ended(version.number, is_champion, found, opened, waited)


def _ended(
    version: str,
    is_champion: bool | None,
    counts: Mapping[str, int],
    opened: Opened = NONE_OPENED,
    waited: Freshness = freshness.NOTHING,
) -> ScoringExit:
    """`is_champion` is None where there is no champion."""
    return {
        "rows": counts["rows"],
        "alerts": counts["alerts"],
        "model_version": version,
        "status": NO_CHAMPION if is_champion is None else SCORED if is_champion else COMPARED,
        "freshness_p95_seconds": waited.p95,
        "new_work": opened.items,
        "new_work_count": opened.number,
    }


def _parse_backfill(backfill: str, model_version: str, start_date: str, to_date: str) -> bool:
    if backfill not in ("", "true"):
        raise ValueError(f"backfill is '{backfill}': expected true, or nothing")
    if backfill and not (start_date and to_date):
        raise ValueError(f"start_date is '{start_date}' and to_date '{to_date}': a backfill needs both")
    if model_version and not backfill:
        raise ValueError(f"model_version is '{model_version}': what is new is scored by the champion")
    return backfill == "true"


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
