"""Freshness: the time from the landing of a file to the predictions of the windows that it touches."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.merge import retried
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import INGESTED_FILES, full_name

VIEW = "freshness"
"""A row per file: `seconds` from `landed_at` to `scored_at`, and `scored_by`, the run that has marked it."""


@dataclass(frozen=True)
class Freshness:
    """How many files, and the seconds that they waited; each figure is the time of a file, None without files.

    95 % of the files waited `p95` or less. Of fewer than twenty files that is the `longest`.
    """

    files: int
    median: float | None
    p95: float | None
    longest: float | None


NOTHING = Freshness(0, None, None, None)


def ensure_view(spark: SparkSession, catalog: str, schema: str) -> None:
    """Creates the view `freshness` if it is absent.

    A file that landed before the schema had any predictions waited for the first model and is left out. So is one that
    touches no window. Storage and cluster have clocks of their own: what seems to be scored before it landed took 0 s.
    """
    name, files = full_name(catalog, schema, VIEW), INGESTED_FILES.of(catalog, schema)
    if not spark.catalog.tableExists(name):
        view = f"""
            CREATE VIEW IF NOT EXISTS {name} AS
            SELECT `table`, path, modification_time AS landed_at, ingested_at, scored_at, scored_by,
                   greatest(0, unix_millis(scored_at) - unix_millis(modification_time)) / 1000 AS seconds
            FROM {files}
            WHERE scored_at IS NOT NULL AND modification_time >= (SELECT min(scored_at) FROM {files})"""
        retried(lambda: spark.sql(view))


def predicted_before(
    spark: SparkSession, catalog: str, schema: str, run_id: str, predictions: DataFrame
) -> dict[str, int]:
    """When the runs that ingested what `run_id` has claimed made the `predictions` that are there, in µs since 1970.

    Such a run was killed before it could mark the files, or `run_id` has claimed them while it scored.
    """
    claimed = spark.table(INGESTED_FILES.of(catalog, schema)).where(
        (F.col("claimed_by") == run_id) & F.col("scored_by").isNull()
    )
    runs = {row.ingested_by for row in claimed.select("ingested_by").collect()}
    made = predictions.where(F.col("run_id").isin(runs)).groupBy("run_id")
    rows = made.agg(F.unix_micros(F.max("scored_at")).alias("at")).collect() if runs else []
    return {row.run_id: row.at for row in rows}


def of_run(spark: SparkSession, catalog: str, schema: str, run_id: str) -> Freshness:
    """Of the files that `run_id` has marked as scored."""
    waited = spark.table(full_name(catalog, schema, VIEW)).where(F.col("scored_by") == run_id)
    return Freshness(**only_row(waited.agg(*figures())).asDict())


def figures() -> list[Column]:
    """Those of `Freshness`, as aggregates of the view."""
    percentile = "percentile_disc({}) WITHIN GROUP (ORDER BY seconds)".format
    sql = {"files": "count(*)", "median": percentile(0.5), "p95": percentile(0.95), "longest": "max(seconds)"}
    return [F.expr(expression).alias(name) for name, expression in sql.items()]
