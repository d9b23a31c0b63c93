"""What was predicted of a window: a window that was scored again has several predictions, and the newest counts.

`predictions` has only what a champion said. What another version says in a backfill is in a table of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from operator import and_

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.merge import retried
from predictive_maintenance.tables import Table, full_name

NEWEST_FIRST = "PARTITION BY machineID, window_end ORDER BY scored_at DESC, try_cast(model_version AS int) DESC"
"""Of two that were made at once, the later version of the model counts: 10 after 9."""


def newest(predictions: DataFrame) -> DataFrame:
    """Of several predictions for one window the one that was made last."""
    place = F.expr(f"row_number() OVER ({NEWEST_FIRST})")
    return predictions.withColumn("place", place).where("place = 1").drop("place")


def unlike(said: DataFrame, held: DataFrame, columns: Sequence[str]) -> DataFrame:
    """The rows of `said` that `held` has not; nulls in one of `columns` are equal."""
    same = reduce(and_, (said[column].eqNullSafe(held[column]) for column in columns))
    return said.join(held, same, "left_anti")


def compared(predictions: Table) -> Table:
    """The table of what versions beside the champion say: for comparison, never current."""
    return replace(predictions, name=f"compared_{predictions.name}")


def current_view(catalog: str, schema: str, predictions: Table) -> str:
    """The full name of the view of `predictions` with the newest of each window: the one for people."""
    return full_name(catalog, schema, f"current_{predictions.name}")


def ensure_current_view(spark: SparkSession, catalog: str, schema: str, predictions: Table) -> None:
    """Creates that view if it is absent; if an older release made it, which knew fewer columns, it gets the others.

    Nobody finds it gone meanwhile, as where it is replaced.
    """
    name = current_view(catalog, schema, predictions)
    columns = [column.split()[0] for column in predictions.columns.split(", ")]
    rows = f"SELECT *, row_number() OVER ({NEWEST_FIRST}) AS place FROM {predictions.of(catalog, schema)}"
    of = f"SELECT {', '.join(columns)} FROM ({rows}) WHERE place = 1"
    if not spark.catalog.tableExists(name):
        retried(lambda: spark.sql(f"CREATE VIEW IF NOT EXISTS {name} AS {of}"))
    elif not set(columns) <= set(spark.table(name).columns):
        spark.sql(f"ALTER VIEW {name} AS {of}")
