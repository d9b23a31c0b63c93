"""Reasons in words: what was observed of one thing, and how much it adds to the probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from predictive_maintenance.contract import COMPONENTS, ERROR_HOURS, ERRORS, PLAUSIBLE, SENSOR_HOURS
from predictive_maintenance.features.inputs import INTO_CYCLE, MAINTENANCE, SENSOR_MEANS

MOST = 3
"""Reasons per component."""
LEAST_SHARE = 0.1
"""Of all that speaks for a failure: what adds less is no reason."""


class Reason(NamedTuple):
    """One reason; `contribution` is what it adds to the probability of a forest or tree, or to the log-odds of a GBT.

    `value` is in the sensor's unit, in hours since an event, or in years; `usual` is the machine's own long-term level
    of a sensor.
    """

    comp: str
    subject: str
    contribution: float
    value: float | None
    usual: float | None
    text: str


def subject_of(input: str) -> str:
    """What an input of the model tells of: a sensor, an error, a component, `maintenance`, `age` or `model`."""
    return SUBJECTS.get(input, input.split("=")[0])


SUBJECTS = {
    **{name: sensor for sensor, names in SENSOR_MEANS.items() for name in names},
    **{f"{error}_count_{hours}h": error for error in ERRORS for hours in ERROR_HOURS},
    **{f"hours_since_{event}": event for event in (*ERRORS, *COMPONENTS, MAINTENANCE)},
    INTO_CYCLE: MAINTENANCE,
}


def reasons_for(
    comp: str,
    contributions: Mapping[str, float],
    observed: Mapping[str, float | str | None],
    usual: Mapping[str, float | None],
) -> list[Reason]:
    """The reasons for a warning of `comp`, the strongest first.

    `contributions` are those of the inputs, `observed` the features of the window, `usual` the levels of the sensors.
    """
    added: dict[str, float] = {}
    for input, contribution in contributions.items():
        added[subject_of(input)] = added.get(subject_of(input), 0.0) + contribution
    whole = sum(contribution for contribution in added.values() if contribution > 0)
    strongest = sorted(added, key=lambda subject: -added[subject])[:MOST]
    found = []
    for subject in strongest:
        if added[subject] > LEAST_SHARE * whole:
            value, text = _said(subject, contributions, observed, usual)
            found.append(Reason(comp, subject, added[subject], value, usual.get(subject), text))
    return found


def _said(
    subject: str,
    contributions: Mapping[str, float],
    observed: Mapping[str, float | str | None],
    usual: Mapping[str, float | None],
) -> tuple[float | None, str]:
    """The value of a subject, and the sentence."""
    if subject in SENSOR_MEANS:
        return _sensor(subject, SENSOR_MEANS[subject], contributions, observed, usual)
    if subject == "model":
        return None, f"a machine of {observed['model'] or 'an unknown model'}"
    if subject == "age":
        age = _number(observed["age"])
        return age, "age not known" if age is None else f"{age:.0f} years old"
    hours = _number(observed[f"hours_since_{subject}"])
    if subject in ERRORS:
        return hours, f"no {subject} for {max(ERROR_HOURS)} h" if hours is None else f"{subject} {hours:.0f} h ago"
    if hours is None:
        return None, f"no {'maintenance' if subject == MAINTENANCE else f'replacement of {subject}'} known"
    event = "maintained" if subject == MAINTENANCE else f"{subject} replaced"
    return hours, f"{event} {hours / 24:.0f} days ago"


def _sensor(
    sensor: str,
    names: Sequence[str],
    contributions: Mapping[str, float],
    observed: Mapping[str, float | str | None],
    usual: Mapping[str, float | None],
) -> tuple[float | None, str]:
    """Of the spans of a sensor the one that adds most."""
    name, hours = max(zip(names, SENSOR_HOURS), key=lambda span: contributions[span[0]])
    value, level, unit = _number(observed[name]), usual.get(sensor), PLAUSIBLE[sensor][2]
    if value is None:
        return None, f"{sensor} silent for {hours} h"
    if level is None:
        return value, f"{sensor} {value:.1f} {unit} (mean of {hours} h)"
    side = "above" if value > level else "below"
    moved = f"{abs(value - level):.1f} {unit} {side} its usual {level:.1f}"
    return value, f"{sensor} {moved} (mean of {hours} h)"


def _number(value: float | str | None) -> float | None:
    return None if value is None else float(value)
