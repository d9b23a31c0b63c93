"""Champion and challenger: which version of the model scores."""

from __future__ import annotations

import math
from typing import TypeGuard

from predictive_maintenance.quality.evaluation import macro_f1, quality
from predictive_maintenance.quality.evidence import ENOUGH, evidence
from predictive_maintenance.registry.registry import DECISION, KEPT, PROMOTED, REASON, VERDICT, Registry, Version
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.dataset import Dataset

MARGIN = 0.01
"""By how much the macro F1 of a challenger may be below that of the champion on the same hold-out."""


def challenge(
    registry: Registry, challenger: Version, challenger_f1: float | None, data: Dataset, failures: int
) -> tuple[bool, str]:
    """Makes the challenger champion unless it is worse than the champion on the hold-out of `data`, which has so many
    `failures`.

    Returns whether it is champion now, and why. A version is judged once: later only the result is repeated. What was
    measured and decided is logged to the challenger's run before anything changes, and the verdict, which marks it as
    judged, comes last.
    """
    champion = registry.champion()
    if challenger.verdict:
        return _same(champion, challenger), challenger.verdict
    while not _same(champion, challenger):
        promoted, verdict = judge(registry, challenger, challenger_f1, champion, data, failures)
        compared, champion = champion, registry.champion()
        if _same(compared, champion):  # else another training has made a champion meanwhile, which this one has not met
            if promoted:
                registry.crown(challenger)
            registry.tag(challenger, {VERDICT: verdict})
            return promoted, verdict
    verdict = registry.logged(challenger).tags.get(REASON, "")  # a run that crowned it ended before it could say why
    registry.tag(challenger, {VERDICT: verdict})
    return True, verdict


def judge(
    registry: Registry,
    challenger: Version,
    challenger_f1: float | None,
    champion: Version | None,
    data: Dataset,
    failures: int,
) -> tuple[bool, str]:
    """Compares the two, and logs what was measured, on which data, and what follows. Changes no alias."""
    champion_f1 = None if champion is None else measured(registry, champion, data)
    promoted, verdict = compare(challenger_f1, champion_f1, champion, failures)
    figures = {"challenger_macro_f1": challenger_f1, "champion_macro_f1": champion_f1}
    registry.log(
        challenger,
        metrics={name: figure for name, figure in figures.items() if _is_figure(figure)},
        tags={
            DECISION: PROMOTED if promoted else KEPT,
            REASON: verdict,
            "champion_version": champion.number if champion else "none",
            **data.periods(),
        },
    )
    return promoted, verdict


def measured(registry: Registry, champion: Version, data: Dataset) -> float | None:
    """Macro F1 of the champion on the hold-out of `data`."""
    holdout = registry.load(champion).transform(data.rows.where(data.split.test.holds()))
    return macro_f1(quality(its) for its in pipeline.counted(holdout).values())


def compare(
    challenger_f1: float | None, champion_f1: float | None, champion: Version | None, failures: int
) -> tuple[bool, str]:
    """Whether the challenger is not worse, and the figures. Where one is undefined, or where the hold-out has too few
    failures to tell, it has not shown that. The first is compared with nothing: without a model there is no warning."""
    if champion is None:
        return True, f"the first model, compared with none; {evidence(failures)}"
    figures = f"macro F1 {challenger_f1} on the hold-out, champion (version {champion.number}) {champion_f1}"
    if not (_is_figure(challenger_f1) and _is_figure(champion_f1)):
        return False, f"{figures}: nothing to compare by"
    if failures < ENOUGH:
        return False, f"{figures}: {failures} failures in it, of {ENOUGH} that a comparison needs"
    if challenger_f1 < champion_f1 - MARGIN:
        return False, f"{figures}: worse by more than {MARGIN}"
    return True, f"{figures}: not worse by more than {MARGIN}"


def _is_figure(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _same(one: Version | None, other: Version | None) -> bool:
    return (one and one.number) == (other and other.number)
