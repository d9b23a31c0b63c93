"""MERGE into a Delta table by natural key, bounded in time, safe against a second writer."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import TypeVar

from delta.tables import DeltaTable
from pyspark.sql import Column, DataFrame

ATTEMPTS = 12
LONGEST_PAUSE = 4.0
"""Seconds between two attempts, at most."""

CONFLICTS = (
    "DELTA_CONCURRENT_",
    "DELTA_METADATA_CHANGED",
    "DELTA_PROTOCOL_CHANGED",
    "DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION",  # another run is creating the table
    # Another run has created the table or view, or added the column, since this one looked: Spark and Delta have a name
    # of their own for each moment that can be, and each ends so.
    "ALREADY_EXISTS",
    "DELTA_DUPLICATE_COLUMNS_FOUND",
)

T = TypeVar("T")


def retried(write: Callable[[], T]) -> T:
    """Runs `write` again while it loses to a concurrent writer; any other error, or the twelfth conflict, is raised."""
    for attempt in range(1, ATTEMPTS):
        try:
            return write()
        except Exception as error:  # Delta's Python package has no class for it; the runtime has one of its own
            if not any(conflict in str(error)[:2000] for conflict in CONFLICTS):
                raise
            time.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.2 * 2**attempt)))
    return write()


def merge(
    target: str,
    source: DataFrame,
    keys: Sequence[str],
    *,
    bounds: str = "true",
    compare: Sequence[str] | None = None,
    update_when: str = "true",
    gone: str | None = None,
) -> None:
    """Inserts the rows of `source` whose key `target` (a full table name) lacks and updates those that differ.

    `source` has one row per key; a null in a key equals a null. Its columns are a subset of the target's.
    `bounds` is SQL on the keys of the target `t` in literals (see `within`): it makes the cost that of the new data.
    Rows of `source` outside are left out, because their keys are not looked up. There are some where Spark loses what
    it has cached of `source` and a file has changed since.
    A row is updated where one of `compare` differs (default: every column that is no key; empty: rows are only
    inserted) and `update_when`, SQL on `t` and the source `s`, holds.
    `gone` names a column of `source` that the target has not: where it is true, the row is deleted.
    """
    source = source.alias("t").where(bounds)
    columns: dict[str, str | Column] = {column: f"s.`{column}`" for column in source.columns if column != gone}
    values = [column for column in columns if column not in keys] if compare is None else compare
    matching = " AND ".join([f"({bounds})", *(f"t.`{key}` <=> s.`{key}`" for key in keys)])
    same = " AND ".join(f"t.`{column}` <=> s.`{column}`" for column in values)

    def write() -> None:
        table = DeltaTable.forName(source.sparkSession, target).alias("t")
        step = table.merge(source.alias("s"), matching)
        if gone:
            step = step.whenMatchedDelete(f"s.`{gone}`")
        step = step.whenNotMatchedInsert(f"NOT s.`{gone}`" if gone else "true", values=columns)
        if values:
            step = step.whenMatchedUpdate(condition=f"NOT ({same}) AND ({update_when})", set=columns)
        step.execute()

    retried(write)


def within(column: str, start: datetime, end: datetime, *, month: bool = False) -> str:
    """Bounds for `merge`: `start <= column <= end` (aware, both included); `month` adds the partition `yyyy-MM`."""
    first, last = start.astimezone(timezone.utc), end.astimezone(timezone.utc)
    low, high = (f"TIMESTAMP'{moment:%Y-%m-%d %H:%M:%S.%f}Z'" for moment in (first, last))
    times = f"t.`{column}` BETWEEN {low} AND {high}"
    return f"t.month BETWEEN '{first:%Y-%m}' AND '{last:%Y-%m}' AND {times}" if month else times
