"""Rows on the driver."""

from pyspark.sql import DataFrame, Row


def only_row(rows: DataFrame) -> Row:
    """The row of a frame that has exactly one, such as an aggregation over all rows. Raises ValueError otherwise."""
    [row] = rows.collect()
    return row
