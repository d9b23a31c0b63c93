"""Scoring: what each version of the model says of each window, written once."""

from dataclasses import replace

import pytest
from pyspark.sql import functions as F
from small_plant import by_window
from trained_plant import TrainedPlant, score

from predictive_maintenance import tables
from predictive_maintenance.contract import COMPONENTS, NO_CHAMPION
from predictive_maintenance.features.feature_engineering import read
from predictive_maintenance.landing import ledger
from predictive_maintenance.quality.labels import label
from predictive_maintenance.scoring.predict import predict
from predictive_maintenance.windows import WindowRange

WINDOWS = 5 * 6
DONE = {"status": "scored", "freshness_p95_seconds": None}
"""The end of a run that had no file to mark."""


@pytest.fixture(scope="module")
def result(trained: TrainedPlant) -> dict:
    """What a run says that scores into the table `scored`; other tests have scored into others, with the same list."""
    trained.spark.sql(f"DROP TABLE IF EXISTS spark_catalog.{trained.schema}.work_list")
    return score(trained, "scored")


def test_every_window_of_the_range_is_scored(trained: TrainedPlant, result: dict):
    rows = by_window(trained.table("scored"))
    alerts = [row["predicted"] for row in rows.values() if row["predicted"] != "none"]
    work = {"new_work": result["new_work"], "new_work_count": len(result["new_work"])}
    assert result == {"rows": WINDOWS, "alerts": len(alerts), "model_version": "1"} | DONE | work
    assert len(rows) == WINDOWS
    assert set(alerts) <= set(COMPONENTS)
    for row in rows.values():
        assert (row["model_version"], row["run_id"], row["month"]) == ("1", "one", "2015-02")
        assert all(0 <= row[f"prob_{comp}"] <= 1 for comp in COMPONENTS)


@pytest.mark.usefixtures("result")
def test_warnings_come_true(trained: TrainedPlant):
    """The chain from raw rows to predictions finds the failures of the days that the model has not seen."""
    labelled = by_window(label(trained.table("scored"), trained.table("failures"), 24))
    said = {(key, comp) for key, row in labelled.items() for comp in row["predicted"].split("|") if comp != "none"}
    true = {(key, comp) for key, row in labelled.items() for comp in COMPONENTS if row[f"label_{comp}"] == 1.0}
    assert len(true) > 0
    assert len(said & true) >= 0.75 * len(said | true)


def test_what_warns_is_on_the_work_list(trained: TrainedPlant, result: dict):
    warned = {
        (row["machineID"], comp)
        for row in by_window(trained.table("scored")).values()
        for comp in row["predicted"].split("|")
    }
    listed = trained.table("work_list").where(F.col("outcome").isNull() | (F.col("outcome") != "missed")).collect()
    assert {(item.machineID, item.component) for item in listed} == {one for one in warned if one[1] != "none"}
    assert {(item["machineID"], item["component"]) for item in result["new_work"]} == {
        (item.machineID, item.component) for item in listed if item.status == "open"
    }


@pytest.mark.usefixtures("result")
def test_compiled_the_model_says_the_same(trained: TrainedPlant, generated_code):
    compiled = by_window(predict(trained.model, trained.features()))
    scored = by_window(trained.table("scored"))
    assert len(scored) == WINDOWS
    for window, row in scored.items():
        assert compiled[window].items() <= row.items()


def test_a_range_reads_only_its_windows_and_open_bounds_are_allowed(trained: TrainedPlant):
    later = WindowRange.parse("2015-02-10T00:00:00Z", "")
    assert read(trained.spark, "spark_catalog", trained.schema, "features", later).count() == 2 * 5
    assert score(trained, "none", start_date="2019-01-01", to_date="2019-02-01")["rows"] == 0


def test_without_a_champion_nothing_is_scored_and_the_backlog_stays(trained: TrainedPlant, monkeypatch):
    marked = []
    monkeypatch.setattr(ledger, "mark_scored", lambda *names: marked.append(names[-1]))
    nothing = {"rows": 0, "alerts": 0, "model_version": "", "status": NO_CHAMPION, "freshness_p95_seconds": None}
    nothing |= {"new_work": [], "new_work_count": 0}
    assert score(trained, "scored", model_name="spark_catalog.plant.unknown", run_id="early") == nothing
    assert marked == []
    score(trained, "scored", run_id="late", start_date="", to_date="")
    assert marked == ["late"]


def test_simultaneous_warnings_are_joined_in_the_order_of_the_components(trained: TrainedPlant):
    model = replace(trained.model, thresholds=dict(zip(COMPONENTS, (0.999999, 0.000001, 0.999999, 0.000001))))
    said = predict(model, trained.features()).where("greatest(prob_comp1, prob_comp3) < 0.9")
    both = said.where("prob_comp2 > 0 AND prob_comp4 > 0").select("predicted").distinct().collect()
    assert [row.predicted for row in both] == ["comp2|comp4"] or both == []
    expected = F.when((F.col("prob_comp2") > 0) & (F.col("prob_comp4") > 0), "comp2|comp4")
    expected = expected.when(F.col("prob_comp2") > 0, "comp2").when(F.col("prob_comp4") > 0, "comp4").otherwise("none")
    assert said.where(F.col("predicted") != expected).count() == 0


def test_a_malformed_range_is_named(trained: TrainedPlant):
    with pytest.raises(
        ValueError, match=r"^to_date is 'now': expected a time such as 2015-10-31T12:00:00Z, or nothing$"
    ):
        score(trained, "scored", to_date="now")


@pytest.mark.usefixtures("result")
def test_predictions_have_the_columns_of_the_contract(trained: TrainedPlant):
    columns = [column.split()[0] for column in tables.PREDICTIONS.columns.split(", ")]
    assert trained.table("scored").columns == columns
