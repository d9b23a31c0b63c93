"""What the hold-out costs with a model, and without: per machine and month, and what the model saves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality import rhythm
from predictive_maintenance.quality.costs import Costs
from predictive_maintenance.quality.evaluation import DEFAULT_THRESHOLD
from predictive_maintenance.quality.events import (
    EventQuality,
    Events,
    events_by_machine,
    events_of,
    months,
    quality_per_event,
)
from predictive_maintenance.quality.labels import is_known
from predictive_maintenance.quality.resampling import estimates
from predictive_maintenance.training.dataset import Dataset
from predictive_maintenance.windows import HOUR

MODEL, FIXED, RULE, RHYTHM, RUN_TO_FAILURE = "model", "fixed", "rule", "rhythm", "run_to_failure"
WARNERS = (MODEL, FIXED, RULE)
"""Who warns: the model, the same with a threshold of a half, and the one-line rule."""
WAYS = (*WARNERS, RHYTHM, RUN_TO_FAILURE)
"""Of looking after a plant."""


@dataclass(frozen=True)
class HoldOut:
    """What happens in the hold-out: `events` by way, machine and component, where something does.

    So many machines as are `judged` have a window there; `machines` are they and those that fail all the same. Each has
    so many `months`. `rhythms` are weeks.
    """

    machines: tuple[int, ...]
    judged: int
    months: float
    events: Mapping[str, Mapping[tuple[int, str], Events]]
    rhythms: Mapping[str, int | None]

    def quality(self, comp: str) -> EventQuality:
        """Of the model."""
        counts = sum((its for (_, of), its in self.events[MODEL].items() if of == comp), Events())
        return EventQuality(**vars(counts), machine_months=self.judged * self.months)

    def figures(self, comp: str, costs: Costs) -> dict[str, float | None]:
        """Of one component: what the model warned of, what each way costs per machine and month, the rhythm in days."""
        quality = self.quality(comp)
        spent = {way: sum(costs.of(its) for (_, of), its in self.events[way].items() if of == comp) for way in WAYS}
        each = {way: round(total / len(self.machines) / self.months, 2) for way, total in spent.items()}
        weeks = self.rhythms[comp]
        ways = {"cost" if way == MODEL else f"cost_{way}": its for way, its in each.items()}
        return {
            "failures": quality.failures,
            "warned": quality.warned,
            "false_alarms": quality.false_alarms,
            "false_alarms_per_machine_month": quality.false_alarms_per_machine_month,
            **ways,
            "rhythm_days": weeks and weeks * 7,
        }

    def savings(self, costs: Mapping[str, Costs]) -> dict[str, Any]:
        """`costs` of the plant with each way and `savings` of the model against the others, with their intervals."""
        spent = {way: dict.fromkeys(self.machines, 0.0) for way in WAYS}
        for way, its in self.events.items():
            for (machine, comp), events in its.items():
                spent[way][machine] += costs[comp].of(events) / self.months
        figures = {("costs", way): list(its.values()) for way, its in spent.items()}
        figures |= {
            ("savings", way): [spent[way][machine] - spent[MODEL][machine] for machine in self.machines]
            for way in WAYS
            if way != MODEL
        }
        found = estimates(figures)
        return {kind: {way: its for (of, way), its in found.items() if of == kind} for kind in ("costs", "savings")}


def hold_out(data: Dataset, said: DataFrame) -> HoldOut:
    """What happens in the hold-out of `data`, of which the model has `said` its probabilities and decisions."""
    test = data.split.test
    warners = {comp: F.array_compact(F.array(*_warners(comp, data.horizon_hours))) for comp in COMPONENTS}
    each = events_by_machine(said, warners, WARNERS, data.failures, test, data.horizon_hours, data.window_hours)
    events: dict[str, dict[tuple[int, str], Events]] = {way: {} for way in WAYS}
    rows = each.collect()
    for row in rows:
        if row.comp is not None:
            events[row.by][row.machineID, row.comp] = events_of(row)
    events[RUN_TO_FAILURE] = {key: Events(failures=its.failures) for key, its in events[MODEL].items() if its.failures}
    rhythms, events[RHYTHM] = _rhythm(data, said)
    judged = sum(row.comp is None for row in rows)
    machines = {row.machineID for row in rows}
    return HoldOut(tuple(sorted(machines)), judged, months(test, data.window_hours), events, rhythms)


def spent(data: Dataset, said: DataFrame) -> float | None:
    """What the hold-out of `data` costs per machine and month with the decisions that were `said`; None without one."""
    decisions = {comp: F.col(f"warns_{comp}") & is_known(comp, data.horizon_hours) for comp in COMPONENTS}
    test = (data.failures, data.split.test, data.horizon_hours, data.window_hours)
    found = quality_per_event(said, decisions, *test)
    [machine_months] = {its.machine_months for its in found.values()}
    total = sum(data.costs[comp].of(its) for comp, its in found.items())
    return round(total / machine_months, 2) if machine_months else None


def _warners(comp: str, horizon_hours: int) -> list[Column]:
    """Who warns; not where the outcome is unknown: such a warning was neither right nor wrong."""
    said = (F.col(f"warns_{comp}"), F.col(f"prob_{comp}") > DEFAULT_THRESHOLD, F.col(f"rule_{comp}"))
    return [F.when(warns & is_known(comp, horizon_hours), F.lit(who)) for who, warns in zip(WARNERS, said)]


def _rhythm(data: Dataset, said: DataFrame) -> tuple[dict[str, int | None], dict[tuple[int, str], Events]]:
    """The rhythms that cost least before the hold-out, and what happens with them in it."""
    first, test = data.split.training.first, data.split.test
    machines = data.rows.select("machineID")
    known = rhythm.lives(machines, data.maint, data.failures, first, data.split.validation.last)
    rhythms = rhythm.cheapest_rhythms(known, first, data.costs)
    end = test.last + data.horizon_hours * HOUR
    lived = rhythm.lives(said.select("machineID"), data.maint, data.failures, first, end)
    return rhythms, rhythm.rhythm_events(lived, test.first, rhythms)
