"""One small plant with features and a trained model, shared by the tests of a session."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import pytest
from pyspark.ml import PipelineModel
from pyspark.sql import DataFrame, SparkSession
from small_plant import Plant, failing_plant, seconds

from predictive_maintenance import tables
from predictive_maintenance.features.feature_engineering import feature_engineering
from predictive_maintenance.predictions import ensure_current_view
from predictive_maintenance.registry.registry import Registry, Version
from predictive_maintenance.scoring.predict import predict
from predictive_maintenance.scoring.scoring import scoring
from predictive_maintenance.training.dataset import Dataset, dataset
from predictive_maintenance.training.model import Model
from predictive_maintenance.training.training import training
from predictive_maintenance.windows import WindowRange, moment

MODEL_NAME = "spark_catalog.plant.predictive_maintenance"
"""Of no schema that exists: the registry of a test is its own."""
END = "2015-02-10 05"
"""The last hour of telemetry."""
FIRST, LAST = "2015-02-06T00:00:00Z", "2015-02-08T12:00:00Z"
"""Bounds of the windows that tests score."""


@dataclass
class TrainedPlant:
    """A plant in the tables of `schema`, trained with a decision tree."""

    spark: SparkSession
    schema: str
    plant: Plant = field(default_factory=failing_plant)
    model_name: str = MODEL_NAME
    result: dict = field(init=False)

    def __post_init__(self) -> None:
        self.plant.save(self.spark, self.schema)
        tables.ensure(self.spark, "spark_catalog", self.schema, tables.INGESTED_FILES)
        feature_engineering(
            self.spark,
            catalog="spark_catalog",
            schema=self.schema,
            features_table="features",
            start_date="2015-01-01",
            to_date="",
        )
        self.result = self.train(run_id="first")
        self.registry = Registry(self.model_name)
        champion = self.registry.champion()
        self.model = Model.of(self.registry.load(champion), self.registry.summary(champion))

    def train(self, **widgets: str) -> dict:
        usual = {
            "catalog": "spark_catalog",
            "schema": self.schema,
            "features_table": "features",
            "model": "DecisionTree",
            "model_name": self.model_name,
            "start_date": "",
            "to_date": "",
            "horizon_hours": "24",
            "run_id": "",
        }
        return training(self.spark, **usual | widgets)

    def table(self, name: str) -> DataFrame:
        return self.spark.table(f"spark_catalog.{self.schema}.{name}")

    def features(self) -> DataFrame:
        return self.table("features")

    @cached_property
    def dataset(self) -> Dataset:
        """What the model has learned from."""
        return dataset(self.features(), self.table("failures"), self.table("maint"), seconds(END), 24)


@contextmanager
def loaded_once() -> Iterator[None]:
    """Spark reads a model in some thirty queries, and what is in a version never changes."""
    load = Registry.load
    loaded: dict[Version, PipelineModel] = {}

    def remembered(registry: Registry, version: Version) -> PipelineModel:
        if version not in loaded:
            loaded[version] = load(registry, version)
        return loaded[version]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Registry, "load", remembered)
        yield


def foretold(
    trained: TrainedPlant, results: str, *runs: tuple[str, str], start_date: str = "", to_date: str = ""
) -> None:
    """Writes into the table `results` what `runs` of scoring have said by now, one after the other, without reasons.

    Each is the version of the model, which says the same in all of them, and the id of the run.
    """
    at, table = (trained.spark, "spark_catalog", trained.schema), replace(tables.PREDICTIONS, name=results)
    tables.ensure(*at, table)
    ensure_current_view(*at, table)
    made = [(*run, moment(int(time.time()) + place)) for place, run in enumerate(runs, start=1)]
    each = trained.spark.createDataFrame(made, "model_version string, run_id string, scored_at timestamp")
    windows = WindowRange.parse(start_date, to_date).of(trained.features())
    rows = predict(trained.model, windows).crossJoin(each).coalesce(1)
    rows.write.format("delta").mode("append").saveAsTable(table.of(*at[1:]))


def score(trained: TrainedPlant, results: str, **widgets: str) -> dict:
    """Scores the windows from `FIRST` to `LAST` into the table `results`, unless `widgets` say otherwise."""
    usual = {
        "catalog": "spark_catalog",
        "schema": trained.schema,
        "features_table": "features",
        "results_data": results,
        "model_name": MODEL_NAME,
        "start_date": FIRST,
        "to_date": LAST,
        "run_id": "one",
    }
    return scoring(trained.spark, **usual | widgets)
