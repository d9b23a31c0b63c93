"""The examination notebooks, each run as a whole on a small plant with a champion and predictions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import notebook
import pytest
from recorder import Recorder
from trained_plant import MODEL_NAME, foretold

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.tables import RAW

EXPLORE = Path(__file__).resolve().parents[3] / "notebooks" / "explore"


@pytest.fixture(scope="module")
def explore(trained) -> Iterator:
    """Runs a notebook on the trained and scored plant: its exit value, and the items that it shows."""
    usual = {"catalog": "spark_catalog", "schema": trained.schema, "model_name": MODEL_NAME}
    foretold(trained, "predictions", ("1", "explored"))
    before = matplotlib.get_backend()

    def run(name: str, **widgets: str) -> tuple[dict, list[dict]]:
        items: list[dict] = []
        value = notebook.run(EXPLORE / f"{name}.py", trained.spark, usual | widgets, Recorder(items.append))
        return json.loads(value), items

    yield run
    matplotlib.use(before)


def pictures(items: list[dict]) -> int:
    return sum("picture" in item for item in items)


def test_the_raw_data_are_counted_and_a_failure_is_looked_at(explore, trained):
    found, items = explore("1a_raw_data_exploring")
    assert found["rows"] == {table.name: trained.table(table.name).count() for table in RAW}
    assert found["failures"] == {"comp1": 5, "comp2": 5, "comp3": 5, "comp4": 4}
    assert found["example"] == {"machine": 4, "failed_at": "2015-02-09T06:00:00Z", "component": "comp3"}
    assert pictures(items) == 5


def test_another_machine_can_be_looked_at_if_it_failed(explore):
    found, _ = explore("1a_raw_data_exploring", machine="2")
    assert found["example"]["machine"] == 2
    with pytest.raises(ValueError, match=r"^machine 99 never failed$"):
        explore("1a_raw_data_exploring", machine="99")
    with pytest.raises(ValueError, match=r"^machine is 'all': expected its number, or nothing$"):
        explore("1a_raw_data_exploring", machine="all")


@pytest.mark.parametrize(
    ("horizon", "last", "failing"),
    [("24", "2015-02-09T00:00:00Z", (10, 10, 10, 8)), ("48", "2015-02-08T00:00:00Z", (20, 20, 18, 16))],
)
def test_features_are_examined_on_windows_of_known_outcome(explore, trained, horizon, last, failing):
    found, items = explore("2a_feature_exploration", horizon_hours=horizon)
    assert found["to_date"] == last
    assert found["windows"] == trained.features().where(f"window_end <= '{last}'").count()
    assert found["failing"] == dict(zip(COMPONENTS, failing))
    assert pictures(items) == 6


def test_the_champion_is_tested_on_its_hold_out(explore, trained):
    found, items = explore("2b_model_testing")
    assert (found["start_date"], found["to_date"]) == (trained.result["test_from"], trained.result["test_to"])
    assert found["macro_f1"] == trained.result["metrics"]["macro_f1"]
    assert found["rule_macro_f1"] == trained.result["metrics"]["rule_macro_f1"]
    for comp in COMPONENTS:
        its = trained.result["metrics"][comp]
        assert found["components"][comp]["pr_auc"] == its["pr_auc"]
        assert found["components"][comp]["failures"] >= found["components"][comp]["warned"]
    assert pictures(items) == 4


def test_predictions_are_held_against_the_failures_since(explore, trained):
    found, items = explore("3b_model_scoring_evaluation")
    assert found["start_date"] == trained.result["test_from"]
    assert found["macro_f1"] == trained.result["metrics"]["macro_f1"]
    assert pictures(items) == 3


def test_windows_without_a_known_outcome_cannot_be_examined(explore):
    with pytest.raises(ValueError, match=r"^none of these windows has a known outcome at a horizon of 24 h"):
        explore("3b_model_scoring_evaluation", start_date="2015-02-09T12:00:00Z")


def test_a_model_without_a_champion_cannot_be_tested(explore):
    with pytest.raises(ValueError, match=r"^the model has no champion yet: run training first$"):
        explore("2b_model_testing", model_name="spark_catalog.plant.unknown")
