"""Features: one row per machine and window, from what was known at its end."""

from datetime import timedelta
from statistics import mean, stdev

import pytest
from pyspark.sql import functions as F
from small_plant import Plant, at, by_window, noisy, seconds

from predictive_maintenance.features import point_in_time as features
from predictive_maintenance.features.feature_engineering import feature_engineering
from predictive_maintenance.landing import ledger
from predictive_maintenance.windows import WindowRange

ALL = WindowRange(None, None)


def compute(spark, plant: Plant, windows: WindowRange = ALL) -> dict:
    frames = plant.frames(spark)
    del frames["failures"]
    return by_window(features.compute(**frames, windows=windows))


@pytest.fixture(scope="module")
def plant() -> Plant:
    return noisy()


@pytest.fixture(scope="module")
def computed(spark, plant: Plant) -> dict:
    return compute(spark, plant)


def test_statistics_are_those_of_the_readings_of_each_span(plant, computed):
    assert len(computed) == 2 * 9
    for (machine, end), row in computed.items():
        for hours in (3, 12, 24, 36):
            seen = [r for r in plant.telemetry if r[1] == machine and end - hours * 3600 < r[0].timestamp() <= end]
            for position, sensor in enumerate(features.SENSORS, start=2):
                values = [reading[position] for reading in seen]
                found = [row[f"{sensor}_{statistic}_{hours}h"] for statistic in features.STATISTICS]
                if not values:
                    assert found == [None] * 4
                    continue
                assert found[0] == pytest.approx(mean(values))
                assert found[1] == (pytest.approx(stdev(values)) if len(values) > 1 else None)
                assert found[2:] == [min(values), max(values)]


def test_errors_are_counted_in_the_last_day_and_the_last_two(plant, computed):
    for (machine, end), row in computed.items():
        for error in features.ERRORS:
            ages = [(end - r[0].timestamp()) / 3600 for r in plant.errors if r[1] == machine and r[2] == error]
            for hours in (24, 48):
                assert row[f"{error}_count_{hours}h"] == sum(0 <= age < hours for age in ages)
            assert row[f"hours_since_{error}"] == min((age for age in ages if 0 <= age < 48), default=None)


def test_the_order_and_the_layout_of_the_rows_change_no_bit(spark, plant, computed):
    frames = {name: rows.orderBy(F.rand(3)).repartition(7) for name, rows in plant.frames(spark).items()}
    del frames["failures"]
    assert by_window(features.compute(**frames, windows=ALL)) == computed


def test_compiled_they_have_the_same_bits(spark, plant, computed, generated_code):
    assert compute(spark, plant) == computed


def test_a_sensor_that_stands_still_deviates_by_nothing(spark):
    plant = Plant(machines=[(1, "model1", 1)]).hourly(1, "2015-01-01 01", 36, volt=170.123456789, vibration=79.9)
    row = compute(spark, plant)[1, seconds("2015-01-02 12")]
    assert [row[f"{sensor}_std_36h"] for sensor in features.SENSORS] == [0.0] * 4
    assert row["volt_mean_36h"] == pytest.approx(170.123456789, rel=1e-14)


def test_an_observation_at_the_end_of_a_window_belongs_to_it(spark):
    plant = Plant(machines=[(1, "model1", 1)]).hourly(1, "2015-01-01 12", 2)
    assert sorted(end for _, end in compute(spark, plant)) == [seconds("2015-01-01 12"), seconds("2015-01-02 00")]


def test_a_range_of_windows_is_computed_as_within_the_whole_history(spark, plant, computed):
    first, last = at("2015-02-02 00"), at("2015-02-03 00")
    expected = {key: row for key, row in computed.items() if first.timestamp() <= key[1] <= last.timestamp()}
    assert len(expected) == 2 * 3
    assert compute(spark, plant, WindowRange(first, last)) == expected


def test_what_comes_after_a_window_changes_nothing_in_it(spark, plant, computed):
    now = at("2015-02-02 12")
    future = Plant(
        telemetry=[(r[0], r[1], 1.0, 2.0, 3.0, 4.0) if r[0] > now else r for r in plant.telemetry],
        errors=[r for r in plant.errors if r[0] <= now] + [(now + timedelta(seconds=1), 1, "error1")],
        maint=[r for r in plant.maint if r[0] <= now] + [(now + timedelta(hours=2), 2, "comp1")],
        machines=plant.machines,
    )
    perturbed = compute(spark, future)
    past = [key for key in computed if key[1] <= now.timestamp()]
    assert {key: perturbed[key] for key in past} == {key: computed[key] for key in past}
    assert perturbed != computed


def test_a_machine_that_is_not_announced_has_features_without_model_and_age(spark):
    row = compute(spark, Plant().hourly(5, "2015-01-01 06", 3))[5, seconds("2015-01-01 12")]
    assert (row["model"], row["age"], row["volt_mean_12h"]) == (None, None, 170.0)


def test_a_sensor_that_fell_silent_keeps_the_longer_spans_and_has_no_zero(spark):
    plant = Plant(machines=[(1, "model1", 1)]).hourly(1, "2015-01-01 01", 12)
    plant.telemetry += [(at("2015-01-01 20"), 1, None, 450.0, 100.0, 40.0)]
    row = compute(spark, plant)[1, seconds("2015-01-02 00")]
    assert [row[f"volt_mean_{hours}h"] for hours in (3, 12, 24, 36)] == [None, None, 170.0, 170.0]
    assert [row[f"rotate_mean_{hours}h"] for hours in (3, 12)] == [None, 450.0]


def engineer(spark, schema: str, start_date: str = "2015-01-01", to_date: str = "") -> dict:
    return feature_engineering(
        spark, catalog="spark_catalog", schema=schema, features_table="features", start_date=start_date, to_date=to_date
    )


def written(spark, schema: str) -> tuple[int, int]:
    """Rows updated and inserted by the last write to the features table."""
    history = spark.sql(f"DESCRIBE HISTORY spark_catalog.{schema}.features LIMIT 1").first().operationMetrics
    return int(history["numTargetRowsUpdated"]), int(history["numTargetRowsInserted"])


def test_only_windows_that_changed_are_written_and_none_that_another_run_has_computed_from_a_later_ledger(
    spark, schema, plant, monkeypatch
):
    plant.save(spark, schema)
    everything = {"rows": 18, "start_date": "2015-01-31T12:00:00Z", "to_date": "2015-02-04T12:00:00Z"}
    assert engineer(spark, schema) == everything
    assert written(spark, schema) == (0, 18)

    late = (at("2015-02-02 01"), 2, "error5")
    Plant(errors=[late]).frames(spark)["errors"].write.format("delta").mode("append").saveAsTable(f"{schema}.errors")
    with monkeypatch.context() as earlier:
        earlier.setattr(ledger, "version", lambda *_: -1)
        assert engineer(spark, schema) == everything
    assert written(spark, schema) == (0, 0)
    assert engineer(spark, schema) == everything
    assert written(spark, schema) == (4, 0)


def test_without_a_range_nothing_is_computed(spark, schema):
    assert engineer(spark, schema, "", "") == {"rows": 0, "start_date": "", "to_date": ""}


def test_a_malformed_range_is_named(spark, schema):
    Plant().save(spark, schema)
    with pytest.raises(
        ValueError, match=r"^start_date is 'yesterday': expected a time such as 2015-10-31T12:00:00Z, or"
    ):
        engineer(spark, schema, "yesterday")
    with pytest.raises(ValueError, match=r"^start_date is '2015-02-01', later than to_date '2015-01-01'$"):
        engineer(spark, schema, "2015-02-01", "2015-01-01")
