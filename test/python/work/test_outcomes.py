"""What came of alerts: prevented failures are neither right nor wrong, and nothing is learned from them."""

from __future__ import annotations

import pytest
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from small_plant import seconds
from small_work import LANDED, Crew, number
from trained_plant import END, TrainedPlant

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.labels import ahead_unless_prevented, is_known
from predictive_maintenance.training.dataset import Dataset, dataset
from predictive_maintenance.windows import moment
from predictive_maintenance.work.outcomes import precision, prevented


def test_precision_leaves_out_what_was_prevented_and_says_how_far_it_could_be_off():
    counts = {"confirmed": 6, "false": 2, "prevented": 8, "missed": 4, None: 3}
    assert precision(counts) == {"precision": 0.75, "lowest": 0.375, "highest": 0.875, "recall": 0.6}
    assert set(precision({"prevented": 1}).values()) == {None, 0.0, 1.0}
    assert set(precision({}).values()) == {None}


def test_only_maintenance_that_landed_after_its_alert_was_known_may_have_prevented_a_failure(spark, schema: str):
    assert prevented(spark, "spark_catalog", schema) is None
    crew = Crew(spark, schema)
    crew.predicted(1, "..!...").maintained(1, 2.5)
    crew.predicted(2, "..!...", made=LANDED).maintained(2, 2.5)  # history, which is scored after it has landed
    crew.predicted(3, "..!!..").maintained(3, 2.5).failed(3, 4.5)  # it failed all the same
    crew.predicted(4, "......").maintained(4, 2.5)  # nobody asked for it
    crew.predicted(5, ".!!...", comp="comp2").maintained(5, 1.5, "comp2").maintained(5, 2.75, "comp2")
    crew.scored()
    crew.predicted(1, "!", 2, version="2", made=LANDED).scored()  # another version says so later: it was known before
    found = prevented(spark, "spark_catalog", schema).orderBy("machineID", "datetime").collect()
    assert [(row.machineID, row.comp, number(row.datetime)) for row in found] == [
        (1, "comp1", 2.5),
        (5, "comp2", 1.5),
        (5, "comp2", 2.75),
    ]


def test_what_was_prevented_is_unknown_where_a_horizon_reaches_it_and_no_failure_came_first(spark):
    def at(*rows: tuple[float, str]) -> DataFrame:
        times = [(1, comp, moment(int(hour * 3600))) for hour, comp in rows]
        return spark.createDataFrame(times, "machineID int, comp string, datetime timestamp")

    windows = spark.createDataFrame([(1, moment(0)), (1, moment(12 * 3600))], "machineID int, window_end timestamp")
    failures = at((6, "comp2"), (50, "comp3")).withColumnRenamed("comp", "failure")
    asked = at((30, "comp1"), (30, "comp2"), (30, "comp3"))
    rows = ahead_unless_prevented(windows, failures, asked, 72).where("window_end = timestamp_seconds(0)")
    known = {(comp, hours): is_known(comp, hours).alias(f"{comp} {hours}") for comp in COMPONENTS for hours in (24, 48)}
    said = rows.select(*known.values()).first()
    assert said.asDict() == {
        "comp1 24": True,
        "comp1 48": False,
        "comp2 24": True,
        "comp2 48": True,  # it failed before
        "comp3 24": True,
        "comp3 48": False,  # and this one after
        "comp4 24": True,
        "comp4 48": True,
    }


@pytest.fixture(scope="module")
def asked(trained: TrainedPlant) -> DataFrame:
    """Maintenance of comp1 of machine 1 on a day within the training windows, at which nothing failed."""
    return trained.spark.sql("SELECT 1 AS machineID, 'comp1' AS comp, TIMESTAMP'2015-01-12 09:00:00' AS datetime")


def of(trained: TrainedPlant, prevented: DataFrame) -> Dataset:
    frames = (trained.features(), trained.table("failures"), trained.table("maint"))
    return dataset(*frames, seconds(END), 24, prevented=prevented)


def test_windows_before_a_prevented_failure_are_no_examples_of_health(trained: TrainedPlant, asked: DataFrame):
    usual, without = trained.dataset, of(trained, asked)
    # Six windows of twelve hours within 72 h: which class they are of is not known. Two are within the own horizon.
    assert usual.healthy["comp1"] - without.healthy["comp1"] == 6
    assert {comp: without.healthy[comp] for comp in COMPONENTS[1:]} == {
        comp: usual.healthy[comp] for comp in COMPONENTS[1:]
    }
    assert without.failing == usual.failing
    unknown = without.rows.where("label_comp1 IS NULL").agg(F.count("*"), F.min("window_end"), F.max("window_end"))
    assert [str(value) for value in unknown.first()] == ["2", "2015-01-11 12:00:00", "2015-01-12 00:00:00"]
    assert without.content != usual.content


def test_an_empty_list_changes_nothing_of_what_is_learned(trained: TrainedPlant, asked: DataFrame):
    usual, empty = trained.dataset, of(trained, asked.limit(0))
    assert (empty.content, empty.healthy, empty.failing) == (usual.content, usual.healthy, usual.failing)
