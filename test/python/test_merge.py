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


def test_a_row_that_is_gone_is_deleted_and_never_inserted(spark, schema: str):
    ensure(spark, CATALOG, schema, ERRORS)
    name, at = ERRORS.of(CATALOG, schema), datetime(2015, 1, 1, tzinfo=timezone.utc)

    def merged(**gone: bool) -> list[str]:
        rows = [(at, 1, error, is_gone) for error, is_gone in gone.items()]
        source = spark.createDataFrame(rows, "datetime timestamp, machineID int, errorID string, gone boolean")
        merge(name, source, ERRORS.keys, gone="gone")
        return sorted(row.errorID for row in spark.table(name).collect())

    assert merged(error1=False, error2=False, error3=True) == ["error1", "error2"]
    assert merged(error1=True, error2=False) == ["error2"]
