"""The rows of one machine in the five files of the classic layout, as lines of text with their line ends."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from itertools import repeat

import numpy as np
from history import COMPONENTS, START, Machine, history

HEADERS = {
    "machines": "machineID,model,age\n",
    "telemetry": "datetime,machineID,volt,rotate,pressure,vibration\n",
    "errors": "datetime,machineID,errorID\n",
    "maint": "datetime,machineID,comp\n",
    "failures": "datetime,machineID,failure\n",
}
ERRORS = tuple(f"error{number}" for number in range(1, 6))
Rows = Mapping[str, list[str]]
"""By table, in order of time."""

# volt, rotate, pressure, vibration: hourly means of a sound machine, their noise, and the shift before a failure.
MEAN = np.array([170.0, 450.0, 100.0, 40.0])
NOISE = np.array([15.0, 50.0, 10.0, 5.0])
SHIFT = np.array([21.0, -81.0, 26.0, 10.0])
# No hourly mean of the real plant is lower or higher: noise beyond it would be a broken sensor, not a worn machine.
LOWEST = np.array([97.3, 138.4, 51.2, 14.9])
HIGHEST = np.array([255.1, 695.0, 186.0, 76.8])
TELEMETRY_ROW = "%s,%d,%.3f,%.3f,%.3f,%.3f\n"


def rows(seed: int, of: Machine, first: int, end: int) -> Rows:
    """What is recorded of a machine on the days `first` to `end` (excluded), counted from `START`.

    Day 0 comes with the machine itself and the maintenance log from before it.
    """
    happened = history(seed, of, 24 * end)
    start = 24 * first
    noise = np.random.default_rng([seed, of.id, 4]).standard_normal((24 * end, len(MEAN)))[start:]
    values = np.clip(MEAN + NOISE * noise + SHIFT * happened.shifted[start:], LOWEST, HIGHEST)
    times = _times(start, 24 * end)

    def events(its: list[tuple[int, int]], names: Sequence[str]) -> list[str]:
        recorded = ((hour, kind) for hour, kind in its if first == 0 or hour >= start)
        return [f"{_time(hour)},{of.id},{names[kind]}\n" for hour, kind in recorded]

    return {
        "machines": [f"{of.id},{of.model},{of.age}\n"] if first == 0 else [],
        "telemetry": [TELEMETRY_ROW % row for row in zip(times, repeat(of.id), *values.T.tolist())],
        "errors": events(happened.errors, ERRORS),
        "maint": events(happened.maint, COMPONENTS),
        "failures": events(happened.failures, COMPONENTS),
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
