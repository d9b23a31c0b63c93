"""The temporal split: training, validation (calibration, thresholds) and hold-out windows, a horizon apart."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import Column
from pyspark.sql import functions as F

from predictive_maintenance.contract import WINDOW_HOURS
from predictive_maintenance.windows import HOUR, iso

SHARE = 0.15
"""Of the whole period: the length of the hold-out, and that of the validation before it."""


class NothingToLearn(ValueError):
    """What the data lack for a model; training waits for more of them."""


@dataclass(frozen=True)
class Slice:
    """The windows with `first <= window_end <= last`, in seconds since 1970."""

    first: int
    last: int

    def holds(self) -> Column:
        """Whether a row is in the slice."""
        return F.unix_seconds("window_end").between(self.first, self.last)


@dataclass(frozen=True)
class Split:
    training: Slice
    validation: Slice
    test: Slice


def split(
    first: int, last: int, horizon_hours: int, window_hours: int = WINDOW_HOURS, reach_hours: int | None = None
) -> Split:
    """Splits the windows from `first` to `last`, all of known outcome. No failure is in the horizon of two slices, nor
    within `reach_hours` (the horizon, unless stated) of a training window and in a later slice.

    Raises NothingToLearn when there are too few windows for three slices with gaps.
    """
    length, gap = window_hours * HOUR, horizon_hours * HOUR
    share = max(round((last - first) * SHARE / length), 1) * length
    test = Slice(last - share + length, last)
    validation = Slice(test.first - gap - share + length, test.first - gap)
    training = Slice(first, validation.first - (reach_hours or horizon_hours) * HOUR)
    if training.first > training.last:
        raise NothingToLearn(
            f"the windows of known outcome, {iso(first)} to {iso(last)}, are too few to learn from "
            f"at a horizon of {horizon_hours} h"
        )
    return Split(training, validation, test)
