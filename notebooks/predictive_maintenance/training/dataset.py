"""What a model learns from: labelled windows of known outcome, split in time, with a fingerprint of their content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, WINDOW_HOURS
from predictive_maintenance.features.inputs import INPUTS, LEARNED
from predictive_maintenance.features.point_in_time import COLUMNS
from predictive_maintenance.quality.costs import USUAL, Costs
from predictive_maintenance.quality.labels import ahead_of, ahead_unless_prevented, is_known, prevented_of, uncensored
from predictive_maintenance.quality.slices import NothingToLearn, Split, split
from predictive_maintenance.rows import only_row
from predictive_maintenance.training.model import horizons
from predictive_maintenance.training.visits import cycle_hours
from predictive_maintenance.windows import iso


@dataclass(frozen=True)
class Dataset:
    """`rows` have the columns of the features table, `ahead_<comp>`, `prevented_<comp>` and `label_<comp>`, which is
    null where it is not known; `content` is the same when a model learns from the same.

    `means` are those of the training windows; by component `failing` are those before a failure, and `healthy` the
    others whose outcome is known; `cycle_hours` lie between two visits of the plant. Of the last windows what comes
    after the horizon is not known yet: `ahead_<comp>` counts only where that time is before `known_until`. `costs`, by
    component, decide when it should warn.
    """

    rows: DataFrame
    failures: DataFrame
    maint: DataFrame
    known_until: int
    horizon_hours: int
    window_hours: int
    split: Split
    content: str
    means: Mapping[str, float]
    failing: Mapping[str, int]
    healthy: Mapping[str, int]
    cycle_hours: float | None
    costs: Mapping[str, Costs]

    def periods(self) -> dict[str, str]:
        """The first and last window end of the training windows and of the hold-out."""
        training, test = self.split.training, self.split.test
        return {
            "trained_from": iso(training.first),
            "trained_to": iso(training.last),
            "test_from": iso(test.first),
            "test_to": iso(test.last),
        }


def dataset(
    features: DataFrame,
    failures: DataFrame,
    maint: DataFrame,
    known_until: int,
    horizon_hours: int,
    window_hours: int = WINDOW_HOURS,
    costs: Mapping[str, Costs] = USUAL,
    prevented: DataFrame | None = None,
) -> Dataset:
    """Labels `features` with what is known until `known_until` (seconds since 1970). Whether a component would have
    failed but for maintenance of `prevented` (see `ahead_unless_prevented`) is not known. Raises NothingToLearn where
    there is no window, where there are too few, no failure, or a sensor that never spoke."""
    reach = max(horizons(horizon_hours))
    known = uncensored(features, known_until, horizon_hours)
    end = F.unix_seconds("window_end")
    first, last = only_row(known.agg(F.min(end), F.max(end)))
    if first is None:
        raise NothingToLearn(f"no window has a known outcome at a horizon of {horizon_hours} h: nothing to learn from")
    parts = split(first, last, horizon_hours, window_hours, reach)
    rows = ahead_unless_prevented(known.select(*COLUMNS), failures, prevented, reach, window_hours)
    fails = {comp: F.coalesce(F.col(ahead_of(comp)) <= horizon_hours, F.lit(False)) for comp in COMPONENTS}
    labels = {comp: F.when(is_known(comp, horizon_hours), its.cast("double")) for comp, its in fails.items()}
    rows = rows.withColumns({f"label_{comp}": its for comp, its in labels.items()})
    training = parts.training.holds()
    # A null adds nothing to a hash: without anything prevented it is that of an older release.
    outcomes = (*map(ahead_of, COMPONENTS), *map(prevented_of, COMPONENTS))
    learned_from = ("machineID", "window_end", "model", *INPUTS, *outcomes)
    aggregated = rows.agg(
        F.count(F.lit(1)).alias("rows"),
        F.bit_xor(F.xxhash64(*learned_from)).alias("hash"),
        *(F.avg(F.when(training, F.col(name))).alias(name) for name in LEARNED),
        *(F.count_if(training & (F.col(f"label_{comp}") == 1)).alias(comp) for comp in COMPONENTS),
        *(F.count_if(training & is_known(comp, reach)).alias(f"known_{comp}") for comp in COMPONENTS),
    )
    found = only_row(aggregated)
    failing = {comp: found[comp] for comp in COMPONENTS}
    healthy = {comp: found[f"known_{comp}"] - found[comp] for comp in COMPONENTS}
    if not any(failing.values()):
        raise NothingToLearn("no component fails in the training windows: nothing to learn from")
    means = {name: found[name] for name in LEARNED}
    for name, mean in means.items():
        if mean is None:
            raise NothingToLearn(f"{name} is null in every training window: a model cannot learn without it")
    content, cycle = f"{found.rows}:{found.hash}", cycle_hours(maint, known_until)
    hours = (horizon_hours, window_hours)
    known_from = (rows, failures, maint, known_until)
    return Dataset(*known_from, *hours, parts, content, means, failing, healthy, cycle, costs)
