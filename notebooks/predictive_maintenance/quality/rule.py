"""The rule that a model has to beat: the component's own error within a day, and its sensor shifted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.quality.evaluation import Bin, bins

HALF_SHIFT = {
    "comp1": ("volt", 10.5, ("error1",)),
    "comp2": ("rotate", -40.5, ("error2", "error3")),
    "comp3": ("pressure", 13.0, ("error4",)),
    "comp4": ("vibration", 5.0, ("error5",)),
}
"""The sensor of each component, half of its shift before a failure, and the errors that announce it."""


def warns(comp: str, means: Mapping[str, float]) -> Column:
    """Whether the rule warns of `comp`, on the columns of the features table; `means` are those of sound windows."""
    sensor, half_shift, errors = HALF_SHIFT[comp]
    shift = F.col(f"{sensor}_mean_24h") - means[f"{sensor}_mean_36h"]
    shifted = shift > half_shift if half_shift > 0 else shift < half_shift
    return F.coalesce(reduce(and_, (F.col(f"{error}_count_24h") > 0 for error in errors), shifted), F.lit(False))


def counted(rows: DataFrame) -> dict[str, list[Bin]]:
    """What the rule said (`rule_<comp>`) of labelled windows against what came true, by component."""
    return bins(rows, {comp: (F.col(f"rule_{comp}").cast("int"), F.col(f"rule_{comp}")) for comp in HALF_SHIFT})
