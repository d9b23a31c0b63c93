"""Holds what was said of windows against what came true: by window and by failure event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, SEPARATOR
from predictive_maintenance.features.feature_engineering import extent
from predictive_maintenance.features.inputs import LEARNED
from predictive_maintenance.quality import rule
from predictive_maintenance.quality.evaluation import Bin, Quality, bins, macro_f1, quality
from predictive_maintenance.quality.events import EventQuality, quality_per_event
from predictive_maintenance.quality.evidence import failures_of
from predictive_maintenance.quality.labels import label, uncensored
from predictive_maintenance.quality.slices import Slice
from predictive_maintenance.registry.registry import Registry, Version
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import FAILURES, TELEMETRY

Said = Mapping[str, tuple[Column, Column]]
"""Of each component a probability from 0 to 1 and a decision."""


@dataclass(frozen=True)
class Known:
    """Windows of known outcome: `rows` with `label_<comp>`, the range they fill, their number, and all failures."""

    rows: DataFrame
    judged: Slice
    windows: int
    failures: DataFrame


@dataclass(frozen=True)
class Judgement:
    """By component: windows counted by what was said and came true, and the failure events."""

    counted: Mapping[str, list[Bin]]
    events: Mapping[str, EventQuality]

    @property
    def by_window(self) -> dict[str, Quality]:
        """What `evaluation.quality` says of each component."""
        return {comp: quality(its) for comp, its in self.counted.items()}

    @property
    def macro_f1(self) -> float | None:
        return macro_f1(self.by_window.values())

    @property
    def failures(self) -> int:
        """The failures that were judged, over all components."""
        return failures_of(map(vars, self.events.values()))

    def figures(self) -> dict[str, dict[str, Any]]:
        """Every figure of each component."""
        return {
            comp: {
                **its,
                **vars(self.events[comp]),
                "false_alarms_per_machine_month": self.events[comp].false_alarms_per_machine_month,
            }
            for comp, its in self.by_window.items()
        }

    def table(self) -> pandas.DataFrame:
        """The figures, a row per component."""
        return pandas.DataFrame([{"component": comp, **its} for comp, its in self.figures().items()])

    def confusion(self) -> pandas.DataFrame:
        """Windows by what was said and what came true, a row per component."""

        def number(its: list[Bin], warned: bool, failing: bool) -> int:
            return sum(bin.failing if failing else bin.healthy for bin in its if bin.warned == warned)

        return pandas.DataFrame(
            {
                "component": comp,
                "warned, fails": number(its, True, True),
                "warned, healthy": number(its, True, False),
                "silent, fails": number(its, False, True),
                "silent, healthy": number(its, False, False),
            }
            for comp, its in self.counted.items()
        )


def known(spark: SparkSession, catalog: str, schema: str, rows: DataFrame, horizon_hours: int) -> Known:
    """Labels those of `rows` (machineID, window_end) whose outcome the telemetry has reached. Raises ValueError when
    there are none."""
    telemetry, failures = (spark.table(table.of(catalog, schema)) for table in (TELEMETRY, FAILURES))
    [until] = only_row(telemetry.agg(F.unix_seconds(F.max("datetime"))))
    reached = uncensored(rows, until or 0, horizon_hours)
    found = extent(reached)
    if not found["rows"]:
        raise ValueError(
            f"none of these windows has a known outcome at a horizon of {horizon_hours} h: nothing to examine"
        )
    return Known(label(reached, failures, horizon_hours), Slice(found["first"], found["last"]), found["rows"], failures)


def judge(windows: Known, said: Said, horizon_hours: int, rows: DataFrame | None = None) -> Judgement:
    """Counts what was `said` of the windows; `rows` are theirs, with more columns, when `said` needs them."""
    judged = windows.rows if rows is None else rows
    decisions = {comp: decision for comp, (_, decision) in said.items()}
    return Judgement(
        bins(judged, said), quality_per_event(judged, decisions, windows.failures, windows.judged, horizon_hours)
    )


def said_by_model() -> Said:
    """What the output of a model says."""
    return {comp: (F.col(f"prob_{comp}"), F.col(f"warns_{comp}")) for comp in COMPONENTS}


def said_by_rule(sound: DataFrame) -> Said:
    """What the one-line rule says of feature rows; `sound` are those in which it looks up what is usual."""
    means = only_row(sound.agg(*(F.avg(name).alias(name) for name in LEARNED))).asDict()
    warnings = {comp: rule.warns(comp, means) for comp in COMPONENTS}
    return {comp: (warns.cast("int"), warns) for comp, warns in warnings.items()}


def said_by_predictions() -> Said:
    """What the table of predictions says."""
    named = F.split("predicted", rf"\{SEPARATOR}")
    return {comp: (F.col(f"prob_{comp}"), F.array_contains(named, comp)) for comp in COMPONENTS}


def champion_of(registry: Registry) -> Version:
    """The version that scores. Raises ValueError when there is none."""
    champion = registry.champion()
    if champion is None:
        raise ValueError("the model has no champion yet: run training first")
    return champion
