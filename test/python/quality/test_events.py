"""Quality per failure event, on cases small enough to be counted by hand."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from pyspark.sql import functions as F
from small_plant import at, seconds

from predictive_maintenance.quality.events import (
    MONTH,
    EventQuality,
    Events,
    events_by_machine,
    events_by_step,
    events_of,
    quality_per_event,
)
from predictive_maintenance.quality.slices import Slice
from predictive_maintenance.windows import HOUR

FIRST, LAST = "2015-01-02 00", "2015-01-11 12"
"""20 windows of 12 hours: ten days."""
MACHINE_MONTHS = 10 * 24 * HOUR / MONTH


@pytest.fixture
def judge(spark):
    """Counts windows of a plant, `{(machine, "2015-01-02 00"): "comp1|comp2"}`, else silent every 12 h."""

    def judge_them(warnings=(), failures=(), *, machines=1, missing=(), horizon=24, first=FIRST, last=LAST, window=12):
        said = {(machine, at(end)): comps for (machine, end), comps in dict(warnings).items()}
        ends = [at("2015-01-01 00") + timedelta(hours=window * n) for n in range(12 * 24 // window)]
        gone = [(machine, at(end)) for machine, end in missing]
        rows = [
            (machine, end, said.get((machine, end), "none"))
            for machine in range(1, machines + 1)
            for end in ends
            if (machine, end) not in gone
        ]
        windows = spark.createDataFrame(rows, "machineID int, window_end timestamp, predicted string")
        failed = spark.createDataFrame(
            [(at(time), machine, comp) for machine, time, comp in failures],
            "datetime timestamp, machineID int, failure string",
        )
        columns = {comp: F.array_contains(F.split("predicted", r"\|"), comp) for comp in ("comp1", "comp2")}
        judged = Slice(seconds(first), seconds(last))
        return quality_per_event(windows, columns, failed, judged, horizon, window)

    return judge_them


def counts(quality: EventQuality) -> tuple[int, int, int, int]:
    return quality.failures, quality.warned, quality.episodes, quality.false_alarms


def test_a_failure_is_warned_by_one_window_within_the_horizon_before_it(judge):
    found = judge({(1, "2015-01-04 12"): "comp1"}, [(1, "2015-01-05 06", "comp1")])
    assert counts(found["comp1"]) == (1, 1, 1, 0)
    assert counts(found["comp2"]) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("warning", "horizon", "outcome"),
    [
        ("2015-01-03 00", 24, (1, 0, 1, 1)),
        ("2015-01-04 00", 24, (1, 1, 1, 0)),  # f - H is inside
        ("2015-01-04 12", 24, (1, 1, 1, 0)),
        ("2015-01-05 00", 24, (1, 0, 1, 1)),  # f is not
        ("2015-01-05 12", 24, (1, 0, 1, 1)),
        ("2015-01-02 12", 48, (1, 0, 1, 1)),
        ("2015-01-03 00", 48, (1, 1, 1, 0)),
    ],
)
def test_a_warning_counts_from_one_horizon_before_the_failure_and_until_the_failure(judge, warning, horizon, outcome):
    found = judge({(1, warning): "comp1"}, [(1, "2015-01-05 00", "comp1")], horizon=horizon)
    assert counts(found["comp1"]) == outcome


def test_a_failure_between_two_seconds_is_after_the_window_that_ends_at_the_first(spark):
    rows = spark.sql("SELECT 1 machineID, timestamp'2015-01-05 00:00:00' window_end, true warned")
    failures = spark.sql("SELECT timestamp'2015-01-05 00:00:00.25' datetime, 1 machineID, 'comp1' failure")
    judged = Slice(seconds("2015-01-05 00"), seconds("2015-01-05 00"))
    found = quality_per_event(rows, {"comp1": F.col("warned")}, failures, judged, 24)
    assert counts(found["comp1"]) == (1, 1, 1, 0)


def test_warnings_in_neighbouring_windows_are_one_episode_and_one_true_warning_makes_it_true(judge):
    early = dict.fromkeys([(1, "2015-01-03 00"), (1, "2015-01-03 12"), (1, "2015-01-04 00")], "comp1")
    found = judge(early, [(1, "2015-01-05 00", "comp1")])
    assert counts(found["comp1"]) == (1, 1, 1, 0)


@pytest.mark.parametrize("missing", [[], [(1, "2015-01-03 12")]])
def test_a_silent_or_missing_window_between_warnings_makes_two_episodes(judge, missing):
    warnings = {(1, "2015-01-03 00"): "comp1", (1, "2015-01-04 00"): "comp1"}
    found = judge(warnings, [(1, "2015-01-05 00", "comp1")], missing=missing)
    assert counts(found["comp1"]) == (1, 1, 2, 1)


def test_a_failure_whose_windows_are_all_missing_was_not_warned_of(judge):
    found = judge({}, [(1, "2015-01-05 00", "comp1")], missing=[(1, "2015-01-04 00"), (1, "2015-01-04 12")])
    assert counts(found["comp1"]) == (1, 0, 0, 0)


def test_two_components_at_once_are_counted_each_for_itself(judge):
    warnings = {(1, "2015-01-04 00"): "comp1|comp2", (1, "2015-01-04 12"): "comp1"}
    found = judge(warnings, [(1, "2015-01-05 00", "comp1"), (1, "2015-01-05 00", "comp2")])
    assert (counts(found["comp1"]), counts(found["comp2"])) == ((1, 1, 1, 0), (1, 1, 1, 0))
    found = judge(warnings, [(1, "2015-01-05 00", "comp2")])
    assert (counts(found["comp1"]), counts(found["comp2"])) == ((0, 0, 1, 1), (1, 1, 1, 0))


def test_the_warnings_of_one_machine_say_nothing_of_another(judge):
    found = judge({(1, "2015-01-04 12"): "comp1"}, [(2, "2015-01-05 00", "comp1")], machines=2)
    assert counts(found["comp1"]) == (1, 0, 1, 1)


def test_one_episode_can_warn_of_two_failures(judge):
    warnings = dict.fromkeys([(1, "2015-01-04 00"), (1, "2015-01-04 12"), (1, "2015-01-05 00")], "comp1")
    found = judge(warnings, [(1, "2015-01-04 18", "comp1"), (1, "2015-01-05 18", "comp1")])
    assert counts(found["comp1"]) == (2, 2, 1, 0)


@pytest.mark.parametrize(
    ("failed", "counted"),
    [
        ("2015-01-02 00", 0),  # only windows before the range could have warned of it
        ("2015-01-02 01", 1),
        ("2015-01-12 12", 1),  # the last window could have: its horizon ends here
        ("2015-01-12 13", 0),
    ],
)
def test_only_failures_that_a_judged_window_could_have_warned_of_count(judge, failed, counted):
    assert counts(judge({}, [(1, failed, "comp1")])["comp1"]) == (counted, 0, 0, 0)


def test_of_an_episode_at_the_edge_of_the_range_the_part_inside_counts(judge):
    before = {(1, "2015-01-01 12"): "comp1"}
    across = before | {(1, "2015-01-02 00"): "comp1"}
    failure = [(1, "2015-01-02 06", "comp1")]
    assert counts(judge(before, failure)["comp1"]) == (1, 0, 0, 0)
    assert counts(judge(across, failure)["comp1"]) == (1, 1, 1, 0)
    assert counts(judge(across, [(1, "2015-01-01 18", "comp1")])["comp1"]) == (0, 0, 1, 1)
    after = {(1, "2015-01-11 12"): "comp1", (1, "2015-01-12 00"): "comp1"}
    assert counts(judge(after, [(1, "2015-01-12 18", "comp1")])["comp1"]) == (0, 0, 1, 1)


def test_false_alarms_are_given_per_machine_and_month_of_all_machines_that_were_judged(judge):
    found = judge({(1, "2015-01-04 12"): "comp1", (2, "2015-01-04 12"): "comp1"}, machines=4)["comp1"]
    assert found.machine_months == pytest.approx(4 * MACHINE_MONTHS)
    assert found.false_alarms_per_machine_month == round(2 / (4 * MACHINE_MONTHS), 4)


def test_the_length_of_a_window_decides_what_neighbours_are(judge):
    warnings = {(1, "2015-01-04 00"): "comp1", (1, "2015-01-04 06"): "comp1", (1, "2015-01-04 18"): "comp1"}
    assert judge(warnings, window=6)["comp1"].episodes == 2
    assert judge(warnings, window=6)["comp1"].machine_months == pytest.approx(9.75 * 24 * HOUR / MONTH)


def test_without_windows_or_failures_there_are_no_shares(judge):
    found = judge(machines=0)["comp1"]
    assert (found.warned_share, found.false_alarms_per_machine_month) == (None, None)
    assert EventQuality(4, 3, 3, 0, 1.0).warned_share == 0.75


@pytest.mark.parametrize("horizon", [24, 48])
def test_a_random_plant_is_counted_as_its_definition_says_one_by_one(judge, horizon):
    random.seed(horizon)
    ends = [at("2015-01-01 00") + timedelta(hours=12 * n) for n in range(24)]
    windows = [(machine, f"{end:%Y-%m-%d %H}") for machine in range(1, 9) for end in ends]
    missing = random.sample(windows, 20)
    warnings = {window: random.choice(["comp1", "comp2", "comp1|comp2"]) for window in random.sample(windows, 60)}
    failures = {
        (random.randint(1, 8), f"{at('2015-01-01 00') + timedelta(hours=random.randint(0, 330)):%Y-%m-%d %H}", comp)
        for comp in ("comp1", "comp2")
        for _ in range(15)
    }
    found = judge(warnings, failures, machines=8, missing=missing, horizon=horizon)
    for comp in ("comp1", "comp2"):
        warned = {
            (machine, seconds(end))
            for (machine, end), comps in warnings.items()
            if comp in comps and (machine, end) not in missing and FIRST <= end <= LAST
        }
        failed = {(machine, seconds(time)) for machine, time, its in failures if its == comp}
        assert counts(found[comp]) == one_by_one(warned, failed, horizon * HOUR)


@pytest.fixture
def scored(spark):
    """Windows of a random plant of eight machines with a probability each, some missing, and failures of comp1."""
    random.seed(7)
    ends = [at("2015-01-01 00") + timedelta(hours=12 * n) for n in range(24)]
    rows = [(machine, end, random.choice([0.0, 0.07, 0.3, 0.5, 0.75, 1.0])) for machine in range(1, 9) for end in ends]
    windows = spark.createDataFrame(random.sample(rows, 160), "machineID int, window_end timestamp, p double")
    failed = [(at("2015-01-01 00") + timedelta(hours=random.randint(0, 330)), random.randint(1, 8)) for _ in range(15)]
    failures = spark.createDataFrame(failed, "datetime timestamp, machineID int")
    return windows, failures.withColumn("failure", F.lit("comp1"))


JUDGED = Slice(seconds(FIRST), seconds(LAST))


def test_every_threshold_is_counted_at_once_as_it_would_be_alone(scored):
    windows, failures = scored
    found = events_by_step(windows, {"comp1": F.col("p"), "comp2": F.lit(0.0)}, 20, failures, JUDGED, 24)
    assert list(found["comp1"]) == list(range(1, 20))
    for step in (1, 2, 6, 10, 14, 19):
        alone = quality_per_event(windows, {"comp1": F.col("p") > step / 20}, failures, JUDGED, 24)["comp1"]
        assert found["comp1"][step] == Events(*counts(alone)), step
    assert len({found["comp1"][step].warned for step in (1, 10, 19)}) > 1
    assert set(found["comp2"].values()) == {Events()}


@pytest.mark.parametrize("nothing", [None, 0.0])
def test_a_window_of_which_nothing_is_said_warns_at_no_threshold_and_its_machine_is_judged(scored, nothing):
    windows, failures = scored
    silent = {"comp1": F.lit(nothing).cast("double")}
    found = events_by_step(windows, silent, 100, failures, JUDGED, 24)["comp1"]
    assert {(its.warned, its.episodes) for its in found.values()} == {(0, 0)}
    assert found[1].failures == found[99].failures > 0


def test_what_each_says_of_a_machine_is_counted_apart(scored):
    windows, failures = scored
    both = F.array_compact(F.array(F.when(F.col("p") > 0.5, "bold"), F.when(F.col("p") > 0.1, "shy")))
    rows = events_by_machine(windows, {"comp1": both}, ["bold", "shy"], failures, JUDGED, 24).collect()
    assert sorted(row.machineID for row in rows if row.comp is None) == list(range(1, 9))
    for who, threshold in (("bold", 0.5), ("shy", 0.1)):
        alone = quality_per_event(windows, {"comp1": F.col("p") > threshold}, failures, JUDGED, 24)["comp1"]
        assert sum((events_of(row) for row in rows if row.by == who), Events()) == Events(*counts(alone))


def one_by_one(warned: set[tuple[int, int]], failed: set[tuple[int, int]], horizon: int) -> tuple[int, int, int, int]:
    """Failures, those warned of, episodes and false alarms, of (machine, seconds), by loops."""
    judged = range(seconds(FIRST), seconds(LAST) + 1, 12 * HOUR)
    able = [(machine, time) for machine, time in failed if any(time - horizon <= end < time for end in judged)]
    in_time = [
        (machine, time) for machine, time in able if any(m == machine and time - horizon <= t < time for m, t in warned)
    ]
    episodes: list[list[tuple[int, int]]] = []
    for machine, end in sorted(warned):
        if (machine, end - 12 * HOUR) in warned:
            episodes[-1].append((machine, end))
        else:
            episodes.append([(machine, end)])
    false = [
        episode
        for episode in episodes
        if not any(m == machine and end < time <= end + horizon for machine, end in episode for m, time in failed)
    ]
    return len(able), len(in_time), len(episodes), len(false)
