"""The defects of the published reference implementation, each by its number, and that this one does not have it."""

import pytest
from pyspark.sql import functions as F
from small_plant import Plant, at, by_window, seconds
from trained_plant import TrainedPlant, foretold, score

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.features import point_in_time as features
from predictive_maintenance.quality.labels import label, parse_horizon, uncensored
from predictive_maintenance.scoring.predict import predict
from predictive_maintenance.windows import WindowRange

ALL = WindowRange(None, None)


def compute(spark, plant: Plant, windows: WindowRange = ALL) -> dict:
    frames = plant.frames(spark)
    del frames["failures"]
    return by_window(features.compute(**frames, windows=windows))


@pytest.fixture(scope="module")
def plant() -> Plant:
    """Machine 1 had comp1 replaced three times and comp2 once, at last with comp3 in the same hour; 2 none."""
    return (
        Plant(
            machines=[(1, "model1", 5), (2, "model2", 0)],
            maint=[
                (at("2014-06-01 06"), 1, "comp1"),
                (at("2014-12-30 12"), 1, "comp1"),
                (at("2015-01-02 06"), 1, "comp1"),
                (at("2014-12-01 00"), 1, "comp2"),
                (at("2015-01-02 06"), 1, "comp3"),
            ],
            errors=[(at("2015-01-01 13"), 1, "error1"), (at("2015-01-01 13"), 1, "error2")],
        )
        .hourly(1, "2015-01-01 01", 48)
        .hourly(2, "2015-01-01 01", 48)
    )


@pytest.fixture(scope="module")
def computed(spark, plant: Plant) -> dict:
    return compute(spark, plant)


def test_01_hours_since_replacement_count_from_the_last_one(computed):
    ends = ("2015-01-01 12", "2015-01-02 00", "2015-01-02 12", "2015-01-03 00")
    assert [computed[1, seconds(end)]["hours_since_comp1"] for end in ends] == [48.0, 60.0, 6.0, 18.0]


def test_02_maintenance_before_the_range_is_seen_and_rolling_windows_start_warm(spark, plant, computed):
    later = WindowRange(at("2015-01-03 00"), at("2015-01-03 00"))
    found = compute(spark, plant, later)
    assert found == {key: row for key, row in computed.items() if key[1] == seconds("2015-01-03 00")}
    assert found[1, seconds("2015-01-03 00")]["hours_since_comp2"] == 33 * 24.0


def test_03_a_machine_without_history_keeps_its_rows_and_rows_are_not_multiplied(computed):
    assert len(computed) == 2 * 4
    row = computed[2, seconds("2015-01-03 00")]
    assert [row[f"hours_since_{comp}"] for comp in COMPONENTS] == [None] * 4
    assert computed[1, seconds("2015-01-03 00")]["hours_since_comp4"] is None


def test_04_the_horizon_that_is_asked_for_is_the_one_that_is_labelled(spark):
    ends = [at("2015-01-01 00").replace(day=day, hour=hour) for day in range(1, 12) for hour in (0, 12)]
    windows = spark.createDataFrame([(1, end) for end in ends], "machineID int, window_end timestamp")
    failures = Plant(failures=[(at("2015-01-10 06"), 1, "comp1")]).frames(spark)["failures"]
    rows = label(windows, failures, parse_horizon("168"))
    assert rows.agg(F.sum("label_comp1")).first()[0] == 14  # seven days of two windows


def test_05_simultaneous_failures_are_two_labels_of_one_row(spark):
    windows = spark.createDataFrame([(1, at("2015-01-02 00"))], "machineID int, window_end timestamp")
    both = Plant(failures=[(at("2015-01-02 06"), 1, comp) for comp in ("comp1", "comp2")])
    rows = by_window(label(windows, both.frames(spark)["failures"], 24))
    assert [rows[1, seconds("2015-01-02 00")][f"label_{comp}"] for comp in COMPONENTS] == [1.0, 1.0, 0.0, 0.0]


