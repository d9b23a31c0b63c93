"""The work list: what is open, what closes it, and what came of it. Each machine is a case of its own."""

import pytest
from small_work import Crew, end, number

from predictive_maintenance.contract import COSTS


@pytest.fixture(scope="module")
def crew(spark, module_schema: str) -> Crew:
    """Ten windows of machines, scored at once."""
    crew = Crew(spark, module_schema)
    crew.predicted(1, "........!!")
    crew.predicted(2, "..!.......").failed(2, 3.5).maintained(2, 3.5)
    crew.predicted(3, "..!.......").maintained(3, 2.5)
    crew.predicted(4, "........!.").maintained(4, 8.5, "comp2").maintained(4, 8)
    crew.predicted(5, "..!!......").maintained(5, 2.5).failed(5, 4.5)
    crew.predicted(6, "..!.......")
    crew.predicted(7, "..!")
    crew.predicted(8, "..........").failed(8, 3.5).failed(8, 3.75).failed(8, 0)
    crew.predicted(9, "..!!......").failed(9, 3)
    crew.predicted(10, "..!..!....").maintained(10, 2.5)
    crew.predicted(11, ".......!..", comp="comp1|comp3").maintained(11, 8.5)
    crew.scored("first", {"comp1": 1000})
    return crew


@pytest.mark.parametrize(
    ("what", "machine", "items"),
    [
        ("an alert is open until a horizon after its last window", 1, ["8-11 open"]),
        ("a failure within that time confirms it", 2, ["2-4 closed confirmed"]),
        ("maintenance within that time may have prevented the failure", 3, ["2-4 closed prevented"]),
        ("maintenance of another component, or before the alert, closes nothing", 4, ["8-10 open"]),
        ("a failure after maintenance confirms it all the same", 5, ["2-5 closed confirmed"]),
        ("nothing of the kind, and the alert was false", 6, ["2-4 closed false"]),
        ("of a machine that falls silent nothing is known", 7, ["2-4 open"]),
        ("a failure that no alert foresaw is missed, and what fails again before a window ends is the same", 8, None),
        ("after a failure an alert is another one", 9, ["2-4 closed confirmed", "3-5 closed false"]),
        ("an alert that comes after a horizon is another one", 10, ["2-4 closed prevented", "5-7 closed false"]),
        ("two components are two items", 11, ["7-9 closed", "7-9 open"]),
    ],
)
def test_what_becomes_of_an_alert(crew: Crew, what: str, machine: int, items: list[str] | None):
    assert crew.told(machine) == (items or ["3-3.5 closed missed"]), what


def test_an_item_says_when_it_was_closed_and_how_often_it_was_open(crew: Crew):
    [repaired], [prevented], [twice], [false] = (crew.items(machine) for machine in (2, 3, 5, 6))
    assert [number(item.closed_at) for item in (repaired, prevented, twice, false)] == [3.5, 2.5, 4.5, 4]
    assert [item.reopened for item in (repaired, prevented, twice, false)] == [0, 0, 1, 0]
    times = [(number(time.opened_at), number(time.closed_at), time.after_alert) for time in twice.history]
    assert times == [(2, 2.5, True), (3, 4.5, False)]
    assert [time.after_alert for time in prevented.history + repaired.history] == [True, False]


def test_what_is_at_stake_is_the_probability_in_the_newest_window_times_the_cost_of_a_failure(crew: Crew):
    [goes_on], [quiet], [_, other] = (crew.items(machine) for machine in (1, 4, 11))
    assert [(item.probability, item.cost_at_stake) for item in (goes_on, quiet)] == [(0.75, 750), (0.125, 125)]
    assert (other.component, other.cost_at_stake) == ("comp3", 0.125 * COSTS["comp3"]["failure"])
    assert goes_on.why == ["volt 10.0 V above its usual 170.0"]


def test_a_run_names_the_items_that_it_has_opened_with_most_at_stake_first(spark, schema: str):
    costs = {"comp1": 10, "comp2": 100}
    crew = Crew(spark, schema).predicted(1, ".!").predicted(2, "!...").predicted(3, "!.......").maintained(1, 0.5)
    named, count = crew.predicted(5, ".!", comp="comp2").scored("one", costs)
    assert ([(item["machineID"], item["cost_at_stake"]) for item in named], count) == ([(5, 75), (1, 7.5)], 2)
    assert named[1] == {
        "machineID": 1,
        "component": "comp1",
        "since": "2015-01-01T12:00:00Z",
        "until": "2015-01-02T12:00:00Z",
        "probability": 0.75,
        "cost_at_stake": 7.5,
        "why": ["volt 10.0 V above its usual 170.0"],
    }
    # An alert that goes on is no new work, unless there was maintenance between: then it is work again.
    crew.predicted(1, "!!", 2).maintained(1, 2.5).predicted(4, "!", 2).predicted(5, "!!", 2, comp="comp2")
    named, count = crew.scored("two", costs)
    assert ([item["machineID"] for item in named], count) == ([1, 4], 2)
    [again], [goes_on] = crew.items(1), crew.items(5)
    assert (again.opened_by, again.reopened, number(again.since)) == ("two", 1, 1)
    assert (goes_on.opened_by, goes_on.reopened, number(goes_on.until)) == ("one", 0, 5)
    assert crew.predicted(1, ".", 4).scored("two", costs)[1] == 2  # another attempt of the run says the same


def test_what_lands_late_repairs_the_list(spark, schema: str):
    crew = Crew(spark, schema)
    crew.predicted(1, "..!..........!").predicted(2, "..!...........").predicted(3, "!  .!.........")
    crew.predicted(4, "!.!.!.........").scored()
    assert (crew.told(1), crew.told(2)) == (["2-4 closed false", "13-15 open"], ["2-4 closed false"])
    assert (crew.told(3), crew.told(4)) == (["0-2 closed false", "4-6 closed false"], ["0-6 closed false"])

    crew.failed(1, 3.25).failed(1, 9.5).predicted(1, "......", 40).scored()  # failures of weeks ago
    assert crew.told(1) == ["2-4 closed confirmed", "9-9.5 closed missed", "13-15 closed false"]
    again = {"version": "2", "made": end(1000)}
    crew.maintained(2, 3).predicted(2, ".", 4, **again)  # what sees the maintenance is scored again
    crew.predicted(3, "!", 2, **again)  # a window came late, and joins two items
    crew.predicted(4, ".", 0, **again).predicted(4, ".", 2, version="3", made=end(1001)).scored()
    assert crew.told(2) == ["2-4 closed prevented"]
    assert crew.told(3) == ["0-6 closed false"]
    assert crew.told(4) == ["4-6 closed false"]


def test_a_run_without_alerts_or_open_items_reads_no_predictions(spark, schema: str, monkeypatch):
    crew = Crew(spark, schema).predicted(1, "..")
    assert crew.scored() == ([], 0)
    monkeypatch.setattr("predictive_maintenance.work.work_list.changes", lambda *_: pytest.fail("it has read them"))
    assert crew.predicted(1, "..", 2).scored() == ([], 0)
    assert crew.items() == []
