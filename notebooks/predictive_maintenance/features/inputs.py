"""What a model reads of a window: which features, and what stands in where one is null. Nothing missing is zero."""

from __future__ import annotations

from collections.abc import Mapping

from predictive_maintenance.contract import COMPONENTS, ERROR_HOURS, ERRORS, SENSOR_HOURS, SENSORS

SENSOR_MEANS = {sensor: [f"{sensor}_mean_{hours}h" for hours in SENSOR_HOURS] for sensor in SENSORS}
"""A failure shifts the level of a sensor for two days: short spans see it first, long ones with least noise. Deviations
and extremes follow from it with more noise, and cost a forest F1 on a simulated plant."""

MAINTENANCE = "maintenance"
"""Of any component."""

INPUTS = (
    *(name for names in SENSOR_MEANS.values() for name in names),
    *(f"{error}_count_{hours}h" for error in ERRORS for hours in ERROR_HOURS),
    *(f"hours_since_{event}" for event in (*ERRORS, *COMPONENTS, MAINTENANCE)),
    "age",
)
"""The features that every model reads, besides the machine's `model`."""

INTO_CYCLE = "hours_into_cycle"
"""Where the plant's visits are regular: the time since the last one due, whether it changed anything or not."""

LEARNED = (*(names[-1] for names in SENSOR_MEANS.values()), "age")
"""The features whose mean over the training windows stands in when nothing nearer is known."""

NEVER_REPLACED_HOURS = 87_660.0
"""A component without a known replacement counts as ten years old: older than any that is replaced on schedule."""


def imputed(feature: str) -> str:
    """The name of the column that is `feature` without nulls."""
    return f"imputed_{feature}"


def imputation(means: Mapping[str, float], cycle_hours: float | None) -> dict[str, str]:
    """For each of `INPUTS`, and for `INTO_CYCLE`, SQL that is never null; `means` are those of `LEARNED`.

    A sensor that was silent has the mean of the next longer span, and at last that of the training windows; so has an
    unknown age. An error that did not occur within reach counts as just out of it.
    """
    known = {feature: [feature] for feature in INPUTS}
    for names in SENSOR_MEANS.values():
        for shorter, name in enumerate(names):
            known[name] = names[shorter:]
    for error in ERRORS:
        known[f"hours_since_{error}"].append(f"{max(ERROR_HOURS)}D")
    for comp in (*COMPONENTS, MAINTENANCE):
        known[f"hours_since_{comp}"].append(f"{NEVER_REPLACED_HOURS}D")
    for feature in INPUTS:
        known[feature] += [f"{means[name]:.6g}D" for name in LEARNED if name in known[feature]]
    filled = {feature: f"double(coalesce({', '.join(values)}))" for feature, values in known.items()}
    filled[INTO_CYCLE] = f"pmod({filled[f'hours_since_{MAINTENANCE}']}, {cycle_hours or NEVER_REPLACED_HOURS}D)"
    return filled
