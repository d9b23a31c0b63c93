"""The programs of the bench that run on Spark, in one session: the product and the features as published in 2019."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import generate
import published
from filesystem import FileSystem
from new_model import NO_NEW_MODEL, NewModel
from pyspark.sql import DataFrame, SparkSession
from sensor_faults import SOUND, SensorFaults

from predictive_maintenance.features import point_in_time as features
from predictive_maintenance.features.feature_engineering import feature_engineering
from predictive_maintenance.landing import ledger
from predictive_maintenance.landing.ingest import ingest
from predictive_maintenance.tables import ERRORS, INGESTED_FILES, MACHINES, MAINT, RAW, TELEMETRY, ensure
from predictive_maintenance.windows import WindowRange

CATALOG = "spark_catalog"
SEED = 1


@dataclass(frozen=True)
class Product:
    """A plant of `machines` machines: its landing folder and its tables, in the schema `name`."""

    spark: SparkSession
    folder: Path
    name: str
    machines: int

    @property
    def landing(self) -> Path:
        return self.folder / self.name / "landing"

    def land(self, first: int, end: int, sensors: SensorFaults = SOUND, new_model: NewModel = NO_NEW_MODEL) -> None:
        """Lands the days `first` to `end` (excluded), counted from 2015-01-01."""
        generate.land(self.spark, self.landing, self.machines, SEED, first, end, sensors, new_model)

    def load(self) -> None:
        """Loads everything that landed, without ingest and its ledger."""
        generate.load(self.spark, self.landing, CATALOG, self.name)
        ensure(self.spark, CATALOG, self.name, INGESTED_FILES)

    def ingest(self, run_id: str) -> dict:
        """Ingests what landed since the last time and returns what the notebook does."""
        return self._ingest_into(self.name, run_id)

    def ingest_anew(self) -> None:
        """Ingests everything that landed into tables of its own."""
        self._ingest_into("anew", "bench")
        self.spark.sql(f"DROP SCHEMA {CATALOG}.anew CASCADE")

    def feature_engineering(self, ingested: dict) -> dict:
        """Brings the features table up to the windows that ingest returned."""
        bounds = {bound: ingested[bound] for bound in ("start_date", "to_date")}
        return feature_engineering(self.spark, catalog=CATALOG, schema=self.name, features_table="features", **bounds)

    def score(self, run_id: str) -> None:
        """Leaves the predictions out: the files of the run only count as scored."""
        ledger.mark_scored(self.spark, CATALOG, self.name, run_id)

    def features(self, out: Path) -> None:
        """Computes all windows anew and writes them to Parquet."""
        _write(features.compute(*self._raw(), WindowRange(None, None)), out)

    def published(self, out: Path) -> None:
        """Computes the published features and writes them to Parquet."""
        _write(published.compute(*self._raw()), out)

    def export(self, out: Path) -> None:
        """Copies the raw tables to `out`/<table>, without the time at which a row landed."""
        for table in RAW:
            _write(self.spark.table(table.of(CATALOG, self.name)).drop("landed_at"), out / table.name)

    def drop(self) -> None:
        """Removes the tables and everything in the folder of the plant."""
        self.spark.sql(f"DROP SCHEMA IF EXISTS {CATALOG}.{self.name} CASCADE")
        shutil.rmtree(self.folder / self.name, ignore_errors=True)

    def _ingest_into(self, schema: str, run_id: str) -> dict:
        return ingest(self.spark, FileSystem(self.spark).ls, f"file:{self.landing}", CATALOG, schema, run_id)

    def _raw(self) -> list[DataFrame]:
        return [self.spark.table(table.of(CATALOG, self.name)) for table in (TELEMETRY, ERRORS, MAINT, MACHINES)]


def _write(rows: DataFrame, out: Path) -> None:
    rows.write.mode("overwrite").parquet(f"file:{out}")
