"""Rows that are few, and rows that are read more than once."""

from collections.abc import Iterator
from contextlib import contextmanager

from pyspark.sql import DataFrame, Row


def only_row(rows: DataFrame) -> Row:
    """The row of a frame that has exactly one, such as an aggregation over all rows. Raises ValueError otherwise."""
    [row] = rows.collect()
    return row


@contextmanager
def kept(rows: DataFrame) -> Iterator[DataFrame]:
    """`rows`, which Spark keeps from their first use to the end of the block."""
    cached = rows.persist()
    try:
        yield cached
    finally:
        cached.unpersist()
