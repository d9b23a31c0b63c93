"""The predictions that are stored already, and those that a run adds to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.merge import merge, within
from predictive_maintenance.monitoring import freshness
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.predictions import ensure_current_view, newest, unlike
from predictive_maintenance.rows import only_row
from predictive_maintenance.scoring.predict import SAID
from predictive_maintenance.tables import INGESTED_FILES, PREDICTIONS, Table, ensure
from predictive_maintenance.windows import WindowRange


def made_before(
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


def write(said: DataFrame, name: str, ends: tuple[datetime, datetime], *, is_champion: bool) -> None:
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
