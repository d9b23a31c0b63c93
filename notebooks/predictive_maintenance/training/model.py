"""What a trained pipeline says: for each component a calibrated probability for each horizon, and a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyspark.ml import PipelineModel
from pyspark.ml.functions import vector_to_array
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, HORIZONS
from predictive_maintenance.quality.calibration import Curve, calibrated
from predictive_maintenance.training import pipeline


@dataclass(frozen=True)
class Model:
    """A pipeline with what its output means.

    It decides for a failure within `horizon_hours` above a threshold; `curves` calibrate, by component and horizon.
    """

    pipeline: PipelineModel
    horizon_hours: int
    curves: Mapping[str, Mapping[int, Curve]]
    thresholds: Mapping[str, float]

    @classmethod
    def of(cls, trained: PipelineModel, summary: Mapping[str, Any]) -> Model:
        """What `summary`, which was registered with the pipeline, says. An older release stated nothing of it there."""
        stated = summary.get("curves", {})
        curves = {comp: {int(hours): its for hours, its in stated.get(comp, {}).items()} for comp in COMPONENTS}
        return cls(
            trained,
            summary.get("horizon_hours", 24),
            curves,
            summary.get("thresholds") or pipeline.thresholds(trained),
        )

    @property
    def horizons(self) -> Sequence[int]:
        """All for which it has a probability, the nearest first."""
        return horizons(self.horizon_hours)

    def transform(self, rows: DataFrame) -> DataFrame:
        """Adds `prob_<comp>` (within the model's own horizon), `prob_<comp>_<hours>h` and `warns_<comp>`."""
        return self.judged(self.scored(rows))

    def judged(self, scored: DataFrame) -> DataFrame:
        """Adds these to what `scored` gave."""
        each = [(comp, hours) for comp in COMPONENTS for hours in self.horizons]
        said = scored
        # Each step is planned once, whatever the number of its columns.
        for name, of in (("calibrated", self._calibrated), ("prob", self._probability)):
            said = said.selectExpr("*", *(f"{of(comp, hours)} AS {name}_{comp}_{hours}h" for comp, hours in each))
        own = {comp: f"prob_{comp}_{self.horizon_hours}h" for comp in COMPONENTS}
        decisions = (f"{own[comp]} > {self.thresholds[comp]}D AS warns_{comp}" for comp in COMPONENTS)
        return said.selectExpr("*", *(f"{its} AS prob_{comp}" for comp, its in own.items()), *decisions)

    def _calibrated(self, comp: str, hours: int) -> str:
        curve = self.curves[comp].get(hours, [])
        if comp in self._binary and hours != self.horizon_hours and not curve:
            return "CAST(NULL AS double)"  # such trees say nothing of another horizon
        return calibrated(curve, score(comp, hours))

    @cached_property
    def _binary(self) -> set[str]:
        """The components whose trees know two classes only. Asking for it is a call to Java each time."""
        return {comp for comp, its in pipeline.classifiers(self.pipeline).items() if its.numClasses == 2}

    def _probability(self, comp: str, hours: int) -> str:
        """What fails within a day fails within two: curves that were fitted one by one need not know."""
        nearer = [f"calibrated_{comp}_{its}h" for its in self.horizons if its <= hours]
        return f"IF({nearer[-1]} IS NULL, NULL, greatest({', '.join(nearer)}, 0D))"

    def scored(self, rows: DataFrame) -> DataFrame:
        """Adds only what the trees say of each component and horizon, see `score`."""
        classifiers = pipeline.classifiers(self.pipeline)
        classes = {comp: vector_to_array(F.col(its.getProbabilityCol())) for comp, its in classifiers.items()}
        said = self.pipeline.transform(rows).withColumns({f"shares_{comp}": its for comp, its in classes.items()})
        scores = (
            f"{pipeline.score(f'shares_{comp}', place, is_binary=comp in self._binary)} AS {score(comp, hours)}"
            for comp in COMPONENTS
            for place, hours in enumerate(self.horizons)
        )
        return said.selectExpr("*", *scores)


def horizons(own: int) -> tuple[int, ...]:
    """Those of every model, and its own."""
    return tuple(sorted({*HORIZONS, own}))


def score(comp: str, hours: int) -> str:
    """The column of what the trees say of a failure of `comp` within `hours`, before it is calibrated."""
    return f"score_{comp}_{hours}h"
