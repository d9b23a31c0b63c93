"""Trains the model of a plant, registers it, and lets it challenge the champion."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from matplotlib.figure import Figure
from pyspark.ml import PipelineModel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.charts import quality as charts
from predictive_maintenance.contract import COMPONENTS, TrainedExit, UntrainedExit
from predictive_maintenance.features.feature_engineering import read
from predictive_maintenance.monitoring.drift import baseline
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.quality import rule
from predictive_maintenance.quality.costs import parse_costs
from predictive_maintenance.quality.evaluation import Bin, macro_f1, quality
from predictive_maintenance.quality.evidence import evidence, failures_of
from predictive_maintenance.quality.labels import is_known, parse_horizon
from predictive_maintenance.quality.slices import NothingToLearn
from predictive_maintenance.registry.registry import Registry
from predictive_maintenance.rows import kept, only_row
from predictive_maintenance.tables import FAILURES, MAINT, RAW, TELEMETRY, full_name, last_version
from predictive_maintenance.training import measure, pipeline
from predictive_maintenance.training.dataset import Dataset, dataset
from predictive_maintenance.training.model import Model, horizons
from predictive_maintenance.training.promotion import Merits, challenge
from predictive_maintenance.training.savings import hold_out
from predictive_maintenance.windows import WindowRange, parse_window_hours
from predictive_maintenance.work.outcomes import prevented

PARTITIONS = 8
"""Of the training windows. Fixed, because a forest depends on how its rows are spread."""


@dataclass(frozen=True)
class Trained:
    """A model, its figures on the hold-out, and the counts of windows by what it said that these come from."""

    model: Model
    metrics: Mapping[str, Any]
    counted: Mapping[str, Sequence[Bin]]


def training(
    spark: SparkSession,
    *,
    catalog: str,
    schema: str,
    features_table: str,
    model: str,
    model_name: str,
    start_date: str,
    to_date: str,
    horizon_hours: str,
    run_id: str,
    window_hours: str = "",
    costs: str = "",
) -> TrainedExit | UntrainedExit:
    """Trains on the windows from `start_date` to `to_date` (empty: all), and on nothing that became known later.

    Training again on the same data in the same way finds the version of the first time. Data that nothing can be
    learned from make no version, and `reason` says what they lack: a young plant is no fault, and the champion, if
    there is one, stays. Raises ValueError for a widget that is out of order.
    """
    kind, hours = pipeline.parse_model(model), parse_window_hours(window_hours)
    stated = parse_costs(costs)
    horizon, windows = parse_horizon(horizon_hours, hours), WindowRange.parse(start_date, to_date, hours)
    registry, features = Registry(model_name), full_name(catalog, schema, features_table)
    telemetry, failures, maint = (spark.table(table.of(catalog, schema)) for table in (TELEMETRY, FAILURES, MAINT))
    [until] = only_row(telemetry.agg(F.unix_seconds(F.max("datetime"))))
    known_until = until or 0
    if windows.end:
        known_until = min(known_until, int(windows.end.timestamp()))
    found = read(spark, catalog, schema, features_table, windows)
    try:
        data = dataset(found, failures, maint, known_until, horizon, hours, stated, prevented(spark, catalog, schema))
    except NothingToLearn as lack:
        return {"model_version": "", "promoted": False, "reason": str(lack), "metrics": {}}

    parameters = {
        "model": kind,
        **pipeline.settings(kind),
        "horizon_hours": horizon,
        "cycle_hours": data.cycle_hours,
        "costs": json.dumps({comp: vars(its) for comp, its in stated.items()}),
        **data.periods(),
    }
    fingerprint = _fingerprint(data, parameters)
    version = registry.find(fingerprint)
    if version is None:
        trained = fit(data, kind)
        version = registry.register(
            trained.model.pipeline,
            fingerprint=fingerprint,
            run_id=run_id,
            parameters=parameters | _table_versions(spark, *(table.of(catalog, schema) for table in RAW), features),
            metrics=flat(trained.metrics),
            pictures=_pictures(trained),
            summary={
                "metrics": trained.metrics,
                **data.periods(),
                "horizon_hours": horizon,
                "window_hours": hours,
                "curves": trained.model.curves,
                "thresholds": trained.model.thresholds,
                "costs": {comp: vars(its) for comp, its in stated.items()},
                "drift": baseline(data.rows.where(data.split.training.holds())),
            },
        )
    summary = registry.summary(version)
    of_each = [summary["metrics"][comp] for comp in COMPONENTS]
    failures_met = failures_of(of_each)
    merits = Merits.of(summary["metrics"]["macro_f1"], of_each, summary["metrics"].get("costs"))
    promoted, reason = challenge(registry, version, merits, data, failures_met)
    return {
        "model_version": version.number,
        "promoted": promoted,
        "reason": reason,
        "evidence": evidence(failures_met),
        "metrics": summary["metrics"],
        "trained_from": summary["trained_from"],
        "trained_to": summary["trained_to"],
        "test_from": summary["test_from"],
        "test_to": summary["test_to"],
    }


def fit(data: Dataset, kind: str) -> Trained:
    """Fits one classifier per component on the training windows, calibrates it and sets its threshold on the validation
    windows, and measures both it and the one-line rule on the hold-out."""
    preparation = pipeline.fit_preparation(data.rows.where(data.split.training.holds()), data.means, data.cycle_hours)
    with kept(_prepared(data, preparation)) as prepared:
        training = prepared.where(data.split.training.holds())
        fits = [partial(_fit_classifier, data, kind, comp, training) for comp in COMPONENTS]
        classifiers = dict(zip(COMPONENTS, in_parallel(training.sparkSession, fits)))
        trees = PipelineModel(list(classifiers.values()))
        classify = measure.decided(trees, data, prepared.where(data.split.validation.holds()))
        with kept(classify.transform(prepared.where(data.split.test.holds()))) as test:  # the trees speak once
            asked: list[Callable[[], Any]] = [
                partial(measure.counted, test, data),
                partial(rule.counted, test),
                partial(hold_out, data, test),
            ]
            counted, ruled, happened = in_parallel(test.sparkSession, asked)
    model = replace(classify, pipeline=PipelineModel([*preparation.stages, *classifiers.values()]))
    measured = {comp: measure.figures(counted[comp], data.horizon_hours) for comp in COMPONENTS}
    of_rule = [quality(its) for its in ruled.values()]
    return Trained(
        model,
        {
            "macro_f1": macro_f1(measured.values()),
            "rule_macro_f1": macro_f1(of_rule),
            **happened.savings(data.costs),
            **{
                comp: {
                    **measured[comp],
                    "threshold": model.thresholds[comp],
                    **happened.figures(comp, data.costs[comp]),
                }
                for comp in COMPONENTS
            },
        },
        {comp: its[data.horizon_hours] for comp, its in counted.items()},
    )


def _pictures(trained: Trained) -> dict[str, Figure]:
    thresholds = {comp: trained.metrics[comp]["threshold"] for comp in COMPONENTS}
    return {
        "precision_recall.png": charts.precision_recall(trained.counted, thresholds),
        "reliability.png": charts.reliability({comp: trained.metrics[comp]["horizons"] for comp in COMPONENTS}),
        "importances.png": charts.importances(pipeline.importances(trained.model.pipeline)),
    }


def _table_versions(spark: SparkSession, *tables: str) -> dict[str, int]:
    """The version of each Delta table that is being read, by `<name>_version`."""
    found = in_parallel(spark, [partial(last_version, spark, table) for table in tables])
    return {f"{table.split('.')[-1].strip('`')}_version": number for table, number in zip(tables, found)}


def flat(metrics: Mapping[str, Any]) -> dict[str, float]:
    """`{"comp1": {"f1": 1.0}}` as `{"comp1_f1": 1.0}`, without what is undefined and without lists."""
    found: dict[str, float] = {}
    for name, value in metrics.items():
        if isinstance(value, list):
            continue
        nested = flat(value) if isinstance(value, Mapping) else {"": value}
        found |= {f"{name}_{inner}".rstrip("_"): number for inner, number in nested.items() if number is not None}
    return found


def _fit_classifier(data: Dataset, kind: str, comp: str, rows: DataFrame) -> pipeline.Classifier:
    learned = horizons(data.horizon_hours)
    known = rows.where(is_known(comp, max(learned)))
    counts = {"failing": data.failing[comp], "healthy": data.healthy[comp]}
    return pipeline.fit_classifier(kind, comp, known, learned, **counts)


def _prepared(data: Dataset, preparation: PipelineModel) -> DataFrame:
    rows = data.rows.withColumns({f"rule_{comp}": rule.warns(comp, data.means) for comp in COMPONENTS})
    own = [f"{kind}_{comp}" for kind in ("label", "ahead", "prevented", "rule") for comp in COMPONENTS]
    vectors = preparation.transform(rows).select("machineID", "window_end", "features", *own)
    return vectors.repartition(PARTITIONS, "machineID").sortWithinPartitions("machineID", "window_end")


def _fingerprint(data: Dataset, parameters: Mapping[str, object]) -> str:
    content = json.dumps([data.content, parameters], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:32]
