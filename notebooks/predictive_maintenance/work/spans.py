"""Which times of which components may change in the work list when some windows are scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from predictive_maintenance.windows import micros

LATE = timedelta(days=90)
"""How much older than the windows a failure may be that is noticed by itself: as far back as scoring looks for late
files unless a setting says otherwise."""
NEAR = timedelta(days=7)
"""The farthest horizon: what is farther apart belongs to no common item."""


class Item(NamedTuple):
    """An item of the list; times are in µs since 1970."""

    machineID: int
    component: str
    since: int
    until: int
    failed_at: int | None
    is_judged: bool
    """Whether its outcome is known."""


class Failure(NamedTuple):
    """A failure that landed, in µs since 1970."""

    machineID: int
    component: str
    failed_at: int


class Span(NamedTuple):
    """A time of one component of a machine that no item reaches into or out of, in µs since 1970."""

    machineID: int
    component: str
    first: int
    last: int


def spans(items: Sequence[Item], failures: Iterable[Failure], start: datetime, end: datetime) -> list[Span]:
    """One for each component with something that may change: items without an outcome or near the windows from `start`
    to `end`, failures that the list does not have, and the items that these fall into."""
    listed = {Failure(item.machineID, item.component, item.failed_at) for item in items if item.failed_at is not None}
    unlisted = set(failures) - listed
    struck: dict[tuple[int, str], list[int]] = defaultdict(list)
    for failure in unlisted:
        struck[failure.machineID, failure.component].append(failure.failed_at)
    earliest, latest, near = micros(start - NEAR), micros(end + NEAR), NEAR // timedelta(microseconds=1)
    found: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for item in items:
        key = (item.machineID, item.component)
        # At the moment of a failure the next item may begin.
        ended, last = (item.until, item.until) if item.failed_at is None else (item.failed_at, item.failed_at - 1)
        is_near = ended >= earliest and item.since <= latest
        if not item.is_judged or is_near or any(item.since <= at <= item.until + near for at in struck.get(key, ())):
            found[key].append((item.since, last))
    for key, times in struck.items():
        found[key] += [(at - near, at) for at in times]
    return [Span(*key, min(first for first, _ in ends), max(last for _, last in ends)) for key, ends in found.items()]
