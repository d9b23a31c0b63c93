"""Windows of other lengths, and the times that a run computes."""

from datetime import datetime

import pytest
from small_ledger import entry
from small_plant import Plant, at, by_window, noisy, seconds

from predictive_maintenance import tables
from predictive_maintenance.features import point_in_time as features
from predictive_maintenance.features.feature_engineering import feature_engineering
from predictive_maintenance.landing import ledger
from predictive_maintenance.training import visits
from predictive_maintenance.windows import WindowRange, parse_window_hours


def compute(spark, plant: Plant, hours: int) -> dict:
    frames = plant.frames(spark)
    del frames["failures"]
    return by_window(features.compute(**frames, windows=WindowRange(None, None, hours)))


def test_windows_of_other_lengths_say_the_same_where_they_end_together(spark):
    plant = noisy(machines=1, days=3)
    twelve, three = compute(spark, plant, 12), compute(spark, plant, 3)
    shared = twelve.keys() & three.keys()
    # The telemetry ends within the last window of twelve hours.
    assert len(three) > 3 * len(twelve) and len(shared) == len(twelve) - 1
    assert {key: three[key] for key in shared} == {key: twelve[key] for key in shared}


@pytest.mark.parametrize("text", ["24", "2", "0", "twelve", "12.0"])
def test_a_length_that_the_spans_are_no_multiple_of_is_named(text: str):
    with pytest.raises(ValueError, match=f"^window_hours is '{text}': expected one of 1, 3, 4, 6, 12$"):
        parse_window_hours(text)


@pytest.fixture
def late(spark, schema: str) -> str:
    """Ten days of telemetry that were scored; then an error of the second day and readings of the tenth arrive."""
    plant = Plant(machines=[(1, "model1", 5)]).hourly(1, "2015-03-01 01", 240)
    plant.errors = [(at("2015-03-02 06"), 1, "error1")]
    plant.save(spark, schema)
    where = (spark, "spark_catalog", schema)
    tables.ensure(*where, tables.INGESTED_FILES)
    ledger.record(*where, "first", [entry("telemetry", "2015-03-01 01:00", "2015-03-11 00:00", path="all.csv")])
    ledger.mark_scored(*where, "first")
    news = [("errors", "2015-03-02 06:00", "e.csv"), ("telemetry", "2015-03-10 13:00", "t.csv")]
    ledger.record(*where, "late", [entry(table, first, path=path) for table, first, path in news])
    return schema


def test_of_what_a_run_has_claimed_only_the_windows_that_a_file_touches_are_computed(spark, late: str):
    claim = ledger.claim(spark, "spark_catalog", late, "late")
    assert (claim.start_date, claim.to_date) == ("2015-03-02T12:00:00Z", "2015-03-11T00:00:00Z")
    widgets = {"catalog": "spark_catalog", "schema": late, "features_table": "features", "run_id": "late"}
    done = feature_engineering(spark, **widgets, start_date=claim.start_date, to_date=claim.to_date)
    found = spark.table(f"spark_catalog.{late}.features").collect()
    ends = sorted(row.window_end.strftime("%d %H") for row in found)
    # The error is seen for 48 hours, the readings until the telemetry ends.
    assert ends == ["02 12", "03 00", "03 12", "04 00", "11 00"]
    assert done["rows"] == 5
    assert {row.window_end.strftime("%d %H"): row.error1_count_48h for row in found}["02 12"] == 1


def test_many_separate_times_are_joined_at_the_nearest_so_that_the_plan_stays_small():
    hour = 3600
    ranges = [(day * 100 * hour, day * 100 * hour) for day in range(ledger.MOST_PARTS + 5)]
    joined = ledger._joined(ranges, 12 * hour)
    assert len(joined) == ledger.MOST_PARTS
    assert all(any(first <= one and one <= last for first, last in joined) for one, _ in ranges)


def test_the_rhythm_of_a_plant_is_the_gap_that_most_visits_have(spark):
    visits_of = {1: ["2015-01-01 06", "2015-01-16 06", "2015-01-31 06"], 2: ["2015-01-03 06", "2015-01-18 06"]}
    rows = [
        (at(time), machine, comp) for machine in visits_of for time in visits_of[machine] for comp in ("comp1", "comp3")
    ]
    rows += [(at("2015-01-20 06"), 2, "comp2"), (at("2015-02-20 06"), 1, "comp2"), (at("2015-02-21 06"), 1, "comp2")]
    maint = Plant(maint=rows).frames(spark)["maint"]
    assert visits.cycle_hours(maint, seconds("2015-02-28 00")) == 360
    assert visits.cycle_hours(maint, seconds("2015-01-02 00")) is None


def test_the_rhythm_is_learned_from_the_past_alone(spark):
    known = [(at("2015-01-01 06"), 1, "comp1"), (at("2015-01-16 06"), 1, "comp1")]
    later = [(datetime(2015, 2, day, tzinfo=at("2015-01-01 06").tzinfo), 1, "comp1") for day in range(1, 20)]
    maint = Plant(maint=known + later).frames(spark)["maint"]
    assert visits.cycle_hours(maint, seconds("2015-01-20 00")) == 360
