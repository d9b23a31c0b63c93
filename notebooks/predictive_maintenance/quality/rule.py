"""The rule that a model has to beat: the component's own errors within a day, and its sensor half shifted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import SIGNS
from predictive_maintenance.features.inputs import SENSOR_MEANS
from predictive_maintenance.quality.evaluation import Bin, bins


def warns(comp: str, means: Mapping[str, float]) -> Column:
    """Whether the rule warns of `comp`, on the columns of the features table; `means` are those of sound windows."""
    sensor, shift, errors = SIGNS[comp]
    moved = F.col(f"{sensor}_mean_24h") - means[SENSOR_MEANS[sensor][-1]]
    shifted = moved > shift / 2 if shift > 0 else moved < shift / 2
    return F.coalesce(reduce(and_, (F.col(f"{error}_count_24h") > 0 for error in errors), shifted), F.lit(False))


def counted(rows: DataFrame) -> dict[str, list[Bin]]:
    """What the rule said (`rule_<comp>`) of labelled windows against what came true, by component."""
    return bins(rows, {comp: (F.col(f"rule_{comp}").cast("int"), F.col(f"rule_{comp}")) for comp in SIGNS})
