"""Quality of warnings: thresholds, precision, recall, F1 and PR-AUC out of counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

STEPS = 1000
DEFAULT_THRESHOLD = 0.5


@dataclass(frozen=True)
class Bin:
    """The windows of one probability (in thousandths, rounded up) and decision, by what came true."""

    score: int
    warned: bool
    failing: int
    healthy: int


def bins(rows: DataFrame, said: Mapping[str, tuple[Column, Column]]) -> dict[str, list[Bin]]:
    """Counts labelled `rows` by the probability and the decision that were `said` of each component.

    One job with a few thousand counts at most, whatever the number of windows.
    """
    each = F.explode(
        F.array(
            *(
                F.struct(
                    F.lit(comp).alias("comp"),
                    F.ceil(probability * STEPS).alias("score"),
                    decision.alias("warned"),
                    (F.col(f"label_{comp}") == 1).alias("failing"),
                )
                for comp, (probability, decision) in said.items()
            )
        )
    )
    counted = (
        rows.select(each.alias("each"))
        .groupBy("each.comp", "each.score", "each.warned")
        .agg(F.count_if("each.failing").alias("failing"), F.count_if(~F.col("each.failing")).alias("healthy"))
    )
    found: dict[str, list[Bin]] = {comp: [] for comp in said}
    for row in counted.collect():
        found[row.comp].append(Bin(row.score, row.warned, row.failing, row.healthy))
    return found


def best_threshold(counted: Iterable[Bin]) -> float:
    """The threshold with the best F1: among equals the middle of the widest gap between probabilities.

    Without a failure there is nothing to choose by, and it is 0.5.
    """
    by_score = sorted(counted, key=lambda bin: -bin.score)
    positives = sum(bin.failing for bin in by_score)
    if not positives:
        return DEFAULT_THRESHOLD
    best, hits, warnings = (0.0, 0, STEPS), 0, 0
    for position, bin in enumerate(by_score):
        hits, warnings = hits + bin.failing, warnings + bin.failing + bin.healthy
        below = by_score[position + 1].score if position + 1 < len(by_score) else 0
        gap = bin.score - below
        if gap > 0:
            best = max(best, (2 * hits / (warnings + positives), gap, (bin.score + below) // 2))
    return min(max(best[2], 1), STEPS - 1) / STEPS


def quality(counted: Iterable[Bin]) -> dict:
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
        "pr_auc": _average_precision(by_score, positives),
        "positives": positives,
    }


def macro_f1(qualities: Iterable[Mapping]) -> float | None:
    """The mean F1 over the components for which it is defined."""
    defined = [one["f1"] for one in qualities if one["f1"] is not None]
    return _ratio(sum(defined), len(defined))


def _average_precision(by_score: list[Bin], positives: int) -> float | None:
    total, hits, windows = 0.0, 0, 0
    for score in sorted({bin.score for bin in by_score}, reverse=True):
        here = [bin for bin in by_score if bin.score == score]
        failing = sum(bin.failing for bin in here)
        hits, windows = hits + failing, windows + sum(bin.failing + bin.healthy for bin in here)
        total += failing * hits / windows
    return _ratio(total, positives)


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None
