"""MERGE by natural key within bounds."""

from datetime import datetime, timezone

from predictive_maintenance.merge import merge, within
from predictive_maintenance.tables import ERRORS, ensure

CATALOG = "spark_catalog"


def test_a_row_outside_the_bounds_is_left_out_and_never_doubled(spark, schema: str):
    ensure(spark, CATALOG, schema, ERRORS)
    name, moments = ERRORS.of(CATALOG, schema), [datetime(2015, 1, day, tzinfo=timezone.utc) for day in (1, 2)]
    rows = spark.createDataFrame(
        [(at, 1, "error1") for at in moments], "datetime timestamp, machineID int, errorID string"
    )
    for _ in range(2):
        merge(name, rows, ERRORS.keys, bounds=within("datetime", moments[0], moments[0]))
    assert [row.datetime.day for row in spark.table(name).collect()] == [1]
