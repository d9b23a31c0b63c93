"""What is wrong with the data of a real plant, each as a share between 0 and 1 and none by default.

gaps   of the hours of telemetry are missing, half of them alone and half in silences of two days of one machine; and
       of the single sensor values, which are empty fields
dirty  of the dated rows are spoilt: not a number or a name, an impossible value, an impossible time, an unknown
       machine, a cut-off line, a field too many
late   of the dated rows are not delivered with their day but one to three days after it
twice  of the dated rows are delivered with their day, and again one to three days after it

and sensors that are broken, see `sensor_faults.py`.

Draws belong to a machine and a table: more machines or more days only add.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from description import SENSORS
from history import START
from rows import Rows
from sensor_faults import SOUND, SensorFaults

SILENCE_HOURS = 48
LATEST_DAYS = 3
NOBODY = 900_000
"""Machines with such a number are in no plant."""
GAPS, DIRT, DELIVERY, BROKEN = 5, 6, 7, 8
"""Streams of random numbers, beside those of `history.py` and `rows.py`."""
DATED = ("telemetry", "errors", "maint", "failures")


class Late(NamedTuple):
    """When rows arrive, as a day counted from `START`, and their table."""

    day: int
    table: str


class Delivered(NamedTuple):
    in_time: Rows
    late: dict[Late, list[str]]


def _field(line: str, number: int, value: str) -> str:
    fields = line.rstrip("\n").split(",")
    fields[number] = value
    return ",".join(fields) + "\n"


# Each makes a sound line a wrong one, with a number in [0, 1) to choose by; the day stays readable or is none at all.
SPOILERS: tuple[Callable[[str, float], str], ...] = (
    lambda line, chance: _field(line, -1, "n/a"),
    lambda line, chance: _field(line, -1, "-9999"),
    lambda line, chance: _field(line, 0, f"2015-13-{1 + int(28 * chance):02d} 25:00:00"),
    lambda line, chance: _field(line, 1, str(NOBODY + int(1000 * chance))),
    lambda line, chance: line[: 1 + int(chance * (line.rindex(",") - 1))] + "\n",
    lambda line, chance: line.rstrip("\n") + ",0\n",
)


@dataclass(frozen=True)
class Flaws:
    gaps: float = 0
    dirty: float = 0
    late: float = 0
    twice: float = 0
    sensors: SensorFaults = SOUND

    def applied(self, seed: int, id: int, sound: Rows) -> Delivered:
        """The rows of machine `id` as they are delivered."""
        in_time = dict(sound)
        late: dict[Late, list[str]] = {}
        if self.sensors:
            in_time["telemetry"] = self._broken(np.random.default_rng([seed, id, BROKEN]), in_time["telemetry"])
        if self.gaps:
            in_time["telemetry"] = self._with_gaps(np.random.default_rng([seed, id, GAPS]), in_time["telemetry"])
        for number, table in enumerate(DATED):
            hours = [_hour(line) for line in in_time[table]] if self.late or self.twice else []
            if self.dirty:
                in_time[table] = self._spoilt(np.random.default_rng([seed, id, DIRT, number]), in_time[table])
            if self.late or self.twice:
                random = np.random.default_rng([seed, id, DELIVERY, number])
                in_time[table] = self._delayed(random, hours, table, in_time[table], late)
        return Delivered(in_time, late)

    def _broken(self, random: np.random.Generator, lines: list[str]) -> list[str]:
        fields = [line.rstrip("\n").split(",") for line in lines]
        sound = np.array([its[2:] for its in fields], dtype=float).reshape(-1, len(SENSORS))
        measured = self.sensors.applied(random, sound)
        return [
            ",".join([*its[:2], *("" if np.isnan(value) else f"{value:.3f}" for value in values)]) + "\n"
            for its, values in zip(fields, measured)
        ]

    def _with_gaps(self, random: np.random.Generator, lines: list[str]) -> list[str]:
        drawn = random.random((len(lines), 2 + len(SENSORS)))
        absent = drawn[:, 0] < self.gaps / 2
        for start in np.flatnonzero(drawn[:, 1] < self.gaps / 2 / SILENCE_HOURS):
            absent[start : start + SILENCE_HOURS] = True
        lines = list(lines)
        for hour, sensor in np.argwhere(drawn[:, 2:] < self.gaps):
            lines[hour] = _field(lines[hour], 2 + sensor, "")
        return [line for line, gone in zip(lines, absent) if not gone]

    def _spoilt(self, random: np.random.Generator, lines: list[str]) -> list[str]:
        lines = list(lines)
        for row, (share, kind, chance) in enumerate(random.random((len(lines), 3))):
            if share < self.dirty:
                lines[row] = SPOILERS[int(kind * len(SPOILERS))](lines[row], chance)
        return lines

    def _delayed(
        self,
        random: np.random.Generator,
        hours: list[int],
        table: str,
        lines: list[str],
        late: dict[Late, list[str]],
    ) -> list[str]:
        """Adds to `late` what is late or comes again, and returns the rows that are in time."""
        in_time = []
        for line, hour, (share, again, delay) in zip(lines, hours, random.random((len(lines), 3))):
            arrives = hour // 24 + 1 + int(delay * LATEST_DAYS)
            is_late = share < self.late and hour >= 0
            if not is_late:
                in_time.append(line)
            if is_late or (again < self.twice and hour >= 0):
                late.setdefault(Late(arrives, table), []).append(line)
        return in_time


FLAWLESS = Flaws()


def _hour(line: str) -> int:
    return (datetime.fromisoformat(line[: line.index(",")]) - START) // (timedelta(hours=1))
