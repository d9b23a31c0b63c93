"""Which times of which components scoring may change in the work list."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from predictive_maintenance.windows import from_micros, micros
from predictive_maintenance.work.spans import NEAR, Failure, Item, spans

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
START, END = datetime(2015, 6, 1, tzinfo=timezone.utc), datetime(2015, 6, 2, tzinfo=timezone.utc)
LONG_AGO = START - 60 * DAY


def item(since: datetime, *, failed_at: datetime | None = None, is_judged: bool = True, comp: str = "comp1") -> Item:
    """It lasts for a day."""
    failed = failed_at and micros(failed_at)
    return Item(1, comp, micros(since), micros(since + DAY), failed, is_judged)


def found(*items: Item, failures: tuple[Failure, ...] = ()) -> list[tuple[str, datetime, datetime]]:
    return [
        (span.component, from_micros(span.first), from_micros(span.last)) for span in spans(items, failures, START, END)
    ]


def test_a_judged_item_far_from_the_windows_does_not_change():
    assert found(item(LONG_AGO), item(END + NEAR + HOUR)) == []


def test_a_judged_item_within_the_farthest_horizon_of_the_windows_may_change():
    since = START - NEAR - DAY
    assert found(item(since)) == [("comp1", since, since + DAY)]


def test_an_item_that_failed_just_that_long_before_the_windows_may_change():
    failed_at = START - NEAR
    assert len(found(item(failed_at - HOUR, failed_at=failed_at))) == 1
    assert found(item(failed_at - DAY, failed_at=failed_at - HOUR)) == []


def test_an_item_without_an_outcome_may_change_however_old_it_is():
    assert found(item(LONG_AGO, is_judged=False)) == [("comp1", LONG_AGO, LONG_AGO + DAY)]


def test_an_item_ends_before_the_moment_of_its_failure():
    failed_at = LONG_AGO + HOUR
    [(_, first, last)] = found(item(LONG_AGO, failed_at=failed_at, is_judged=False))
    assert (first, last) == (LONG_AGO, failed_at - timedelta(microseconds=1))


def test_a_failure_that_the_list_has_changes_nothing():
    failed_at = LONG_AGO + HOUR
    assert found(item(LONG_AGO, failed_at=failed_at), failures=(Failure(1, "comp1", micros(failed_at)),)) == []


def test_a_failure_that_landed_late_changes_the_item_it_falls_into_and_no_other_component():
    late = Failure(1, "comp1", micros(LONG_AGO + 2 * DAY))
    judged = (item(LONG_AGO), item(LONG_AGO, comp="comp2"))
    assert found(*judged, failures=(late,)) == [("comp1", LONG_AGO + 2 * DAY - NEAR, LONG_AGO + 2 * DAY)]
    earlier = Failure(1, "comp1", micros(LONG_AGO + NEAR + DAY))
    assert found(*judged, failures=(earlier,)) == [("comp1", LONG_AGO, LONG_AGO + NEAR + DAY)]


def test_several_items_of_a_component_are_one_span():
    assert found(item(START - 2 * DAY), item(END)) == [("comp1", START - 2 * DAY, END + DAY)]
