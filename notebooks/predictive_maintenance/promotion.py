"""Champion and challenger: which version of the model scores."""

from __future__ import annotations

from predictive_maintenance import pipeline
from predictive_maintenance.dataset import Dataset
from predictive_maintenance.evaluation import macro_f1, quality
from predictive_maintenance.registry import Registry, Version

MARGIN = 0.01
"""By how much the macro F1 of a challenger may be below that of the champion on the same hold-out."""


def challenge(registry: Registry, challenger: Version, challenger_f1: float | None, data: Dataset) -> tuple[bool, str]:
    """Makes the challenger champion unless it is worse than the champion on the hold-out of `data`.

    Returns whether it is champion now, and why. A version is judged once: later only the result is repeated.
    """
    champion = registry.champion()
    if challenger.verdict or (champion and champion.number == challenger.number):
        return champion is not None and champion.number == challenger.number, challenger.verdict
    if champion is None:
        promoted, verdict = True, "there was no champion"
    else:
        holdout = registry.load(champion).transform(data.rows.where(data.split.test.holds()))
        champion_f1 = macro_f1(quality(its) for its in pipeline.counted(holdout).values())
        promoted, verdict = compare(challenger_f1, champion_f1, champion.number)
    registry.judge(challenger, verdict, promote=promoted)
    return promoted, verdict


def compare(challenger_f1: float | None, champion_f1: float | None, champion: str) -> tuple[bool, str]:
    """Whether the challenger is not worse, and the figures; without a figure of its own it has shown nothing."""
    figures = f"macro F1 {challenger_f1} on the hold-out, champion (version {champion}) {champion_f1}"
    if challenger_f1 is None:
        return False, f"{figures}: nothing to compare by"
    if champion_f1 is not None and challenger_f1 < champion_f1 - MARGIN:
        return False, f"{figures}: worse by more than {MARGIN}"
    return True, f"{figures}: not worse by more than {MARGIN}"
