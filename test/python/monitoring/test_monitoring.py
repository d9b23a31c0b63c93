"""The table `monitoring`: what a run took in and said, how far its data are from the training, and what came true."""

import math
import time
from dataclasses import replace

import pytest
from pyspark.sql import functions as F
from small_ledger import entry
from trained_plant import TrainedPlant, foretold, score

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.landing import ledger
from predictive_maintenance.landing.ledger import NO_END
from predictive_maintenance.monitoring import drift, monitoring
from predictive_maintenance.scoring.follow_up import follow_up
from predictive_maintenance.tables import MONITORING, PREDICTIONS
from predictive_maintenance.work.work_list import NONE_OPENED, WorkList

ALL = {"start_date": "", "to_date": "2015-02-10T12:00:00Z"}


def rows_of(trained: TrainedPlant, run_id: str) -> list:
    return trained.table("monitoring").where(F.col("run_id") == run_id).collect()


@pytest.fixture(scope="module")
def said(trained: TrainedPlant) -> dict:
    """What a run says that finishes one file, of a run that was killed before it could mark it."""
    at = (trained.spark, "spark_catalog", trained.schema)
    ledger.record(*at, "history", [entry("telemetry", "2015-02-10 04:00", path="history.csv")])
    ledger.mark_scored(*at, "history", (0, NO_END))
    ledger.record(*at, "killed", [entry("telemetry", "2015-02-10 05:00", landed=time.time_ns() // 1000)])
    foretold(trained, "watched", ("1", "killed"), **ALL)
    ledger.claim(*at, "watch")
    return score(trained, "watched", run_id="watch", **ALL)


@pytest.fixture
def scored(trained: TrainedPlant, said: dict) -> TrainedPlant:
    return trained


def test_a_run_has_one_row_and_one_exit_however_often_it_is_repeated(scored: TrainedPlant, said: dict):
    (first,) = rows_of(scored, "watch")
    assert score(scored, "watched", run_id="watch", **ALL) == said
    assert rows_of(scored, "watch") == [first]


def test_windows_alerts_and_their_rate_are_those_of_the_predictions(scored: TrainedPlant):
    (row,) = rows_of(scored, "watch")
    said = scored.table("watched")
    assert (row.windows, row.model_version) == (said.count(), "1")
    assert row.alerts == said.where("predicted != 'none'").count()
    assert row.prediction_rate == pytest.approx(row.alerts / row.windows)


def test_the_files_that_a_run_scored_and_how_long_they_waited_are_in_its_row_and_its_exit(
    scored: TrainedPlant, said: dict
):
    (row,) = rows_of(scored, "watch")
    assert row.files_scored == 1
    assert row.freshness_p95_seconds > 0
    assert row.freshness_median_seconds == row.freshness_longest_seconds == row.freshness_p95_seconds
    assert said["freshness_p95_seconds"] == row.freshness_p95_seconds


def test_predictions_of_a_run_that_was_killed_count_from_when_they_were_there_and_by_the_run_that_goes_on(
    scored: TrainedPlant,
):
    [predicted] = scored.table("watched").select("run_id", "scored_at").distinct().collect()
    [file] = scored.table("freshness").select("scored_by", "scored_at").collect()
    assert (predicted.run_id, file.scored_by, file.scored_at) == ("killed", "watch", predicted.scored_at)


def test_a_run_that_is_killed_before_it_marks_its_files_is_not_recorded(scored: TrainedPlant, monkeypatch):
    def killed(*_: object) -> None:
        raise InterruptedError

    monkeypatch.setattr(ledger, "mark_scored", killed)
    work = WorkList(scored.spark, "spark_catalog", scored.schema, "killed")
    of = {"version": "1", "summary": {"metrics": {}}, "scored": scored.features(), "predicted_before": {}}
    found = {"rows": 10, "alerts": 1, "first": 0, "last": 0}
    with pytest.raises(InterruptedError):
        follow_up(work, lambda: NONE_OPENED, replace(PREDICTIONS, name="watched"), found=found, **of)
    assert rows_of(scored, "killed") == []


def test_realised_precision_and_recall_are_counted_over_windows_whose_outcome_is_known(scored: TrainedPlant):
    (row,) = rows_of(scored, "watch")
    assert set(row.recall) == set(COMPONENTS)
    assert all(0.7 <= row.recall[comp] <= 1 for comp in COMPONENTS)
    assert all(0.7 <= row.precision[comp] <= 1 for comp in COMPONENTS)


def test_windows_like_those_of_the_training_have_not_drifted(scored: TrainedPlant):
    (row,) = rows_of(scored, "watch")
    assert {f"{sensor}_mean_24h" for sensor in ("volt", "rotate", "pressure", "vibration")} < set(row.drift)
    assert all(row.drift[f"{sensor}_mean_24h"] < 0.1 for sensor in ("volt", "rotate", "pressure", "vibration"))
    assert row.drift_max == max(row.drift.values())


def test_a_sensor_that_moves_is_seen_and_the_others_are_not_blamed(scored: TrainedPlant):
    known = drift.baseline(scored.features())
    moved = scored.features().withColumn("volt_mean_24h", F.col("volt_mean_24h") + 20)
    found = drift.stability(moved, known)
    assert found["volt_mean_24h"] > 1
    assert max(value for name, value in found.items() if name != "volt_mean_24h") == 0


def test_a_sensor_that_falls_silent_is_seen(scored: TrainedPlant):
    known = drift.baseline(scored.features())
    silent = scored.features().withColumn("volt_mean_24h", F.lit(None).cast("double"))
    assert drift.stability(silent, known)["volt_mean_24h"] > 1


def test_the_index_is_that_of_the_definition(spark):
    """Sum over buckets of (found - expected) * ln(found / expected)."""
    expected, found = [0.0, 0.5, 0.5], [0.0, 0.25, 0.75]
    by_hand = (0.25 - 0.5) * math.log(0.25 / 0.5) + (0.75 - 0.5) * math.log(0.75 / 0.5)
    assert drift._index(expected, found) == pytest.approx(by_hand)


def test_the_model_of_an_older_release_has_no_baseline_and_still_scores(scored: TrainedPlant):
    assert drift.stability(scored.features(), {}) == {}
    run = (scored.spark, "spark_catalog", scored.schema, "older")
    seen = {"summary": {"metrics": {}}, "scored": scored.features(), "last": 0, "predictions": MONITORING}
    found = {"rows": 10, "alerts": 1, "first": 0, "last": 0}
    monitoring.record(*run, version="1", found=found, observed=monitoring.observe(*run, **seen))
    (row,) = rows_of(scored, "older")
    assert (row.drift, row.drift_max, row.precision, row.recall) == ({}, None, {}, {})


def test_people_see_what_was_said_last_of_each_window(scored: TrainedPlant):
    said, current = scored.table("watched"), scored.table("current_watched")
    assert current.columns == said.columns
    assert current.count() == said.select("machineID", "window_end").distinct().count()
    newer = said.limit(3).withColumns(
        {
            "model_version": F.lit("10"),
            "predicted": F.lit("comp2|comp3"),
            "scored_at": F.col("scored_at") + F.expr("INTERVAL 1 DAY"),
        }
    )
    newer.write.format("delta").mode("append").saveAsTable(f"spark_catalog.{scored.schema}.watched")
    assert scored.table("current_watched").where("predicted = 'comp2|comp3' AND model_version = '10'").count() == 3
    assert scored.table("current_watched").count() == current.count()
