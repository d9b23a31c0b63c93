"""Thresholds, figures, the temporal split and the contest with the champion: all out of counts and times."""

import pytest
from small_plant import seconds

from predictive_maintenance.quality.evaluation import DEFAULT_THRESHOLD, Bin, best_threshold, macro_f1, quality
from predictive_maintenance.quality.evidence import ENOUGH
from predictive_maintenance.quality.slices import split
from predictive_maintenance.registry.registry import Version
from predictive_maintenance.training.promotion import MARGIN, Merits, compare
from predictive_maintenance.windows import HOUR

DAY = 24 * HOUR
NAN = float("nan")


def silent(*counts: tuple[int, int, int]) -> list[Bin]:
    """Bins of (thousandths, failing, healthy) without warnings."""
    return [Bin(score, False, failing, healthy) for score, failing, healthy in counts]


def test_the_threshold_is_halfway_between_failing_and_healthy_windows():
    assert best_threshold(silent((900, 5, 0), (700, 0, 50))) == 0.8
    assert best_threshold(silent((400, 5, 0), (100, 0, 50))) == 0.25


def test_thresholds_that_are_nearly_as_good_count_as_good():
    assert best_threshold(silent((900, 50, 0), (800, 1, 0), (300, 1, 0), (100, 0, 50))) == 0.5
    assert best_threshold(silent((900, 5, 0), (800, 1, 0), (300, 1, 0), (100, 0, 50))) == 0.2


def test_a_threshold_is_never_certain():
    assert best_threshold(silent((1, 5, 0))) == 0.001
    assert best_threshold([Bin(0, False, 5, 5)]) == DEFAULT_THRESHOLD


def test_without_a_failure_the_threshold_is_a_half():
    assert best_threshold(silent((700, 0, 9))) == DEFAULT_THRESHOLD
    assert best_threshold([]) == DEFAULT_THRESHOLD


def test_the_figures_of_a_component():
    counted = [Bin(900, True, 3, 1), Bin(300, False, 1, 0), Bin(0, False, 0, 95)]
    assert quality(counted) == {"precision": 0.75, "recall": 0.75, "f1": 0.75, "pr_auc": 0.7625, "positives": 4}


def test_what_cannot_be_told_is_undefined():
    nothing = {"precision": None, "recall": None, "f1": None, "pr_auc": None, "positives": 0}
    assert quality([Bin(0, False, 0, 50)]) == nothing
    assert quality([Bin(900, True, 0, 1)]) == nothing | {"precision": 0.0, "f1": 0.0}
    assert macro_f1([{"f1": 1.0}, {"f1": None}, {"f1": 0.5}]) == 0.75
    assert macro_f1([{"f1": None}]) is None


def test_the_slices_follow_each_other_with_a_gap_of_one_horizon():
    first, last = seconds("2015-01-01 12"), seconds("2015-04-11 12")
    parts = split(first, last, 48)
    assert (parts.training.first, parts.test.last) == (first, last)
    assert parts.validation.first - parts.training.last == 2 * DAY
    assert parts.test.first - parts.validation.last == 2 * DAY
    assert parts.test.last - parts.test.first == parts.validation.last - parts.validation.first == 14.5 * DAY


def test_too_few_windows_are_refused():
    assert split(seconds("2015-01-01 12"), seconds("2015-01-03 12"), 24).training.last == seconds("2015-01-01 12")
    with pytest.raises(
        ValueError, match=r"^the windows of known outcome, 2015-01-01T12:00:00Z to 2015-01-03T00:00:00Z, are"
    ):
        split(seconds("2015-01-01 12"), seconds("2015-01-03 00"), 24)


@pytest.mark.parametrize(
    ("challenger", "champion", "promoted"),
    [
        (0.95, 0.90, True),
        (0.90, 0.90 + MARGIN / 2, True),
        (0.90, 0.90 + 2 * MARGIN, False),
        (0.90, None, False),
        (None, 0.90, False),
        (None, None, False),
        (NAN, 0.90, False),
        (0.90, NAN, False),
    ],
)
def test_a_challenger_is_promoted_only_where_figures_show_that_it_is_not_worse_by_more_than_the_margin(
    challenger, champion, promoted
):
    decided, reason = compare(Merits(challenger), Merits(champion), Version("3", "run"), ENOUGH)
    assert decided is promoted
    assert reason.startswith(f"macro F1 {challenger} on the hold-out, champion (version 3) {champion}: ")


def test_the_first_model_is_promoted_without_a_comparison_and_says_how_much_its_figures_rest_on():
    assert compare(Merits(0.9), None, None, ENOUGH) == (
        True,
        "the first model, compared with none; failures in the hold-out: 10",
    )
    assert compare(Merits(None), None, None, 0) == (
        True,
        "the first model, compared with none; failures in the hold-out: 0, of 10 that show how good it is",
    )
