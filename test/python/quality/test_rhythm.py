"""Replacing by rhythm: lives of components, what a rhythm does to them, and which costs least."""

from __future__ import annotations

import pytest
from small_plant import at, seconds

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.costs import Costs
from predictive_maintenance.quality.events import Events
from predictive_maintenance.quality.rhythm import cheapest_rhythms, lives, rhythm_events

BEGAN, AFTER, UNTIL = "2015-01-01 06", "2015-03-01 06", "2015-06-01 06"
COSTS = dict.fromkeys(COMPONENTS, Costs(failure=10.0, intervention=2.0, inspection=1.0))
NEVER = dict.fromkeys(COMPONENTS)


@pytest.fixture
def lived(spark):
    """The lives of one machine, by its replacements and failures, known until `until`."""

    def lived(maint=(), failures=(), until=UNTIL):
        machines = spark.createDataFrame([(1,)], "machineID int")
        replaced = [(at(time), machine, comp) for machine, time, comp in maint]
        failed = [(at(time), machine, comp) for machine, time, comp in failures]
        return lives(
            machines,
            spark.createDataFrame(replaced, "datetime timestamp, machineID int, comp string"),
            spark.createDataFrame(failed, "datetime timestamp, machineID int, failure string"),
            seconds(BEGAN),
            seconds(until),
        )

    return lived


def test_a_component_lives_from_a_replacement_or_a_failure_to_the_next(lived):
    maint = [(1, "2014-12-01 06", "comp1"), (1, "2015-02-01 06", "comp1"), (1, "2015-07-01 06", "comp1")]
    failures = [(1, "2015-02-01 06", "comp1"), (1, "2015-04-01 06", "comp1"), (2, "2015-04-02 06", "comp1")]
    rows = lived(maint, failures).where("comp = 'comp1'").orderBy("ends").collect()
    assert [(row.machineID, row.begins, row.ends, row.failed) for row in rows] == [
        (1, seconds("2014-12-01 06"), seconds("2014-12-01 06"), False),
        (1, seconds("2014-12-01 06"), seconds("2015-02-01 06"), True),
        (1, seconds("2015-02-01 06"), seconds("2015-04-01 06"), True),
        (1, seconds("2015-04-01 06"), seconds(UNTIL), False),
    ]


def test_of_what_was_never_replaced_the_age_is_counted_from_the_beginning_of_the_data(lived):
    rows = lived().collect()
    expected = {(comp, seconds(BEGAN), seconds(UNTIL), False) for comp in COMPONENTS}
    assert {(row.comp, row.begins, row.ends, row.failed) for row in rows} == expected


def test_a_failure_at_a_greater_age_than_the_rhythm_does_not_happen_and_replacements_are_planned(lived):
    maint = [(1, AFTER, comp) for comp in COMPONENTS]
    failures = [(1, "2015-04-05 06", "comp1"), (1, "2015-03-22 06", "comp2")]  # at five weeks, and at three
    rhythms = {"comp1": 4, "comp2": 4, "comp3": 8, "comp4": None}
    assert rhythm_events(lived(maint, failures), seconds(AFTER), rhythms) == {
        # Five weeks, and the eight until June: one replacement each, as at the end of the data the eighth is not over.
        (1, "comp1"): Events(failures=3, warned=3),
        (1, "comp2"): Events(failures=1 + 2, warned=2),
        (1, "comp3"): Events(failures=1, warned=1),
    }


def test_what_is_before_the_range_does_not_count(lived):
    early = lived([(1, BEGAN, "comp1")], [(1, "2015-02-20 06", "comp1")])
    assert rhythm_events(early, seconds(AFTER), NEVER) == {}
    weekly = rhythm_events(early, seconds("2015-05-20 06"), {**NEVER, "comp1": 1})
    assert weekly == {(1, "comp1"): Events(failures=2, warned=2)}


def test_without_a_rhythm_every_failure_happens(lived):
    found = rhythm_events(lived((), [(1, "2015-04-05 06", "comp2")]), seconds(AFTER), NEVER)
    assert found == {(1, "comp2"): Events(failures=1)}


def test_the_cheapest_rhythm_is_the_longest_that_prevents_the_failures(lived):
    dates = ["2015-01-01 06", "2015-02-12 06", "2015-03-26 06", "2015-05-07 06"]  # six weeks apart
    failing = lived([(1, dates[0], "comp1")], [(1, time, "comp1") for time in dates[1:]])
    found = cheapest_rhythms(failing, seconds(BEGAN), COSTS)
    assert found == {**NEVER, "comp1": 5}


def test_where_replacing_costs_more_than_failing_no_rhythm_is_worth_it(lived):
    failing = lived((), [(1, "2015-02-12 06", "comp1")])
    assert cheapest_rhythms(failing, seconds(BEGAN), dict.fromkeys(COMPONENTS, Costs(10, 10, 1))) == NEVER
    assert cheapest_rhythms(failing, seconds(BEGAN), dict.fromkeys(COMPONENTS, Costs(0, 0, 0))) == NEVER


def test_a_failure_that_is_not_known_yet_changes_no_rhythm(lived):
    dates = ["2015-02-12 06", "2015-03-26 06", "2015-05-07 06"]
    failures = [(1, time, "comp1") for time in dates]
    known = cheapest_rhythms(lived((), failures[:1], "2015-02-20 06"), seconds(BEGAN), COSTS)
    assert cheapest_rhythms(lived((), failures, "2015-02-20 06"), seconds(BEGAN), COSTS) == known
