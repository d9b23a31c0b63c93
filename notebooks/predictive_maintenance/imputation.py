"""What a model reads where a feature is null. A missing measurement is never zero."""

from __future__ import annotations

from collections.abc import Mapping

from predictive_maintenance.features import COMPONENTS, ERROR_HOURS, ERRORS, NUMERIC, SENSOR_HOURS, SENSORS, STATISTICS

NEVER_REPLACED_HOURS = 87_660.0
"""A component without a known replacement counts as ten years old: older than any that is replaced on schedule."""

LEARNED = (*(f"{sensor}_{statistic}_{max(SENSOR_HOURS)}h" for sensor in SENSORS for statistic in STATISTICS), "age")
"""The columns whose mean over the training windows stands in when nothing nearer is known."""


def imputed(column: str) -> str:
    """The name of `column` without nulls."""
    return f"imputed_{column}"


def rules(means: Mapping[str, float]) -> dict[str, str]:
    """SQL without nulls for every numeric feature, by feature; `means` are those of `LEARNED`.

    A statistic of a sensor that was silent is that of the next longer window, and at last the mean of the training
    windows; so is an unknown age. An error that is not within reach counts as just out of it.
    """
    stand_in = {column: (column,) for column in NUMERIC}
    for sensor in SENSORS:
        for statistic in STATISTICS:
            names = [f"{sensor}_{statistic}_{hours}h" for hours in SENSOR_HOURS]
            for shorter, name in enumerate(names):
                stand_in[name] = (*names[shorter:], f"{means[names[-1]]:.6g}D")
    for error in ERRORS:
        stand_in[f"hours_since_{error}"] += (f"{max(ERROR_HOURS)}.0D",)
    for comp in COMPONENTS:
        stand_in[f"hours_since_{comp}"] += (f"{NEVER_REPLACED_HOURS}D",)
    stand_in["age"] += (f"{means['age']:.6g}D",)
    return {column: f"double(coalesce({', '.join(known)}))" for column, known in stand_in.items()}
