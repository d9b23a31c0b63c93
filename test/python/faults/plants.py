"""Plans happen, each to a plant of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import new_schema
from pyspark.sql import SparkSession
from small_registry import SmallRegistry
from trained_plant import MODEL_NAME, TrainedPlant

from faults.plan import Step
from faults.statements import observed
from faults.world import World
from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.housekeeping import upkeep
from predictive_maintenance.registry.registry import Registry
from predictive_maintenance.training.model import Model

SUMMARY = {"horizon_hours": 24, "window_hours": 12, "drift": {}}
"""Of both versions; they differ in their thresholds."""
EAGER = dict.fromkeys(COMPONENTS, -1.0)


@dataclass
class Plants:
    """Plants whose model has two versions, of which the second warns of everything."""

    trained: TrainedPlant

    def __post_init__(self) -> None:
        model = self.trained.model
        of = {"1": model.thresholds, "2": EAGER}
        self._summaries = {version: {**SUMMARY, "thresholds": its} for version, its in of.items()}
        self._models = {version: Model.of(model.pipeline, summary) for version, summary in self._summaries.items()}
        self._source = self.trained.registry._client.get_model_version(MODEL_NAME, "1")

    @contextmanager
    def happen(self, steps: Iterable[Step]) -> Iterator[World]:
        """A plant after `steps`."""
        spark: SparkSession = self.trained.spark
        registry = SmallRegistry()
        first = registry.add(self._source.source)
        registry.add(self._source.source)
        registry.crown(first)
        with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch, observed():
            world = World(spark, new_schema(spark), Path(folder).resolve() / "incoming", registry, self._models)
            patch.setattr(Registry, "load", lambda _, version: world.load(version))
            patch.setattr(Registry, "summary", lambda _, version: self._summaries[version.number])
            patch.setattr(upkeep, "MANY_FILES", 1)
            for step in steps:
                world.take(step)
            yield world
