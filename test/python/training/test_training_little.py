"""One machine, of which one component failed, and not in the hold-out: no figures, and everybody is told so."""

from __future__ import annotations

import json
import sys

import matplotlib
import notebook
import pytest
from conftest import ROOT, new_schema
from recorder import Recorder
from small_plant import failing_plant
from trained_plant import TrainedPlant

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.scoring.scoring import scoring

sys.path[:0] = [str(ROOT / "operations" / "model")]
import model  # noqa: E402

FEW = "0, of 10 that show how good it is"


@pytest.fixture(scope="module")
def little(spark, mlflow_runs) -> TrainedPlant:
    plant = failing_plant(machines=1, days=26, components=["comp1"]).hourly(1, "2015-01-27 06", 14 * 24)
    return TrainedPlant(spark, new_schema(spark), plant, "spark_catalog.plant.little")


def test_the_first_model_scores_and_says_that_nothing_shows_how_good_it_is(little: TrainedPlant):
    result = little.result
    assert (result["model_version"], result["promoted"], result["evidence"]) == (
        "1",
        True,
        f"failures in the hold-out: {FEW}",
    )
    assert result["reason"] == f"the first model, compared with none; failures in the hold-out: {FEW}"
    assert result["metrics"]["macro_f1"] is None
    assert [result["metrics"][comp]["recall"] for comp in COMPONENTS] == [None] * 4


def test_the_next_one_is_not_promoted_because_there_is_nothing_to_compare_by(little: TrainedPlant):
    second = little.train(to_date="2015-02-08")
    assert (second["model_version"], second["promoted"]) == ("2", False)
    assert second["reason"].endswith(": nothing to compare by")


def test_the_status_shows_the_failures_of_each_version_and_a_caution(little: TrainedPlant):
    head, *rows, rests = model.main(["status", "--model", little.model_name, "--by", "ada"]).splitlines()
    assert "failures" in head
    assert [row[head.index("failures") :].split()[0] for row in rows] == ["0"] * len(rows)
    assert rests == f"version 1 scores; failures in the hold-out: {FEW}"


def test_the_notebooks_show_it_without_a_traceback(little: TrainedPlant):
    usual = {"catalog": "spark_catalog", "schema": little.schema, "model_name": little.model_name}
    tables = {"features_table": "features", "results_data": "predictions"}
    scored = scoring(little.spark, **usual, **tables, start_date="2015-01-01", to_date="", run_id="little")
    assert scored["rows"] == little.features().count()
    before = matplotlib.get_backend()
    for name in ("2b_model_testing", "3b_model_scoring_evaluation"):
        items: list[dict] = []
        file = ROOT / "notebooks" / "explore" / f"{name}.py"
        found = json.loads(notebook.run(file, little.spark, usual, Recorder(items.append)))
        assert (found["failures"], found["macro_f1"]) == (0, None)
        assert any(f"failures in these windows: {FEW}" in item.get("text", "") for item in items)
    matplotlib.use(before)
