"""The tables of a run, of which some may not be there yet, and how the report reads them."""

from typing import Any

from fates import ISO
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.reasons.reasons import REASONS
from predictive_maintenance.tables import INGESTED_FILES, MONITORING, QUARANTINE, RAW, WITHIN

TABLES = tuple(table.name for table in (*RAW, QUARANTINE, INGESTED_FILES, MONITORING))


class RunTables:
    """Those of the current schema, and predictions of the table `results_data`; `present` are those that are there."""

    def __init__(self, spark: SparkSession, results_data: str) -> None:
        self.spark = spark
        self.predictions = results_data
        self.present = {table for table in (*TABLES, results_data) if spark.catalog.tableExists(table)}

    def have(self, *names: str) -> bool:
        """Whether all of these are there."""
        return set(names) <= self.present

    def scored(self) -> DataFrame:
        """The predictions; what an older release has not said is null."""
        predictions = self.spark.table(self.predictions)
        newer = {**dict.fromkeys(WITHIN, "double"), "reasons": REASONS}
        absent = {name: F.lit(None).cast(type) for name, type in newer.items() if name not in predictions.columns}
        return predictions.withColumns(absent)

    def rows(self, sql: str, **frames: DataFrame) -> list[dict[str, Any]]:
        """The rows of a query, in which `{name}` stands for the frame of that name."""
        return [row.asDict(recursive=True) for row in self.spark.sql(sql, None, **frames).collect()]


def text(timestamp: str) -> str:
    """In SQL, a time as the report has it: ISO 8601 in UTC."""
    return f'date_format({timestamp}, "{ISO}")'