def test_06_a_window_holds_nothing_of_the_hours_after_it(spark, plant, computed):
    after = Plant(plant.telemetry, plant.errors, plant.maint, plant.failures, plant.machines)
    after.errors = [*plant.errors, (at("2015-01-02 01"), 1, "error5")]
    after.maint = [*plant.maint, (at("2015-01-02 01"), 1, "comp4")]
    after.telemetry = [
        (*row[:2], 1.0, 1.0, 1.0, 1.0) if row[0] > at("2015-01-02 00") else row for row in plant.telemetry
    ]
    perturbed, end = compute(spark, after), seconds("2015-01-02 00")
    assert perturbed[1, end] == computed[1, end]
    assert perturbed[1, seconds("2015-01-02 12")] != computed[1, seconds("2015-01-02 12")]


def test_07_a_probability_belongs_to_the_component_it_is_named_after(trained: TrainedPlant):
    said = label(predict(trained.model, trained.features()), trained.table("failures"), 24)
    for comp in COMPONENTS:
        highest = said.where(f"label_{comp} = 1").agg(*(F.avg(f"prob_{other}") for other in COMPONENTS)).first()
        assert max(highest) == highest[COMPONENTS.index(comp)] > 0.5


def test_08_scoring_needs_no_labels(trained: TrainedPlant):
    assert not [column for column in trained.features().columns if "label" in column or "fail" in column]
    assert predict(trained.model, trained.features().limit(3)).count() == 3


def test_09_a_category_that_training_never_saw_is_scored_by_the_same_encoders(trained: TrainedPlant):
    rows = trained.features().limit(4)
    unseen = [rows.withColumn("model", F.lit(name).cast("string")) for name in ("model99", None)]
    said = [predict(trained.model, one).collect() for one in unseen]
    assert len(said[0]) == 4
    assert said[0] == said[1]


def test_10_windows_whose_outcome_is_not_known_yet_are_not_healthy(spark, trained: TrainedPlant):
    kept = uncensored(trained.features(), seconds("2015-02-10 05"), 24)
    assert kept.agg(F.unix_seconds(F.max("window_end"))).first()[0] == seconds("2015-02-09 00")
    assert trained.result["test_to"] == "2015-02-09T00:00:00Z"


def test_11_a_repeated_run_overwrites_nothing_and_every_row_says_who_when_and_by_which_model(trained: TrainedPlant):
    foretold(trained, "repeated", ("1", "first"), start_date="2015-02-01", to_date="2015-02-03")
    before = trained.table("repeated").orderBy("machineID", "window_end").collect()
    second = score(trained, "repeated", start_date="2015-02-01", to_date="2015-02-04", run_id="second")
    after = trained.table("repeated").orderBy("machineID", "window_end").collect()
    assert [row for row in after if row.run_id == "first"] == before
    added = [row for row in after if row.run_id != "first"]
    assert {(row.run_id, row.model_version) for row in added} == {("second", "1")}
    assert all(row.scored_at is not None for row in added)
    assert len(after) == second["rows"] > len(before) > 0


def test_12_missing_telemetry_is_not_zero(spark):
    gap = Plant(machines=[(1, "model1", 1)]).hourly(1, "2015-01-01 01", 12).hourly(1, "2015-01-02 13", 1)
    rows = compute(spark, gap)
    assert sorted(end for _, end in rows) == [seconds("2015-01-01 12"), seconds("2015-01-03 00")]
    late = rows[1, seconds("2015-01-03 00")]
    assert [late[f"volt_mean_{hours}h"] for hours in features.SENSOR_HOURS] == [None, 170.0, 170.0, 170.0]
    assert [late[f"volt_std_{hours}h"] for hours in features.SENSOR_HOURS] == [None] * 4


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kolkata"])
def test_13_windows_do_not_move_with_the_time_zone_of_the_session(spark, plant, computed, zone):
    spark.conf.set("spark.sql.session.timeZone", zone)
    try:
        bounded = WindowRange(at("2015-01-01 12"), at("2015-01-03 00"))
        assert compute(spark, plant, bounded) == computed
    finally:
        spark.conf.set("spark.sql.session.timeZone", "UTC")


def test_14_a_deviation_is_that_of_the_readings(spark):
    steps = Plant(machines=[(1, "model1", 1)]).hourly(1, "2015-01-01 01", 12).hourly(1, "2015-01-01 13", 12, volt=180.0)
    row = compute(spark, steps)[1, seconds("2015-01-02 00")]
    assert row["volt_std_12h"] == 0.0  # the mean of two deviations of zero is zero as well,
    assert row["volt_std_24h"] == pytest.approx(5.1075, abs=1e-4)  # and the readings differ by ten
