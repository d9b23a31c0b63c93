"""Calibration curves, and figures of how well probabilities are calibrated."""

import pytest
from pyspark.sql import functions as F

from predictive_maintenance.quality.calibration import brier, calibrated, calibration_error, fit, reliability
from predictive_maintenance.quality.evaluation import Bin


def counted(*bins: tuple[int, int, int]) -> list[Bin]:
    """Bins of (score in thousandths, failing, healthy)."""
    return [Bin(score, False, failing, healthy) for score, failing, healthy in bins]


def test_a_curve_gives_each_score_the_share_that_fails_and_keeps_the_order():
    curve = fit(counted((0, 0, 90), (200, 1, 9), (600, 4, 6), (800, 9, 1)))
    assert curve == [(0.0, 0.0), (0.2, 0.1), (0.6, 0.4), (0.8, 0.9)]


def test_neighbours_out_of_order_are_one_block():
    curve = fit(counted((800, 9, 1), (0, 0, 90), (200, 6, 4), (600, 4, 6)))
    assert curve == [(0.0, 0.0), (0.2, 0.5), (0.6, 0.5), (0.8, 0.9)]
    assert fit(counted((100, 10, 0), (900, 0, 10))) == [(0.1, 0.5), (0.9, 0.5)]


def test_of_too_few_failing_windows_no_curve_is_learned():
    assert fit(counted((0, 0, 90), (900, 9, 0))) == []
    assert fit(counted((0, 0, 90), (900, 10, 0))) == [(0.0, 0.0), (0.9, 1.0)]
    assert fit([]) == []


def test_between_two_points_a_probability_lies_on_a_straight_line_beyond_them_it_stays_and_a_tenth_is_the_score(spark):
    curve = [(0.1, 0.05), (0.5, 0.25), (0.5001, 0.75), (0.9, 1.0)]
    scores = spark.createDataFrame([(0.0,), (0.1,), (0.3,), (0.5,), (0.9,), (1.0,)], "score double")
    found = [row[0] for row in scores.select(F.expr(calibrated(curve, "score"))).collect()]
    on_the_curve = [0.05, 0.05, 0.15, 0.25, 1.0, 1.0]
    assert found == pytest.approx([0.9 * its + 0.1 * row.score for its, row in zip(on_the_curve, scores.collect())])
    assert calibrated([], "score") == "score"


def test_the_brier_score_is_the_mean_squared_distance():
    assert brier(counted((1000, 5, 0), (0, 0, 15))) == 0
    assert brier(counted((500, 5, 15))) == 0.25
    assert brier(counted((800, 1, 1))) == pytest.approx((0.04 + 0.64) / 2)
    assert brier([]) is None


def test_what_was_said_is_held_against_what_failed_by_tenths():
    tenths = reliability(counted((0, 0, 70), (50, 2, 8), (900, 6, 2), (1000, 10, 2)))
    assert tenths == [
        {"said": 0.00625, "failed": 0.025, "windows": 80},
        {"said": 0.96, "failed": 0.8, "windows": 20},
    ]
    assert calibration_error(tenths) == pytest.approx((80 * 0.01875 + 20 * 0.16) / 100)
    assert calibration_error([]) is None
