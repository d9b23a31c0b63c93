"""How much figures of quality rest on: the failures that they were counted from."""

from collections.abc import Iterable, Mapping
from typing import Any

ENOUGH = 10
"""Failures that a comparison needs: of fewer, one that is warned of or not moves the recall by more than a tenth."""


def failures_of(components: Iterable[Mapping[str, Any]]) -> int:
    """The failures that were judged, over all components."""
    counts: list[int] = [its["failures"] for its in components]
    return sum(counts)


def evidence(failures: int, where: str = "in the hold-out") -> str:
    """The number of failures, and a caution where they are too few."""
    few = "" if failures >= ENOUGH else f", of {ENOUGH} that show how good it is"
    return f"failures {where}: {failures}{few}"
