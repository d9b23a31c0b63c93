"""Champion and challenger: which version of the model scores."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.evaluation import bins, macro_f1
from predictive_maintenance.quality.evidence import ENOUGH, evidence
from predictive_maintenance.registry.registry import DECISION, KEPT, PROMOTED, REASON, VERDICT, Registry, Version
from predictive_maintenance.rows import kept
from predictive_maintenance.training.dataset import Dataset
from predictive_maintenance.training.measure import at_horizon
from predictive_maintenance.training.model import Model
from predictive_maintenance.training.savings import spent

MARGIN = 0.01
"""By how much the macro F1 of a challenger may be below that of the champion on the same hold-out,"""
BRIER_MARGIN = 0.002
"""its mean Brier score above,"""
CALIBRATION_ERROR = 0.02
"""and its mean calibration error at all, unless that of the champion is higher. Its cost has no margin: where it is
dearer than the champion beyond chance it is kept back, and where it is cheaper its macro F1 does not count."""


@dataclass(frozen=True)
class Merits:
    """What a version is judged by: means over the components on the hold-out; None is undefined.

    `cost` is that of a machine and month, `least_cost` the lower bound of its interval, for a challenger alone.
    """

    macro_f1: float | None
    brier: float | None = None
    calibration_error: float | None = None
    cost: float | None = None
    least_cost: float | None = None

    @classmethod
    def of(
        cls, macro_f1: float | None, components: Sequence[Mapping[str, Any]], costs: Mapping[str, Any] | None
    ) -> Merits:
        """Of the figures of each component and the costs of the plant; an older release measured neither probabilities
        nor costs."""

        def mean(name: str) -> float | None:
            defined = [its[name] for its in components if its.get(name) is not None]
            return round(sum(defined) / len(defined), 6) if defined else None

        of_model = costs["model"] if costs else {}
        spent = (of_model.get("value"), of_model.get("low"))
        return cls(macro_f1, mean("brier"), mean("calibration_error"), *spent)


def challenge(
    registry: Registry, challenger: Version, merits: Merits, data: Dataset, failures: int
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
        promoted, verdict = judge(registry, challenger, merits, champion, data, failures)
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
    merits: Merits,
    champion: Version | None,
    data: Dataset,
    failures: int,
) -> tuple[bool, str]:
    """Compares the two, and logs what was measured, on which data, and what follows. Changes no alias."""
    of_champion = None if champion is None else measured(registry, champion, data)
    promoted, verdict = compare(merits, of_champion, champion, failures)
    both = {"challenger": merits, "champion": of_champion}
    logged = {f"{who}_{name}": its for who, of in both.items() if of for name, its in vars(of).items()}
    registry.log(
        challenger,
        metrics={name: figure for name, figure in logged.items() if _is_figure(figure)},
        tags={
            DECISION: PROMOTED if promoted else KEPT,
            REASON: verdict,
            "champion_version": champion.number if champion else "none",
            **data.periods(),
        },
    )
    return promoted, verdict


def measured(registry: Registry, champion: Version, data: Dataset) -> Merits:
    """The figures of the champion on the hold-out of `data`."""
    model = Model.of(registry.load(champion), registry.summary(champion))
    with kept(model.transform(data.rows.where(data.split.test.holds()))) as said:  # the trees speak once
        counted = bins(said, {comp: (F.col(f"prob_{comp}"), F.col(f"warns_{comp}")) for comp in COMPONENTS})
        each = [at_horizon(its) for its in counted.values()]
        return replace(Merits.of(macro_f1(each), each, None), cost=spent(data, said))


def compare(
    challenger: Merits, of_champion: Merits | None, champion: Version | None, failures: int
) -> tuple[bool, str]:
    """Whether the challenger is not worse, and the figures. Where one is undefined, or where the hold-out has too few
    failures to tell, it has not shown that. The first is compared with nothing: without a model there is no warning."""
    if champion is None or of_champion is None:
        return True, f"the first model, compared with none; {evidence(failures)}"
    f1, champion_f1 = challenger.macro_f1, of_champion.macro_f1
    said = f"macro F1 {f1} on the hold-out, champion (version {champion.number}) {champion_f1}"
    if not (_is_figure(f1) and _is_figure(champion_f1)):
        return False, f"{said}: nothing to compare by"
    if failures < ENOUGH:
        return False, f"{said}: {failures} failures in it, of {ENOUGH} that a comparison needs"
    cost, champion_cost = challenger.cost, of_champion.cost
    money = f"; cost {cost} a machine and month, champion {champion_cost}"
    is_cheaper = _is_figure(cost) and _is_figure(champion_cost) and cost < champion_cost
    if f1 < champion_f1 - MARGIN and not is_cheaper:
        return False, f"{said}: worse by more than {MARGIN}"
    least = challenger.least_cost
    if _is_figure(least) and _is_figure(champion_cost) and champion_cost < least:
        return False, f"{said}{money}: dearer, even at {least}, the least that chance explains"
    brier, champion_brier = challenger.brier, of_champion.brier
    if _is_figure(brier) and _is_figure(champion_brier) and brier > champion_brier + BRIER_MARGIN:
        return False, f"{said}; Brier score {brier}, champion {champion_brier}: worse by more than {BRIER_MARGIN}"
    error, highest = challenger.calibration_error, max(CALIBRATION_ERROR, of_champion.calibration_error or 0.0)
    if _is_figure(error) and error > highest:
        return False, f"{said}; calibration error {error}: more than {highest}"
    if f1 < champion_f1 - MARGIN:
        return True, f"{said}{money}: cheaper, whatever the macro F1"
    return True, f"{said}: not worse by more than {MARGIN}"


def _is_figure(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def _same(one: Version | None, other: Version | None) -> bool:
    return (one and one.number) == (other and other.number)
