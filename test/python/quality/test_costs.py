"""What warnings cost, and which threshold costs least: known answers, and the edges."""

import json
import math
import re

import pytest

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.costs import USUAL, Costs, cheapest_threshold, parse_costs
from predictive_maintenance.quality.events import Events
from predictive_maintenance.quality.evidence import ENOUGH

COSTS = Costs(failure=10.0, intervention=2.0, inspection=1.0)


def by_step(**counts: tuple[int, int]) -> dict[int, Events]:
    """Events of a hundred failures by threshold: `_10_to_49=(missed, false_alarms)`."""
    found = {}
    for name, (missed, false_alarms) in counts.items():
        first, last = map(int, re.findall(r"\d+", name))
        found |= {step: Events(100, 100 - missed, 100, false_alarms) for step in range(first, last + 1)}
    return found


def test_a_missed_failure_a_failure_in_time_and_a_false_alarm_cost_each_their_own():
    assert COSTS.of(Events(failures=5, warned=3, episodes=9, false_alarms=4)) == 2 * 10 + 3 * 2 + 4 * 1
    assert COSTS.of(Events()) == 0
    assert COSTS.of(Events(failures=5)) == 50


def test_every_component_has_a_usual_cost_and_a_failure_is_several_interventions():
    assert set(USUAL) == set(COMPONENTS)
    for its in USUAL.values():
        assert its.failure >= 3 * its.intervention > its.inspection > 0


def test_what_is_stated_replaces_what_is_usual():
    assert parse_costs("") == parse_costs("{}") == USUAL
    costs = parse_costs(json.dumps({"comp3": {"failure": 50_000, "inspection": 0}}))
    assert costs["comp3"] == Costs(50_000, 2_000, 0)
    assert costs["comp1"] == USUAL["comp1"]


@pytest.mark.parametrize(
    "text",
    [
        "cheap",
        "[]",
        '{"comp5": {"failure": 1}}',
        '{"comp1": {"repair": 1}}',
        '{"comp1": 5}',
        '{"comp1": {"failure": "high"}}',
        '{"comp1": {"failure": null}}',
        '{"comp1": {"inspection": -1}}',
        '{"comp1": {"failure": 2000000000}}',
        '{"comp1": {"inspection": NaN}}',
        '{"comp1": {"failure": Infinity}}',
        '{"comp1": {"intervention": 20000}}',
    ],
)
def test_costs_that_are_out_of_order_are_named(text: str):
    with pytest.raises(ValueError, match=f"^costs is '{re.escape(text)}': expected JSON such as"):
        parse_costs(text)


def test_the_threshold_is_a_half_where_no_other_costs_less_beyond_chance():
    any_of_them = by_step(_1_to_20=(0, 90), _21_to_50=(0, 8), _51_to_90=(0, 0), _91_to_99=(5, 0))
    assert cheapest_threshold(any_of_them, COSTS) == 0.5


def test_elsewhere_it_is_the_middle_of_the_cheapest():
    high = by_step(_1_to_20=(0, 90), _21_to_60=(0, 30), _61_to_80=(0, 0), _81_to_99=(5, 0))
    assert cheapest_threshold(high, COSTS) == 0.705
    low = by_step(_1_to_4=(0, 90), _5_to_9=(0, 0), _10_to_99=(5, 0))
    assert cheapest_threshold(low, COSTS) == 0.07


def test_one_missed_failure_more_is_chance_and_two_are_not():
    one = by_step(_1_to_20=(0, 90), _21_to_60=(1, 0), _61_to_80=(0, 0), _81_to_99=(5, 0))
    assert cheapest_threshold(one, COSTS) == 0.5
    two = by_step(_1_to_20=(0, 90), _21_to_60=(2, 1), _61_to_80=(0, 0), _81_to_99=(5, 0))
    assert cheapest_threshold(two, COSTS) == 0.705


def test_the_longest_stretch_counts_and_the_ridge_between_two_does_not():
    ridge = by_step(_1_to_20=(0, 0), _21_to_59=(0, 50), _60_to_89=(0, 0), _90_to_99=(9, 0))
    assert cheapest_threshold(ridge, COSTS) == 0.745


def test_the_dearer_a_failure_the_lower_the_threshold():
    traded = by_step(_1_to_40=(0, 60), _41_to_99=(4, 0))
    assert cheapest_threshold(traded, Costs(3, 2, 1)) == 0.5
    assert cheapest_threshold(traded, Costs(10_000, 2, 1)) == 0.205


def test_where_nothing_costs_anything_or_nothing_differs_the_threshold_is_a_half():
    any_events = by_step(_1_to_50=(0, 60), _51_to_99=(9, 0))
    assert cheapest_threshold(any_events, Costs(0, 0, 0)) == 0.5
    assert cheapest_threshold(by_step(_1_to_99=(0, 0)), COSTS) == 0.5


def test_where_an_intervention_costs_as_much_as_a_failure_only_false_alarms_count():
    traded = by_step(_1_to_40=(0, 60), _41_to_99=(99, 0))
    assert cheapest_threshold(traded, Costs(2, 2, 1)) == 0.5


def test_inspections_for_nothing_are_made_at_the_slightest_doubt():
    traded = by_step(_1_to_19=(0, 500), _20_to_99=(2, 0))
    assert cheapest_threshold(traded, Costs(10, 2, 0)) == 0.1


@pytest.mark.parametrize("failures", [0, 1, ENOUGH - 1])
def test_of_few_failures_no_threshold_is_chosen(failures: int):
    assert cheapest_threshold({step: Events(failures, failures) for step in range(1, 100)}, COSTS) is None
    assert cheapest_threshold({}, COSTS) is None


def test_an_alarm_that_never_rings_costs_every_failure_and_is_chosen_by_nobody():
    silent = {step: Events(ENOUGH, ENOUGH if step < 30 else 0) for step in range(1, 100)}
    assert cheapest_threshold(silent, COSTS) == 0.15
    assert math.isclose(COSTS.of(silent[50]), 10 * ENOUGH)
