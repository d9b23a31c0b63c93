"""The rows of the quality table, and which of them are short of what the product promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not for who asks for help, before anything is set up
    from predictive_maintenance.explore.examination import Judgement

WARNED = 0.95
"""Of the failures, with faulty sensors: at least."""
FALSE_ALARMS = 0.1
"""Per machine and month, with faulty sensors: at most."""


@dataclass(frozen=True)
class Quality:
    """What the warnings of one warner (`by`: the model or the rule) were worth in one condition, over all components.

    What is undefined is None; the rule states no probability that could be calibrated.
    """

    condition: str
    by: str
    macro_f1: float | None
    failures: int
    warned: int
    warned_share: float | None
    false_alarms_per_machine_month: float | None
    calibration_error: float | None


def summed(condition: str, by: str, judgement: Judgement) -> Quality:
    """The figures of all components as those of the plant."""
    from predictive_maintenance.quality.events import EventQuality, Events
    from predictive_maintenance.training.measure import at_horizon
    from predictive_maintenance.training.promotion import Merits

    each = [at_horizon(its) for its in judgement.counted.values()]
    [months] = {its.machine_months for its in judgement.events.values()}
    events = EventQuality(**vars(sum(judgement.events.values(), Events())), machine_months=months)
    return Quality(
        condition,
        by,
        judgement.macro_f1,
        events.failures,
        events.warned,
        events.warned_share,
        events.false_alarms_per_machine_month,
        Merits.of(judgement.macro_f1, each, None).calibration_error if by == "model" else None,
    )


def line(*values: object) -> str:
    """The values of a row, or their names, as a line of the table."""
    shown = ("–" if value is None else value for value in values)
    return "{:<18}{:<7}{:>9}{:>10}{:>8}{:>8}{:>20}{:>13}".format(*shown)


HEADER = line("condition", "by", "macro F1", "failures", "warned", "share", "false alarms/month", "calibration")


def shortfalls(results: Iterable[Quality], faulty: Iterable[str]) -> list[str]:
    """What the model falls short of in the conditions with `faulty` sensors, a line each."""
    found = []
    for its in results:
        if its.by != "model" or its.condition not in faulty:
            continue
        if its.warned_share is not None and its.warned_share < WARNED:
            found.append(f"{its.condition}: {its.warned_share:.1%} of failures warned of, at least {WARNED:.0%} wanted")
        alarms = its.false_alarms_per_machine_month
        if alarms is not None and alarms > FALSE_ALARMS:
            found.append(f"{its.condition}: {alarms} false alarms per machine and month, at most {FALSE_ALARMS} wanted")
    return found
