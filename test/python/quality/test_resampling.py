"""Intervals of figures per machine."""

import pytest

from predictive_maintenance.quality.resampling import estimates


def test_a_mean_has_an_interval_around_it_that_is_the_same_each_time():
    values = [float(machine % 10) for machine in range(100)]
    found = estimates({"cost": values})
    assert found == estimates({"cost": values})
    assert found["cost"]["value"] == 4.5
    # Of a hundred machines: 1.645 standard errors of 0.287 each way.
    assert found["cost"]["low"] == pytest.approx(4.5 - 0.472, abs=0.07)
    assert found["cost"]["high"] == pytest.approx(4.5 + 0.472, abs=0.07)


def test_figures_are_drawn_together_so_that_a_constant_difference_has_no_interval():
    costs = [float(machine) for machine in range(20)]
    found = estimates({"cost": costs, "saving": [cost - (cost - 3) for cost in costs]})
    assert found["saving"] == {"value": 3.0, "low": 3.0, "high": 3.0}
    assert found["cost"]["low"] < found["cost"]["high"]


def test_one_machine_is_a_point():
    assert estimates({"cost": [5.0]}) == {"cost": {"value": 5.0, "low": 5.0, "high": 5.0}}
