"""What a trained model tells of itself: its thresholds, and which inputs its trees look at."""

import pytest

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.features.inputs import INPUTS, INTO_CYCLE
from predictive_maintenance.training import pipeline


def test_the_thresholds_are_those_that_training_chose(trained):
    chosen = {comp: trained.result["metrics"][comp]["threshold"] for comp in COMPONENTS}
    assert trained.model.thresholds == pytest.approx(chosen)


def test_every_input_and_every_machine_model_has_an_importance(trained):
    importances = pipeline.importances(trained.model.pipeline)
    for comp in COMPONENTS:
        assert list(importances[comp]) == [*INPUTS, INTO_CYCLE, "model=model1", "model=model2"]
        assert sum(importances[comp].values()) == pytest.approx(1)


def test_the_trees_of_a_component_look_at_its_own_sensor_or_error_first(trained):
    own = {"comp1": ("volt", "error1"), "comp2": ("rotate", "error2", "error3"), "comp3": ("pressure", "error4")}
    importances = pipeline.importances(trained.model.pipeline)
    for comp, names in own.items():
        first = max(importances[comp], key=importances[comp].get)
        assert any(name in first for name in names), (comp, first)
