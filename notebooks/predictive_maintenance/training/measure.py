"""How probable, and how good: curves and thresholds from the validation windows, figures from the hold-out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pyspark.ml import PipelineModel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, AtHorizon
from predictive_maintenance.quality import calibration
from predictive_maintenance.quality.calibration import brier, calibration_error, reliability
from predictive_maintenance.quality.costs import STEPS, cheapest_threshold
from predictive_maintenance.quality.evaluation import (
    DEFAULT_THRESHOLD,
    Bin,
    Quality,
    best_threshold,
    bins,
    quality,
)
from predictive_maintenance.quality.events import events_by_step
from predictive_maintenance.quality.labels import ahead_of, is_known
from predictive_maintenance.rows import kept
from predictive_maintenance.training.dataset import Dataset
from predictive_maintenance.training.model import Model, horizons, score
from predictive_maintenance.windows import HOUR

Key = tuple[str, int]
"""A component and a horizon."""
Counted = Mapping[int, Sequence[Bin]]
"""The windows of one component by what was said of each horizon."""


class Calibrated(Quality):
    """What `quality` says, and how well the probabilities are calibrated."""

    brier: float | None
    calibration_error: float | None


class Figures(Calibrated):
    """At the model's own horizon; `horizons` are all of them."""

    horizons: list[AtHorizon]


def decided(trained: PipelineModel, data: Dataset, validation: DataFrame) -> Model:
    """The model with the curves and thresholds that suit `validation`; it never looks at the hold-out."""
    thresholds = dict.fromkeys(COMPONENTS, DEFAULT_THRESHOLD)
    bare = Model(trained, data.horizon_hours, {comp: {} for comp in COMPONENTS}, thresholds)
    until = data.split.test.first
    with kept(bare.scored(validation)) as scored:
        scores = {key: (F.col(score(*key)), F.lit(False)) for key in _each(data)}
        found = _counted(scored, data, until, scores)
        curves = {comp: {hours: calibration.fit(its) for hours, its in each.items()} for comp, each in found.items()}
        model = replace(bare, curves=curves)
        said = {comp: (F.col(f"prob_{comp}"), F.lit(False)) for comp in COMPONENTS}
        judged = model.judged(scored)
        counts = bins(judged, said)
        # A warning before maintenance that may have prevented the failure is neither right nor wrong.
        chances = {comp: F.when(is_known(comp, data.horizon_hours), F.col(f"prob_{comp}")) for comp in COMPONENTS}
        events = events_by_step(
            *(judged, chances, STEPS, data.failures, data.split.validation, data.horizon_hours, data.window_hours)
        )
    cheapest = {comp: cheapest_threshold(events[comp], data.costs[comp]) for comp in COMPONENTS}
    return replace(model, thresholds={comp: cheapest[comp] or best_threshold(counts[comp]) for comp in COMPONENTS})


def counted(said: DataFrame, data: Dataset) -> dict[str, dict[int, list[Bin]]]:
    """What a model said of windows of `data`, by component and horizon."""
    decided = {(comp, hours): (F.col(f"prob_{comp}_{hours}h"), F.col(f"warns_{comp}")) for comp, hours in _each(data)}
    return _counted(said, data, data.known_until, decided)


def figures(its: Counted, horizon_hours: int) -> Figures:
    """The figures of one component."""
    return {**at_horizon(its[horizon_hours]), "horizons": [_at(hours, bins) for hours, bins in its.items()]}


def at_horizon(counted: Sequence[Bin]) -> Calibrated:
    """The figures of one component at one horizon."""
    return {
        **quality(counted),
        "brier": brier(counted),
        "calibration_error": calibration_error(reliability(counted)),
    }


def _at(hours: int, counted: Sequence[Bin]) -> AtHorizon:
    tenths = reliability(counted)
    return {
        "hours": hours,
        "brier": brier(counted),
        "calibration_error": calibration_error(tenths),
        "reliability": tenths,
    }


def _counted(
    rows: DataFrame, data: Dataset, until: int, said: Mapping[Key, tuple[Column, Column]]
) -> dict[str, dict[int, list[Bin]]]:
    """By component and horizon what was `said` (probability and decision), where that time is over at `until`."""
    fails = {str(key): _fails(*key, until) for key in said}
    found = bins(rows, {str(key): its for key, its in said.items()}, fails)
    by_component: dict[str, dict[int, list[Bin]]] = {comp: {} for comp in COMPONENTS}
    for comp, hours in said:
        by_component[comp][hours] = found[str((comp, hours))]
    return by_component


def _each(data: Dataset) -> list[Key]:
    return [(comp, hours) for comp in COMPONENTS for hours in horizons(data.horizon_hours)]


def _fails(comp: str, hours: int, until: int) -> Column:
    """Whether the component fails within so many hours; null where that time is not over at `until`, and where
    maintenance may have prevented it."""
    is_over = F.unix_seconds("window_end") + hours * HOUR <= until
    return F.when(is_over & is_known(comp, hours), F.coalesce(F.col(ahead_of(comp)) <= hours, F.lit(False)))
