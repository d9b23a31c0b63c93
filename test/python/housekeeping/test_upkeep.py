"""Upkeep and growth of the tables: small files compacted, old versions removed, and older releases still at home."""

import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlparse

import pytest

from predictive_maintenance.housekeeping import upkeep
from predictive_maintenance.merge import merge
from predictive_maintenance.predictions import current_view, ensure_current_view
from predictive_maintenance.tables import ERRORS, PREDICTIONS, ensure

CATALOG = "spark_catalog"


def files(spark, name: str) -> list[Path]:
    folder = spark.sql(f"DESCRIBE DETAIL {name}").first().location
    return list(Path(unquote(urlparse(folder).path)).glob("*.parquet"))


def tidy(spark, schema: str, days: str = "30") -> dict:
    names = {"features_table": "features", "results_data": "predictions"}
    return upkeep.upkeep(spark, catalog=CATALOG, schema=schema, retention_days=days, **names)


@pytest.fixture
def worn(spark, schema: str) -> str:
    """A table of events of several small files; its name."""
    ensure(spark, CATALOG, schema, ERRORS)
    hours = spark.range(4, numPartitions=4)
    events = hours.selectExpr("timestamp_seconds(id * 3600) AS datetime", "1 AS machineID", "'error1' AS errorID")
    events.write.format("delta").mode("append").saveAsTable(ERRORS.of(CATALOG, schema))
    return ERRORS.of(CATALOG, schema)


def test_a_table_of_many_files_is_compacted_and_keeps_its_rows(spark, schema: str, worn: str, monkeypatch):
    monkeypatch.setattr(upkeep, "MANY_FILES", 3)
    before = spark.table(worn).count()
    assert tidy(spark, schema) == {"tables": 1, "optimized": 1, "vacuumed": 0}
    assert spark.sql(f"DESCRIBE DETAIL {worn}").first().numFiles == 1
    assert spark.table(worn).count() == before == 4
    assert tidy(spark, schema)["optimized"] == 0


def test_a_table_of_few_files_is_left_alone(spark, schema: str, worn: str):
    version = spark.sql(f"DESCRIBE HISTORY {worn}").count()
    assert tidy(spark, schema) == {"tables": 1, "optimized": 0, "vacuumed": 0}
    assert spark.sql(f"DESCRIBE HISTORY {worn}").count() == version


def test_what_a_killed_write_left_behind_is_removed_when_the_table_is_older_than_the_retention(
    spark, schema: str, worn: str, monkeypatch
):
    stray = files(spark, worn)[0].with_name("part-00000-stray.parquet")
    shutil.copy(files(spark, worn)[0], stray)
    long_ago = time.time() - 90 * 86400
    os.utime(stray, (long_ago, long_ago))
    assert tidy(spark, schema)["vacuumed"] == 0
    assert stray.exists()
    later = datetime.now() + timedelta(days=31)
    monkeypatch.setattr(upkeep, "datetime", SimpleNamespace(now=lambda: later))
    assert tidy(spark, schema)["vacuumed"] == 1
    assert not stray.exists()
    assert spark.table(worn).count() == 4


def test_a_retention_that_a_reader_outlives_is_named(spark, schema: str):
    with pytest.raises(ValueError, match=r"^retention_days is '1': expected a whole number of days, at least 7$"):
        tidy(spark, schema, "1")


# A newer release has one column more; the older one, of which code was rolled back, has not.
OLDER = PREDICTIONS
NEWER = replace(PREDICTIONS, columns=f"{PREDICTIONS.columns}, confidence double")


def said(spark, hour: int, **more: object):
    columns = {
        "machineID": "1",
        "window_end": f"TIMESTAMP'2015-01-01 {hour:02}:00:00Z'",
        **{f"prob_comp{number}": "0.5D" for number in range(1, 5)},
        "predicted": "'none'",
        "model_version": "'1'",
        "run_id": "'r'",
        "scored_at": "current_timestamp()",
        "month": "'2015-01'",
        **more,
    }
    return spark.sql("SELECT " + ", ".join(f"{value} AS {name}" for name, value in columns.items()))


def test_a_newer_release_adds_its_column_to_the_table_of_the_older_one(spark, schema: str):
    ensure(spark, CATALOG, schema, OLDER)
    name = OLDER.of(CATALOG, schema)
    merge(name, said(spark, 0), OLDER.keys)
    ensure(spark, CATALOG, schema, NEWER)
    merge(name, said(spark, 12, confidence="0.9D"), NEWER.keys)
    found = {row.window_end.hour: row.confidence for row in spark.table(name).collect()}
    assert sorted(found.values(), key=str) == [0.9, None]


def test_after_a_roll_back_the_older_release_reads_and_writes_the_table_of_the_newer_one(spark, schema: str):
    ensure(spark, CATALOG, schema, NEWER)
    name = NEWER.of(CATALOG, schema)
    merge(name, said(spark, 0, confidence="0.9D"), NEWER.keys)
    ensure(spark, CATALOG, schema, OLDER)
    ensure_current_view(spark, CATALOG, schema, OLDER)
    merge(name, said(spark, 0, predicted="'comp1'"), OLDER.keys)
    merge(name, said(spark, 12), OLDER.keys)
    rows = spark.table(name).orderBy("window_end").collect()
    assert [(row.predicted, row.confidence) for row in rows] == [("comp1", 0.9), ("none", None)]
    assert spark.table(current_view(CATALOG, schema, OLDER)).count() == 2


def test_two_runs_that_bring_the_same_new_column_agree(spark, schema: str):
    ensure(spark, CATALOG, schema, OLDER)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: ensure(spark, CATALOG, schema, NEWER), range(2)))
    assert spark.table(NEWER.of(CATALOG, schema)).columns.count("confidence") == 1


def test_runs_that_create_the_view_for_people_at_once_agree(spark, schema: str):
    ensure(spark, CATALOG, schema, NEWER)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ensure_current_view(spark, CATALOG, schema, NEWER), range(4)))
    assert spark.table(current_view(CATALOG, schema, NEWER)).count() == 0


def test_the_view_of_an_older_release_gets_the_new_columns_and_is_there_all_the_time(spark, schema: str):
    ensure(spark, CATALOG, schema, OLDER)
    ensure_current_view(spark, CATALOG, schema, OLDER)
    ensure(spark, CATALOG, schema, NEWER)
    view = current_view(CATALOG, schema, NEWER)
    with ThreadPoolExecutor(6) as pool:
        grown = [pool.submit(ensure_current_view, spark, CATALOG, schema, NEWER) for _ in range(3)]
        read = [pool.submit(lambda: spark.table(view).count()) for _ in range(9)]
        assert [one.result() for one in (*grown, *read)] == [None] * 3 + [0] * 9
    assert spark.table(view).columns[-1] == "confidence"
