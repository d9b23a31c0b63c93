"""Calibration: of the windows of which a model says so much, that share fails.

A curve is fitted to windows that the trees have not learned from, by pooling adjacent violators (isotonic regression):
nothing is assumed of what the trees say but that more means more. Neighbours that are pooled would lose their order, so
a tenth of the score itself stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from predictive_maintenance.contract import Tenth
from predictive_maintenance.quality.evaluation import STEPS, Bin

Curve = Sequence[tuple[float, float]]
"""Points of a score and a probability, neither falling, and straight lines between. Empty: a score is a probability."""

KEPT = 0.1
"""Of a score."""
ENOUGH_FAILING = 10
"""Windows before a failure that a curve needs: of fewer it would learn chance."""


def fit(counted: Iterable[Bin]) -> Curve:
    """The curve of windows that were counted by their score."""
    blocks: list[list[float]] = []
    for bin in sorted(counted, key=lambda bin: bin.score):
        blocks.append([bin.failing, bin.failing + bin.healthy, bin.score, bin.score])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            failing, windows, _, last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + failing, blocks[-1][1] + windows, blocks[-1][2], last]
    if sum(failing for failing, *_ in blocks) < ENOUGH_FAILING:
        return []
    points = [(score / STEPS, failing / windows) for failing, windows, *ends in blocks for score in ends]
    return list(dict.fromkeys(points))  # a block of one score has one point


def calibrated(curve: Curve, score: str) -> str:
    """SQL: the probability of `score`, the name of a column."""
    if not curve:
        return score
    cases = [f"WHEN {score} <= {curve[0][0]}D THEN {curve[0][1]}D"]
    for (from_score, from_probability), (to_score, to_probability) in pairwise(curve):
        slope = (to_probability - from_probability) / (to_score - from_score)
        cases.append(f"WHEN {score} <= {to_score}D THEN {from_probability}D + ({score} - {from_score}D) * {slope}D")
    return f"{KEPT}D * {score} + {1 - KEPT}D * CASE {' '.join(cases)} ELSE {curve[-1][1]}D END"


def brier(counted: Iterable[Bin]) -> float | None:
    """The mean squared distance of what was said from what came true; None without a window."""
    each = list(counted)
    squares = sum(bin.failing * (1 - bin.score / STEPS) ** 2 + bin.healthy * (bin.score / STEPS) ** 2 for bin in each)
    windows = sum(bin.failing + bin.healthy for bin in each)
    return round(squares / windows, 6) if windows else None


def reliability(counted: Iterable[Bin]) -> list[Tenth]:
    """What was said against what came true, by tenths that occur."""
    tenths: dict[int, list[Bin]] = {}
    for bin in counted:
        tenths.setdefault(min(bin.score * 10 // STEPS, 9), []).append(bin)
    return [_tenth(bins) for _, bins in sorted(tenths.items())]


def calibration_error(tenths: Sequence[Tenth]) -> float | None:
    """The mean distance between said and failed over all windows (expected calibration error); None without any."""
    windows = sum(tenth["windows"] for tenth in tenths)
    distance = sum(tenth["windows"] * abs(tenth["said"] - tenth["failed"]) for tenth in tenths)
    return round(distance / windows, 6) if windows else None


def _tenth(bins: Sequence[Bin]) -> Tenth:
    windows = sum(bin.failing + bin.healthy for bin in bins)
    said = sum(bin.score / STEPS * (bin.failing + bin.healthy) for bin in bins)
    failed = sum(bin.failing for bin in bins)
    return {"said": round(said / windows, 6), "failed": round(failed / windows, 6), "windows": windows}
