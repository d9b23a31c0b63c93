"""Which of several predictions for one window counts, for the report, the view and the examination alike."""

import pytest

from predictive_maintenance.predictions import current_view, ensure_current_view, newest
from predictive_maintenance.tables import PREDICTIONS, ensure

CATALOG = "spark_catalog"


@pytest.fixture
def said(spark, schema: str) -> str:
    """One window that versions 9 and 10 scored at once, and 11 earlier, and one that was scored once."""
    ensure(spark, CATALOG, schema, PREDICTIONS)
    table = PREDICTIONS.of(CATALOG, schema)
    values = ", ".join(
        f"(1, timestamp'2015-01-01T{hour}:00:00Z', '{predicted}', '{version}', timestamp'2015-01-0{day}T00:00:00Z')"
        for hour, predicted, version, day in (
            ("12", "comp1", "9", 3),
            ("12", "comp2", "10", 3),
            ("12", "comp3", "11", 2),
            ("06", "none", "9", 2),
        )
    )
    spark.sql(f"INSERT INTO {table} (machineID, window_end, predicted, model_version, scored_at) VALUES {values}")
    return schema


def test_the_one_made_last_counts_and_of_two_made_at_once_that_of_the_later_version(spark, said: str):
    ensure_current_view(spark, CATALOG, said, PREDICTIONS)
    rows = newest(spark.table(PREDICTIONS.of(CATALOG, said)))
    assert {row.predicted for row in rows.collect()} == {"comp2", "none"}
    assert rows.exceptAll(spark.table(current_view(CATALOG, said, PREDICTIONS)).select(rows.columns)).count() == 0
