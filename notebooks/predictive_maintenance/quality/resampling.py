"""How far figures of a plant would differ with other machines: the bootstrap."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from predictive_maintenance.contract import Estimate

Name = TypeVar("Name", bound=Hashable)
SEED = 20150101
RESAMPLES = 1000
SHARE = 0.9
"""Of what resamples give: between the bounds of an interval."""


def estimates(by_machine: Mapping[Name, Sequence[float]]) -> dict[Name, Estimate]:
    """The mean of each figure over the machines, all in the same order, and the interval of what as many machines give
    that are drawn from these with replacement. Each draw is one for all figures. Of one machine it is a point."""
    values = np.array(list(by_machine.values()), dtype=float)
    machines = values.shape[1]
    random = np.random.default_rng(SEED)
    drawn = [values[:, random.integers(machines, size=machines)].mean(axis=1) for _ in range(RESAMPLES)]
    lows, highs = np.quantile(drawn, [(1 - SHARE) / 2, (1 + SHARE) / 2], axis=0)
    return {
        name: {"value": round(float(value), 2), "low": round(float(low), 2), "high": round(float(high), 2)}
        for name, value, low, high in zip(by_machine, values.mean(axis=1), lows, highs)
    }
