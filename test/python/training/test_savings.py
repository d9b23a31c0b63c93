"""What a hold-out costs in each way: known answers, and those of a trained plant."""

from __future__ import annotations

import pytest
from trained_plant import TrainedPlant

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.costs import USUAL, Costs
from predictive_maintenance.quality.events import Events
from predictive_maintenance.training.savings import HoldOut, hold_out, spent

COSTS = dict.fromkeys(COMPONENTS, Costs(failure=10.0, intervention=2.0, inspection=1.0))
SILENT = dict.fromkeys(COMPONENTS)

FOUR = HoldOut(
    (1, 2, 3, 4),
    4,
    0.5,
    {
        "model": {(1, "comp1"): Events(1, 1, 1), (2, "comp1"): Events(1, 0), (3, "comp2"): Events(0, 0, 1, 1)},
        "fixed": {(1, "comp1"): Events(1, 0), (2, "comp1"): Events(1, 0)},
        "rule": {(1, "comp1"): Events(1, 1, 4, 3), (2, "comp1"): Events(1, 0)},
        "rhythm": {(4, "comp1"): Events(6, 6)},
        "run_to_failure": {(1, "comp1"): Events(1), (2, "comp1"): Events(1)},
    },
    {**SILENT, "comp1": 3},
)
"""Four machines for half a month: one failure that the model warns of, one that it does not, one false alarm."""


def test_each_way_costs_what_happens_in_it_per_machine_and_month():
    assert FOUR.figures("comp1", COSTS["comp1"]) == {
        "failures": 2,
        "warned": 1,
        "false_alarms": 0,
        "false_alarms_per_machine_month": 0.0,
        "cost": (2 + 10) / 2,
        "cost_fixed": 20 / 2,
        "cost_rule": (2 + 3 + 10) / 2,
        "cost_rhythm": 12 / 2,
        "cost_run_to_failure": 20 / 2,
        "rhythm_days": 21,
    }
    assert FOUR.figures("comp2", COSTS["comp2"])["cost"] == 0.5
    free = dict.fromkeys(("cost", "cost_fixed", "cost_rule", "cost_rhythm", "cost_run_to_failure"), 0)
    assert (free | {"failures": 0, "rhythm_days": None}).items() <= FOUR.figures("comp3", COSTS["comp3"]).items()


def test_savings_are_differences_to_the_model_over_all_components_with_their_intervals():
    found = FOUR.savings(COSTS)
    values = {way: its["value"] for way, its in found["costs"].items()}
    assert values == {"model": 6.5, "fixed": 10.0, "rule": 7.5, "rhythm": 6.0, "run_to_failure": 10.0}
    assert {way: its["value"] for way, its in found["savings"].items()} == {
        "fixed": 3.5,
        "rule": 1.0,
        "rhythm": -0.5,
        "run_to_failure": 3.5,
    }
    for its in (*found["costs"].values(), *found["savings"].values()):
        assert its["low"] <= its["value"] <= its["high"]


def test_what_costs_nothing_saves_nothing():
    free = FOUR.savings(dict.fromkeys(COMPONENTS, Costs(0, 0, 0)))
    nothing = {"value": 0.0, "low": 0.0, "high": 0.0}
    assert all(its == nothing for kind in free.values() for its in kind.values())


def test_a_machine_that_fails_without_a_window_costs_and_is_not_judged():
    unseen = HoldOut((1, 2), 1, 1.0, {way: {(2, "comp1"): Events(1)} for way in FOUR.events}, SILENT)
    assert unseen.savings(COSTS)["costs"]["model"]["value"] == 5.0
    assert unseen.quality("comp1").machine_months == 1.0


@pytest.fixture(scope="module")
def happened(trained: TrainedPlant) -> HoldOut:
    data = trained.dataset
    test = data.rows.where(data.split.test.holds()).selectExpr("*", *(f"false AS rule_{comp}" for comp in COMPONENTS))
    return hold_out(data, trained.model.transform(test))


def test_a_rule_that_never_warns_is_as_dear_as_running_to_failure(happened: HoldOut):
    found = happened.savings(USUAL)["costs"]
    assert found["rule"] == found["run_to_failure"]
    assert found["model"]["value"] < found["run_to_failure"]["value"]
    failures = sum(happened.quality(comp).failures for comp in COMPONENTS)
    expected = failures * 10_000 / 5 / happened.months
    assert found["run_to_failure"]["value"] == pytest.approx(expected, abs=0.01)


def test_training_says_what_the_hold_out_costs_and_the_gate_measures_the_same(trained: TrainedPlant, happened: HoldOut):
    metrics = trained.result["metrics"]
    assert metrics["costs"]["model"] == happened.savings(USUAL)["costs"]["model"]
    assert sum(metrics[comp]["cost"] for comp in COMPONENTS) == pytest.approx(
        metrics["costs"]["model"]["value"], abs=0.05
    )
    data = trained.dataset
    said = trained.model.transform(data.rows.where(data.split.test.holds()))
    assert spent(data, said) == pytest.approx(metrics["costs"]["model"]["value"], abs=0.01)


def test_a_failure_that_costs_as_much_as_an_intervention_leaves_nothing_to_save(
    trained: TrainedPlant, happened: HoldOut
):
    equal = happened.savings(dict.fromkeys(COMPONENTS, Costs(2_000, 2_000, 0)))["savings"]["run_to_failure"]
    assert equal == {"value": 0.0, "low": 0.0, "high": 0.0}
