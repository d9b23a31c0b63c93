"""What is staged stays as it was judged, whatever other runs do meanwhile."""

from pathlib import Path

from filesystem import FileSystem
from test_ingest import ERRORS, land

from predictive_maintenance import tables
from predictive_maintenance.landing import files as landing
from predictive_maintenance.landing import schemas
from predictive_maintenance.landing.staging import stage

CATALOG = "spark_catalog"


def test_a_row_stays_in_quarantine_where_another_run_announces_its_machine_meanwhile(
    spark, tmp_path: Path, schema: str
):
    tables.ensure(spark, CATALOG, schema, *tables.RAW, tables.QUARANTINE)
    land(tmp_path, "errors/d/e.csv", ERRORS, "2015-01-01 06:00:00,9,error1")
    errors = schemas.files()["errors"]
    found = landing.listed(spark, FileSystem(spark).ls, [str(tmp_path)], str(tmp_path))
    [staged] = stage(spark, CATALOG, schema, {errors: found}, ())
    try:
        # Spark forgets what it has cached of `machines`.
        spark.sql(f"INSERT INTO {tables.MACHINES.of(CATALOG, schema)} VALUES (9, 'model1', 5, now())")
        assert staged.good.count() == 0
        assert [row.reason.split(";")[0] for row in staged.bad.collect()] == ["unknown machine"]
    finally:
        staged.rows.unpersist()
