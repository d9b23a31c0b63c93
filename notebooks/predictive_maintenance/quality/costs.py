"""What warnings and failures cost, and which threshold costs least.

A failure that was warned of in time is an intervention, because it was planned; one that was not is a failure; a false
alarm is an inspection. They are counted as events are, see `events`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from predictive_maintenance.contract import COMPONENTS, COSTS, MOST_COST
from predictive_maintenance.quality.evaluation import DEFAULT_THRESHOLD
from predictive_maintenance.quality.events import Events
from predictive_maintenance.quality.evidence import ENOUGH

STEPS = 100
"""A threshold is chosen among so many."""


@dataclass(frozen=True)
class Costs:
    """Of one component, in any one currency."""

    failure: float
    intervention: float
    inspection: float

    def of(self, events: Events) -> float:
        missed = events.failures - events.warned
        return missed * self.failure + events.warned * self.intervention + events.false_alarms * self.inspection

    @property
    def chance(self) -> float:
        """What a single event more or less changes: it shows nothing."""
        return max(self.failure - self.intervention, self.inspection)


USUAL: Mapping[str, Costs] = {comp: Costs(**COSTS[comp]) for comp in COMPONENTS}


def parse_costs(text: str) -> dict[str, Costs]:
    """Reads the widget `costs`, JSON such as `{"comp1": {"failure": 20000}}`: what differs from `USUAL`. Empty:
    nothing. Raises ValueError."""
    names = ", ".join(field.name for field in fields(Costs))
    expected = (
        f'expected JSON such as {{"{COMPONENTS[0]}": {{"failure": 20000}}}} of {names}, each from 0 to {MOST_COST}'
    )
    try:
        stated = json.loads(text) if text.strip() else {}
        costs = {comp: replace(USUAL[comp], **its) for comp, its in stated.items()}
        numbers = [float(number) for its in costs.values() for number in vars(its).values()]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError(f"costs is '{text}': {expected}") from None
    if not all(math.isfinite(number) and 0 <= number <= MOST_COST for number in numbers):
        raise ValueError(f"costs is '{text}': {expected}")
    if any(its.intervention > its.failure for its in costs.values()):
        raise ValueError(f"costs is '{text}': {expected}, an intervention at most as much as a failure")
    return {**USUAL, **costs}


def cheapest_threshold(events: Mapping[int, Events], costs: Costs) -> float | None:
    """A half, unless another threshold costs less beyond chance; then the middle of those that cost hardly more than
    the cheapest. `events` are those with each threshold, in hundredths.

    Chance is a single missed failure, or one inspection where that costs more: of a few failures nobody knows which
    threshold misses one more. Of thresholds that cost the same a half is right about the most windows, as probabilities
    are calibrated. Of several stretches of those that cost hardly more the longest counts. None where the failures are
    too few to choose by.
    """
    spent = {step: costs.of(its) for step, its in sorted(events.items())}
    if not spent or max(its.failures for its in events.values()) < ENOUGH:
        return None
    most = min(spent.values()) + costs.chance
    if spent[round(DEFAULT_THRESHOLD * STEPS)] <= most:
        return DEFAULT_THRESHOLD
    stretches: list[list[int]] = []
    for step, cost in spent.items():
        if cost > most:
            continue
        if stretches and stretches[-1][-1] == step - 1:
            stretches[-1].append(step)
        else:
            stretches.append([step])
    longest = max(stretches, key=len)
    return (longest[0] + longest[-1]) / 2 / STEPS
