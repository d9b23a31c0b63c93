import pytest

from predictive_maintenance.features.inputs import INPUTS, INTO_CYCLE
from predictive_maintenance.reasons.words import reasons_for

SILENT = dict.fromkeys([*INPUTS, "model"])
USUAL = {"volt": 170.0, "rotate": 446.0, "pressure": 100.0, "vibration": 40.0}


def because(contributions: dict[str, float], observed: dict | None = None, usual: dict | None = None):
    every = dict.fromkeys([*INPUTS, INTO_CYCLE, "model=model3"], 0.0)
    return reasons_for("comp4", every | contributions, SILENT | (observed or {}), usual or USUAL)


def texts(contributions: dict[str, float], observed: dict | None = None, usual: dict | None = None) -> list[str]:
    return [reason.text for reason in because(contributions, observed, usual)]


def test_a_sensor_is_told_against_the_machines_own_level_over_the_span_that_adds_most():
    added = {"vibration_mean_3h": 0.1, "vibration_mean_24h": 0.4, "vibration_mean_36h": -0.1}
    [reason] = because(added, {"vibration_mean_3h": 47.0, "vibration_mean_24h": 49.84})
    assert reason == (
        "comp4",
        "vibration",
        pytest.approx(0.4),
        49.84,
        40.0,
        "vibration 9.8 mm/s above its usual 40.0 (mean of 24 h)",
    )
    assert texts({"rotate_mean_12h": 0.4}, {"rotate_mean_12h": 365.0}) == [
        "rotate 81.0 rpm below its usual 446.0 (mean of 12 h)"
    ]


def test_without_a_level_a_sensor_has_its_value_and_without_a_value_it_was_silent():
    unknown = dict.fromkeys(USUAL)
    assert texts({"volt_mean_3h": 0.4}, {"volt_mean_3h": 191.2}, unknown) == ["volt 191.2 V (mean of 3 h)"]
    assert texts({"volt_mean_36h": 0.4}) == ["volt silent for 36 h"]


@pytest.mark.parametrize(
    ("input", "value", "text"),
    [
        ("hours_since_error5", 23.0, "error5 23 h ago"),
        ("error5_count_48h", None, "no error5 for 48 h"),
        ("hours_since_comp4", 1488.0, "comp4 replaced 62 days ago"),
        ("hours_since_comp4", None, "no replacement of comp4 known"),
        ("hours_since_maintenance", 360.0, "maintained 15 days ago"),
        ("hours_since_maintenance", None, "no maintenance known"),
        ("age", 18, "18 years old"),
        ("age", None, "age not known"),
    ],
)
def test_what_was_observed_is_said_in_hours_days_or_years(input, value, text):
    assert texts({input: 0.4}, {input: value}) == [text]


def test_the_machines_model_is_one_thing_and_so_is_the_rhythm_of_maintenance():
    assert texts({"model=model3": 0.4}, {"model": "model3"}) == ["a machine of model3"]
    assert texts({"model=model3": 0.4}) == ["a machine of an unknown model"]
    [reason] = because({INTO_CYCLE: 0.3, "hours_since_maintenance": 0.2}, {"hours_since_maintenance": 48.0})
    assert (reason.subject, reason.contribution, reason.value) == ("maintenance", pytest.approx(0.5), 48.0)


def test_three_are_told_at_most_the_strongest_first_and_none_that_adds_little_or_takes_away():
    added = {"volt_mean_3h": 0.2, "hours_since_error1": 0.5, "age": 0.1, "hours_since_comp1": 0.3}
    assert [reason.subject for reason in because(added)] == ["error1", "comp1", "volt"]
    assert [reason.subject for reason in because({"age": 0.5, "volt_mean_3h": 0.05})] == ["age"]
    assert because({"age": -0.5}) == []
