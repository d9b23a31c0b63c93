"""Figures out of a few numbers: each is drawn, also where there is little to draw, and says what was given to it."""

from __future__ import annotations

import io
import warnings
from datetime import timedelta

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from small_plant import at

from predictive_maintenance.charts import features, plant, quality
from predictive_maintenance.quality.evaluation import Bin, curve
from predictive_maintenance.quality.events import EventQuality

COUNTED = {"comp1": [Bin(900, True, 3, 1), Bin(300, False, 1, 0), Bin(0, False, 0, 95)], "comp2": [Bin(0, False, 0, 9)]}
UNITS = {"volt": "V", "rotate": "rpm"}


def axes(figure: Figure) -> list[Axes]:
    """The panels that show something; the figure is drawn, without a warning of matplotlib."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        figure.savefig(io.BytesIO(), format="png")
    return [panel for panel in figure.axes if panel.axison]


def titles(figure: Figure) -> list[str]:
    return [panel.get_title() for panel in axes(figure)]


def heights(panel: Axes) -> list[float]:
    return [patch.get_height() for patch in panel.patches]


def test_a_curve_is_recall_and_precision_from_the_surest_warning_on():
    assert curve(COUNTED["comp1"]) == [(0.75, 0.75), (1.0, 0.8), (1.0, 0.04)]
    assert curve(COUNTED["comp2"]) == []


def test_what_the_decisions_come_to_is_marked_on_the_curve():
    figure = quality.precision_recall(COUNTED, {"comp1": 0.62, "comp2": 0.5})
    assert titles(figure) == ["comp1: PR-AUC 0.762", "comp2: no failure"]
    _, mark = figure.axes[0].lines
    assert mark.get_xydata().tolist() == [[0.75, 0.75]]
    assert mark.get_label() == "threshold 0.620: F1 0.750"


def test_a_component_that_is_never_warned_of_has_a_curve_without_a_mark():
    [panel] = axes(quality.precision_recall({"comp1": [Bin(300, False, 2, 0), Bin(0, False, 0, 5)]}))
    assert len(panel.lines) == 1


def test_model_and_rule_stand_beside_each_other():
    undefined = {"precision": None, "recall": 0.0, "f1": 0.0}
    found = axes(
        quality.model_beside_rule({"comp1": {"precision": 0.9, "recall": 0.8, "f1": 0.7}}, {"comp1": undefined})
    )
    assert [panel.get_title() for panel in found] == ["precision", "recall", "F1"]
    assert heights(found[0])[0] == 0.9
    assert heights(found[2]) == [0.7, 0.0]


def test_the_most_important_inputs_come_first():
    [panel] = axes(quality.importances({"comp1": {"a": 0.1, "b": 0.6, "c": 0.3}}, most=2))
    assert [label.get_text() for label in panel.get_yticklabels()] == ["b", "c"]


def test_what_was_said_and_what_failed_are_dots_for_each_horizon_beside_the_line_of_both():
    tenths = [{"said": 0.01, "failed": 0.0, "windows": 90}, {"said": 0.92, "failed": 0.9, "windows": 10}]
    horizons = [
        {"hours": hours, "brier": 0.01, "calibration_error": 0.01, "reliability": its}
        for hours, its in ((24, tenths), (48, []))
    ]
    [panel] = axes(quality.reliability({"comp1": horizons}))
    line, near, far = panel.lines
    assert line.get_xydata().tolist() == [[0, 0], [1, 1]]
    assert near.get_xydata().tolist() == [[0.01, 0.0], [0.92, 0.9]]
    assert [near.get_label(), far.get_label(), len(far.get_xydata())] == ["24 h", "48 h", 0]


def test_failures_are_split_into_warned_and_missed():
    figure = quality.failure_events({"comp1": EventQuality(5, 3, 4, 2, 8.0), "comp2": EventQuality(0, 0, 0, 0, 0.0)})
    failures, alarms = axes(figure)
    assert heights(failures) == [3, 0, 2, 0]
    assert heights(alarms) == [0.25, 0]


def test_probabilities_are_counted_by_what_came_true():
    assert titles(quality.probabilities(COUNTED)) == ["comp1", "comp2"]


def test_machines_of_the_same_age_are_stacked():
    [panel] = axes(plant.ages({"model1": {3: 2}, "model2": {3: 1, 7: 4}}))
    assert [(patch.get_y(), patch.get_height()) for patch in panel.patches] == [(0, 2), (2, 1), (0, 4)]


def test_events_and_sensors_have_a_panel_each():
    assert titles(plant.event_counts({"errors": {"error1": 4}, "failures": {}})) == ["errors", "failures"]
    assert titles(plant.distributions({"volt": ([0.0, 1.0, 2.0], [3, 4])}, UNITS)) == ["volt"]


def test_events_are_lines_across_all_sensors_of_a_machine_and_a_missing_reading_is_a_gap():
    times = [at("2015-01-01 06") + timedelta(hours=hour) for hour in range(3)]
    events = [(times[1], "failures", "comp1"), (times[1], "maint", "comp1"), (times[0], "errors", "error1")]
    first, second = axes(plant.traces(times, {"volt": [1.0, None, 3.0], "rotate": [1.0, 2.0, 3.0]}, UNITS, events))
    assert [text.get_text() for text in first.texts] == ["comp1 failed\ncomp1 replaced", "error1"]
    assert len(first.lines) == len(second.lines) == 4


@pytest.mark.parametrize(
    ("failing", "shown"), [([1.0, 2.0, 3.0, 4.0, 5.0], ["healthy", "comp1 fails"]), (None, ["healthy"])]
)
def test_boxes_stand_beside_each_other_where_there_are_windows(failing, shown):
    [panel] = axes(features.boxes({"comp1": ("age", [0.0, 1.0, 2.0, 3.0, 4.0], failing)}))
    assert [label.get_text() for label in panel.get_xticklabels()] == shown


def test_labels_errors_and_correlations_are_drawn():
    assert len(axes(features.labels({7: [(at("2015-01-01 12"), "comp2")]}, ["comp1", "comp2"]))) == 1
    assert titles(features.error_counts({"error1": {"none": 0.1, "comp1": 0.9}})) == ["error1: number in 24 h"]
    assert len(axes(features.correlation(["a", "b"], [[1.0, 0.5], [0.5, 1.0]]))) == 2
