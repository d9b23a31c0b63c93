"""One plant of the quality table, from its simulation to what its warnings were worth, by the product's own code."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from conditions import Condition
from new_model import NAME, NewModel
from product import CATALOG, Product
from pyspark.sql import functions as F
from quality_results import Quality, summed
from sensor_faults import SensorFaults

from predictive_maintenance.contract import WINDOW_HOURS
from predictive_maintenance.explore.examination import (
    Known,
    judge,
    known,
    said_by_predictions,
    said_by_rule,
)
from predictive_maintenance.features.feature_engineering import read
from predictive_maintenance.quality.slices import NothingToLearn
from predictive_maintenance.scoring.scoring import scoring
from predictive_maintenance.tables import MACHINES, PREDICTIONS
from predictive_maintenance.training.training import training
from predictive_maintenance.windows import WindowRange, iso

HORIZON_HOURS = 24
EARLIER = 0.75
"""Of the days: what a model may learn from. The later ones are scored."""
FEATURES = "features"


@dataclass(frozen=True)
class Trial:
    """The `condition` on a plant of so many `days`, whose tables and model `plant` names."""

    condition: Condition
    plant: Product
    days: int

    @property
    def first_scored(self) -> int:
        """The first day that is scored, counted from 2015-01-01."""
        return int(self.days * EARLIER)

    @property
    def _trained_to(self) -> datetime:
        return datetime(2015, 1, 1, tzinfo=timezone.utc) + timedelta(days=self.first_scored)

    @property
    def _scored(self) -> WindowRange:
        begins = self._trained_to + timedelta(hours=WINDOW_HOURS)
        return WindowRange(begins, self._trained_to + timedelta(days=self.days - self.first_scored))

    def simulate(self) -> None:
        """Simulates the plant and computes its features."""
        new = NewModel(self.condition.new, self.first_scored)
        self.plant.land(0, self.days, SensorFaults(**self.condition.faults), new)
        self.plant.load()
        self.plant.feature_engineering({"start_date": "2015-01-01", "to_date": ""})

    def train(self) -> None:
        """Trains the champion of the plant on its earlier part. Raises NothingToLearn."""
        result = training(
            self.plant.spark,
            catalog=CATALOG,
            schema=self.plant.name,
            features_table=FEATURES,
            model="RandomForest",
            model_name=model_of(self.plant.name),
            start_date="",
            to_date=iso(int(self._trained_to.timestamp())),
            horizon_hours=str(HORIZON_HOURS),
            run_id="bench",
        )
        if not result["model_version"]:
            raise NothingToLearn(result["reason"])

    def score(self, model_name: str) -> None:
        """Scores the later part by the champion of that name."""
        scored = self._scored
        scoring(
            self.plant.spark,
            catalog=CATALOG,
            schema=self.plant.name,
            features_table=FEATURES,
            results_data=PREDICTIONS.name,
            model_name=model_name,
            start_date=scored.start.isoformat(),
            to_date=scored.end.isoformat(),
            run_id="bench",
        )

    def judged(self) -> Iterator[Quality]:
        """What the predictions, and the one-line rule on the same windows, were worth. Of a new model's machines it is
        told again without the others."""
        spark, schema = self.plant.spark, self.plant.name
        features = read(spark, CATALOG, schema, FEATURES, self._scored).drop("month")
        predictions = spark.table(PREDICTIONS.of(CATALOG, schema))
        found = known(spark, CATALOG, schema, predictions.join(features, ["machineID", "window_end"]), HORIZON_HOURS)
        windows = replace(found, rows=found.rows.persist())
        try:
            yield from self._both(self.condition.name, windows)
            if self.condition.new:
                machines = spark.table(MACHINES.of(CATALOG, schema)).where(F.col("model") == NAME)
                its = replace(
                    windows,
                    rows=windows.rows.join(machines, "machineID", "left_semi"),
                    failures=windows.failures.join(machines, "machineID", "left_semi"),
                )
                yield from self._both(f"{self.condition.name}, alone", its)
        finally:
            windows.rows.unpersist()

    def _both(self, name: str, windows: Known) -> Iterator[Quality]:
        earlier = WindowRange(None, self._trained_to)
        usual = read(self.plant.spark, CATALOG, self.plant.name, FEATURES, earlier)
        for by, said in (("model", said_by_predictions()), ("rule", said_by_rule(usual))):
            yield summed(name, by, judge(windows, said, HORIZON_HOURS))


def model_of(schema: str) -> str:
    """The full name of its registered model."""
    return f"{CATALOG}.{schema}.predictive_maintenance"
