"""Labels: which component fails within the horizon."""

import pytest
from small_plant import Plant, at, by_window, seconds

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.labels import label, parse_horizon, uncensored


def windows(spark, *ends: str):
    return spark.createDataFrame([(1, at(end)) for end in ends], "machineID int, window_end timestamp")


def labelled(spark, failures: list[tuple[str, str]], *ends: str, horizon: int = 24) -> list[str]:
    """Per window the components that fail, joined."""
    frames = Plant(failures=[(at(when), 1, comp) for when, comp in failures]).frames(spark)
    rows = by_window(label(windows(spark, *ends), frames["failures"], horizon))
    return ["+".join(c for c in COMPONENTS if rows[1, seconds(end)][f"label_{c}"] == 1.0) for end in ends]


def test_a_failure_labels_the_windows_of_one_horizon_before_it(spark):
    ends = "2015-01-03 00", "2015-01-03 12", "2015-01-04 00", "2015-01-04 12"
    assert labelled(spark, [("2015-01-04 06", "comp1")], *ends) == ["", "comp1", "comp1", ""]
    assert labelled(spark, [("2015-01-04 06", "comp1")], *ends, horizon=48) == ["comp1", "comp1", "comp1", ""]


def test_a_failure_at_the_end_of_a_window_is_past_and_at_the_end_of_the_horizon_is_not(spark):
    ends = "2015-01-03 00", "2015-01-03 12", "2015-01-04 00"
    assert labelled(spark, [("2015-01-04 00", "comp2")], *ends) == ["comp2", "comp2", ""]


def test_failures_of_one_component_in_one_horizon_are_one_label(spark):
    failures = [("2015-01-03 06", "comp1"), ("2015-01-03 18", "comp1")]
    assert labelled(spark, failures, "2015-01-02 12", "2015-01-03 00") == ["comp1", "comp1"]


def test_windows_whose_horizon_is_not_over_are_left_out(spark):
    kept = uncensored(windows(spark, "2015-01-03 00", "2015-01-03 12"), seconds("2015-01-04 00"), 24)
    assert list(by_window(kept)) == [(1, seconds("2015-01-03 00"))]


@pytest.mark.parametrize("text", ["", "0", "-12", "18", "a day", "24.0"])
def test_a_horizon_is_a_positive_multiple_of_the_window(text):
    with pytest.raises(
        ValueError, match=f"^horizon_hours is '{text}': expected a positive multiple of 12, such as 24$"
    ):
        parse_horizon(text)
    assert parse_horizon("168") == 168
