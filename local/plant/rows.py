"""The rows of one machine in the five files of the classic layout, as lines of text with their line ends."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from itertools import repeat

import numpy as np
from description import COLUMNS, COMPONENTS, ERRORS, SENSORS
from history import START, Machine, history
from new_model import LEVEL

HEADERS = {table: ",".join(COLUMNS[table]) + "\n" for table in ("machines", "telemetry", "errors", "maint", "failures")}
Rows = Mapping[str, list[str]]
"""By table, in order of time."""

# By sensor: hourly means of a sound machine and their noise. No hourly mean of the real plant is lower or higher: noise
# beyond it would be a broken sensor, not a worn machine.
MEAN, NOISE, LOWEST, HIGHEST = np.array([*SENSORS.values()], dtype=float).T
# By component and sensor: the shift before a failure.
SHIFT = np.array([[shift * (sensor == its) for sensor in SENSORS] for its, shift, *_ in COMPONENTS.values()], float)
TELEMETRY_ROW = "%s,%d" + len(SENSORS) * ",%.3f" + "\n"


def rows(seed: int, of: Machine, first: int, end: int) -> Rows:
    """What is recorded of a machine on the days `first` to `end` (excluded), counted from `START`.

    Day 0 comes with the machine itself, also with one that begins later, and the maintenance log from before it.
    """
    happened = history(seed, of, 24 * end)
    start = max(24 * first, of.begins)
    usual = MEAN + LEVEL * NOISE if of.begins else MEAN
    noise = np.random.default_rng([seed, of.id, 4]).standard_normal((24 * end, len(MEAN)))[start:]
    values = np.clip(usual + NOISE * noise + happened.shifted[start:] @ SHIFT, LOWEST, HIGHEST)
    times = _times(start, 24 * end)

    def events(its: list[tuple[int, int]], names: Sequence[str]) -> list[str]:
        recorded = ((hour, kind) for hour, kind in its if first == 0 or hour >= start)
        return [f"{_time(hour)},{of.id},{names[kind]}\n" for hour, kind in recorded]

    return {
        "machines": [f"{of.id},{of.model},{of.age}\n"] if first == 0 else [],
        "telemetry": [TELEMETRY_ROW % row for row in zip(times, repeat(of.id), *values.T.tolist())],
        "errors": events(happened.errors, [*ERRORS]),
        "maint": events(happened.maint, [*COMPONENTS]),
        "failures": events(happened.failures, [*COMPONENTS]),
    }


def day_of(number: int) -> str:
    """The day as `yyyy-MM-dd`, counted from `START`."""
    return f"{START + timedelta(days=number):%Y-%m-%d}"


def _time(hour: int) -> str:
    return str(START + timedelta(hours=hour))


@cache
def _times(first: int, end: int) -> list[str]:
    """The same for all machines of a plant."""
    return [_time(hour) for hour in range(first, end)]
