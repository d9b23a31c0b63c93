"""Quality of warnings: thresholds, precision, recall, F1 and PR-AUC out of counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

STEPS = 1000
DEFAULT_THRESHOLD = 0.5
TOLERANCE = 0.03
"""By which share of the best F1 that of a threshold may be lower."""


@dataclass(frozen=True)
class Bin:
    """The windows of one probability (in thousandths, rounded up) and decision, by what came true."""

    score: int
    warned: bool
    failing: int
    healthy: int


class Quality(TypedDict):
    """Figures of one component; what is undefined is None. `positives` are the windows before a failure."""

    precision: float | None
    recall: float | None
    f1: float | None
    pr_auc: float | None
    positives: int


def bins(
    rows: DataFrame, said: Mapping[str, tuple[Column, Column]], fails: Mapping[str, Column] | None = None
) -> dict[str, list[Bin]]:
    """Counts labelled `rows` by the probability and the decision that were `said` of each component; `fails` is whether
    it came true (where it is not known, or nothing was said, nothing is counted), unless
    stated that `label_<comp>` is 1.

    One job with a few thousand counts at most, whatever the number of windows.
    """
    each = F.explode(
        F.array(
            *(
                F.struct(
                    F.lit(comp).alias("comp"),
                    F.ceil(probability * STEPS).alias("score"),
                    decision.alias("warned"),
                    (fails[comp] if fails else F.col(f"label_{comp}") == 1).alias("failing"),
                )
                for comp, (probability, decision) in said.items()
            )
        )
    )
    counted = (
        rows.select(each.alias("each"))
        .where("each.failing IS NOT NULL AND each.score IS NOT NULL")
        .groupBy("each.comp", "each.score", "each.warned")
        .agg(F.count_if("each.failing").alias("failing"), F.count_if(~F.col("each.failing")).alias("healthy"))
    )
    found: dict[str, list[Bin]] = {comp: [] for comp in said}
    for row in counted.collect():
        found[row.comp].append(Bin(row.score, row.warned, row.failing, row.healthy))
    return found


def best_threshold(counted: Iterable[Bin]) -> float:
    """The middle of the thresholds whose F1 is nearly the best.

    The very best one of a few failures is chance, and misses the next. Without a failure, or with every
    probability at zero, it is 0.5.
    """
    by_score = sorted(counted, key=lambda bin: -bin.score)
    positives = sum(bin.failing for bin in by_score)
    hits, warnings, cuts = 0, 0, []
    for bin, next_bin in zip(by_score, [*by_score[1:], None]):
        hits, warnings = hits + bin.failing, warnings + bin.failing + bin.healthy
        below = next_bin.score if next_bin else 0
        if below < bin.score:
            cuts.append((2 * hits / (warnings + positives), below, bin.score))
    if not positives or not cuts:
        return DEFAULT_THRESHOLD
    enough = max(f1 for f1, _, _ in cuts) * (1 - TOLERANCE)
    good = [(below, above) for f1, below, above in cuts if f1 >= enough]
    middle = (min(below for below, _ in good) + max(above for _, above in good)) / 2 / STEPS
    return min(max(middle, 1 / STEPS), 1 - 1 / STEPS)


def quality(counted: Iterable[Bin]) -> Quality:
    """precision, recall, f1, pr_auc (average precision) and positives; what is undefined is None.

    Precision needs a warning, recall and pr_auc a failure, f1 one of both.
    """
    by_score = sorted(counted, key=lambda bin: -bin.score)
    positives = sum(bin.failing for bin in by_score)
    hits = sum(bin.failing for bin in by_score if bin.warned)
    warnings = hits + sum(bin.healthy for bin in by_score if bin.warned)
    return {
        "precision": _ratio(hits, warnings),
        "recall": _ratio(hits, positives),
        "f1": _ratio(2 * hits, warnings + positives),
        "pr_auc": _average_precision(by_score),
        "positives": positives,
    }


def macro_f1(qualities: Iterable[Quality]) -> float | None:
    """The mean F1 over the components for which it is defined."""
    defined = [one["f1"] for one in qualities if one["f1"] is not None]
    return _ratio(sum(defined), len(defined))


def curve(counted: Iterable[Bin]) -> list[tuple[float, float]]:
    """Recall and precision with each probability that occurs as the threshold, the highest first; empty without a
    failure."""
    each = list(counted)
    positives, hits, windows, points = sum(bin.failing for bin in each), 0, 0, []
    if not positives:
        return []
    for score in sorted({bin.score for bin in each}, reverse=True):
        here = [bin for bin in each if bin.score == score]
        hits += sum(bin.failing for bin in here)
        windows += sum(bin.failing + bin.healthy for bin in here)
        points.append((hits / positives, hits / windows))
    return points


def _average_precision(counted: list[Bin]) -> float | None:
    points = curve(counted)
    before = [0.0, *(recall for recall, _ in points)]
    area = sum((recall - reached) * precision for (recall, precision), reached in zip(points, before))
    return round(area, 4) if points else None


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
