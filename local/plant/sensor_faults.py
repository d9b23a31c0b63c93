"""Sensors that are broken for a week, each kind as a share between 0 and 1 of the time of all sensors.

stuck     repeats what it measured last
drifting  moves away, slowly, by as much as before a failure and half again, or by three deviations
spiking   is at one end of its range in one hour of ten
silent    measures nothing: an empty field
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rows import HIGHEST, LOWEST, NOISE, SHIFT

HOURS = 7 * 24
MOVES = abs(SHIFT).max(axis=0)
FARTHEST = 1.5 * np.where(MOVES > 0, MOVES, 2 * NOISE)
"""How far each sensor drifts; no failure moves some."""
SPIKES = 0.1
"""Of the hours of a sensor that is spiking."""
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class SensorFaults:
    stuck: float = 0
    drifting: float = 0
    spiking: float = 0
    silent: float = 0

    def __bool__(self) -> bool:
        return any(vars(self).values())

    def applied(self, random: np.random.Generator, sound: Values) -> Values:
        """`sound` (hours, sensors) as broken sensors measure it; what is not measured is NaN."""
        measured = sound.copy()
        kinds, shares = [*vars(self)], np.array([*vars(self).values()])
        drawn = random.random((*sound.shape, 4))
        for hour, sensor in np.argwhere(drawn[:, :, 0] < shares.sum() / HOURS):
            week = slice(hour, hour + HOURS)
            kind = kinds[int(np.searchsorted(np.cumsum(shares), drawn[hour, sensor, 1] * shares.sum(), side="right"))]
            direction = 1 if drawn[hour, sensor, 2] < 0.5 else -1
            measured[week, sensor] = _broken(kind, sound[week, sensor], sensor, direction, drawn[week, sensor, 3])
        return measured


SOUND = SensorFaults()


def _broken(kind: str, sound: Values, sensor: int, direction: int, chances: Values) -> Values:
    if kind == "stuck":
        return np.full_like(sound, sound[0])
    if kind == "drifting":
        away = direction * FARTHEST[sensor] * np.arange(len(sound)) / HOURS
        drifted: Values = np.clip(sound + away, LOWEST[sensor], HIGHEST[sensor])
        return drifted
    if kind == "spiking":
        return np.where(chances < SPIKES, HIGHEST[sensor] if direction > 0 else LOWEST[sensor], sound)
    return np.full_like(sound, np.nan)
