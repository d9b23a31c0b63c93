"""The gate: a version is judged once against the champion, on the same hold-out, and its run says why."""

import pytest
from small_registry import SmallRegistry
from trained_plant import MODEL_NAME, TrainedPlant

from predictive_maintenance.quality.evidence import ENOUGH
from predictive_maintenance.registry.registry import Registry, Version
from predictive_maintenance.training import promotion
from predictive_maintenance.training.promotion import Merits, challenge, compare


@pytest.fixture
def registry(trained: TrainedPlant) -> SmallRegistry:
    """Its champion is version 1, the trained plant's model."""
    registry = SmallRegistry()
    summary = trained.registry.summary(trained.registry.champion())
    champion = registry.add(registry._client.get_model_version(MODEL_NAME, "1").source, summary=summary)
    registry.crown(champion)
    return registry


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The champion's figure, without asking it for a prediction of every window."""
    monkeypatch.setattr(promotion, "measured", lambda *_: Merits(0.9, 0.01, 0.01))


def test_a_worse_challenger_is_blocked_and_its_run_says_why(trained: TrainedPlant, registry: SmallRegistry):
    data, challenger = trained.dataset, registry.add()
    assert challenge(registry, challenger, Merits(0.5), data, ENOUGH) == (False, registry.said("2"))
    assert registry.champion_number() == "1"
    assert registry.previous() is None
    said = registry.logged(challenger)
    champion_f1 = trained.result["metrics"]["macro_f1"]
    assert said.metrics["challenger_macro_f1"] == 0.5
    assert said.metrics["champion_macro_f1"] == pytest.approx(champion_f1)
    assert said.metrics["champion_cost"] == pytest.approx(
        trained.result["metrics"]["costs"]["model"]["value"], abs=0.01
    )
    assert said.tags["decision"] == "kept champion"
    assert said.tags["decision_reason"] == registry.said("2")
    assert said.tags["decision_reason"].endswith("worse by more than 0.01")
    assert said.tags["champion_version"] == "1"
    period = {name: trained.result[name] for name in ("trained_from", "trained_to", "test_from", "test_to")}
    assert period.items() <= said.tags.items()


def test_a_challenger_that_is_not_worse_is_promoted_and_the_one_before_is_known(trained, registry: SmallRegistry):
    challenger = registry.add()
    assert challenge(registry, challenger, Merits(1.0), trained.dataset, ENOUGH)[0]
    assert (registry.champion_number(), registry.previous().number) == ("2", "1")
    assert registry.logged(challenger).tags["decision"] == "promoted"


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("undefined", [None, float("nan")])
def test_a_challenger_without_a_figure_is_blocked(trained: TrainedPlant, registry: SmallRegistry, undefined):
    challenger = registry.add()
    promoted, reason = challenge(registry, challenger, Merits(undefined), trained.dataset, ENOUGH)
    assert (promoted, registry.champion_number()) == (False, "1")
    assert reason.endswith("nothing to compare by")
    assert "challenger_macro_f1" not in registry.logged(challenger).metrics


@pytest.mark.usefixtures("measured")
def test_a_better_challenger_is_blocked_where_the_hold_out_has_too_few_failures_to_tell(trained, registry):
    promoted, reason = challenge(registry, registry.add(), Merits(1.0), trained.dataset, ENOUGH - 1)
    assert (promoted, registry.champion_number()) == (False, "1")
    assert reason.endswith("9 failures in it, of 10 that a comparison needs")


def test_the_run_of_the_first_champion_says_that_there_was_none(trained: TrainedPlant):
    said = trained.registry.logged(trained.registry.champion())
    assert (said.tags["decision"], said.tags["champion_version"]) == ("promoted", "none")
    assert said.metrics["challenger_macro_f1"] == trained.result["metrics"]["macro_f1"]
    assert "champion_macro_f1" not in said.metrics


def test_a_version_is_judged_once_and_a_retry_repeats_the_result(trained: TrainedPlant, registry: SmallRegistry):
    judged = Version(registry.add().number, "no such run", "it was worse")
    assert challenge(registry, judged, Merits(1.0), trained.dataset, ENOUGH) == (False, "it was worse")
    assert registry.champion_number() == "1"


@pytest.mark.usefixtures("measured")
@pytest.mark.parametrize("step", ["log", "crown", "tag"])
def test_a_training_that_is_killed_at_any_step_is_finished_by_its_retry(trained, registry, monkeypatch, step: str):
    challenger, data = registry.add(), trained.dataset

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(registry, step, killed)
    with pytest.raises(KeyboardInterrupt):
        challenge(registry, challenger, Merits(1.0), data, ENOUGH)
    assert registry.said("2") == ""
    monkeypatch.undo()
    promoted, reason = challenge(registry, challenger, Merits(1.0), data, ENOUGH)
    assert (promoted, reason) == (True, registry.logged(challenger).tags["decision_reason"])
    assert registry.said("2") == reason
    assert (registry.champion_number(), registry.previous().number) == ("2", "1")


def test_a_kill_between_the_two_aliases_leaves_no_champion_to_go_back_to_that_is_the_champion(registry):
    challenger = registry.add()
    registry._client.set_registered_model_alias(registry.name, "previous", "1")
    assert (registry.champion_number(), registry.previous()) == ("1", None)
    registry.crown(challenger)
    registry.crown(challenger)
    assert (registry.champion_number(), registry.previous().number) == ("2", "1")


@pytest.mark.usefixtures("measured")
def test_a_challenger_meets_the_champion_that_another_training_made_meanwhile(trained, registry, monkeypatch):
    challenger, other = registry.add(), registry.add()
    log = registry.log

    def while_another_is_crowned(*args: object, **named: object) -> None:
        log(*args, **named)
        Registry.crown(registry, other)

    monkeypatch.setattr(registry, "log", while_another_is_crowned)
    assert not challenge(registry, challenger, Merits(0.5), trained.dataset, ENOUGH)[0]
    assert registry.logged(challenger).tags["champion_version"] == "3"
    assert registry.champion_number() == "3"


CHAMPION = Merits(0.9, 0.01, 0.03)


@pytest.mark.parametrize(
    ("challenger", "promoted", "reason"),
    [
        (Merits(0.9, 0.0121, 0.01), False, "; Brier score 0.0121, champion 0.01: worse by more than 0.002"),
        (Merits(0.9, 0.0119, 0.01), True, ": not worse by more than 0.01"),
        (Merits(0.95, 0.01, 0.031), False, "; calibration error 0.031: more than 0.03"),
        (Merits(0.95, 0.01, 0.03), True, ": not worse by more than 0.01"),
        (Merits(0.95), True, ": not worse by more than 0.01"),
    ],
)
def test_worse_probabilities_block_a_challenger_whose_warnings_are_not_worse(challenger, promoted: bool, reason: str):
    decided, said = compare(challenger, CHAMPION, Version("1", "run"), ENOUGH)
    assert (decided, said.endswith(reason)) == (promoted, True), said


DEAR = Merits(0.9, 0.01, 0.01, cost=500.0)


@pytest.mark.parametrize(
    ("challenger", "promoted", "reason"),
    [
        # Chance explains 510 of what is 600: a champion at 500 is cheaper.
        (
            Merits(0.9, 0.01, 0.01, 600.0, 510.0),
            False,
            "; cost 600.0 a machine and month, champion 500.0: dearer, even at 510.0, the least that chance explains",
        ),
        (Merits(0.9, 0.01, 0.01, 600.0, 490.0), True, ": not worse by more than 0.01"),
        (Merits(0.85, 0.01, 0.01, 600.0, 490.0), False, ": worse by more than 0.01"),
        (
            Merits(0.85, 0.01, 0.01, 450.0, 400.0),
            True,
            "; cost 450.0 a machine and month, champion 500.0: cheaper, whatever the macro F1",
        ),
        (
            Merits(0.85, 0.02, 0.01, 450.0, 400.0),
            False,
            "; Brier score 0.02, champion 0.01: worse by more than 0.002",
        ),
        (Merits(0.85, 0.01, 0.01, float("nan"), float("nan")), False, ": worse by more than 0.01"),
        (Merits(0.85, 0.01, 0.01), False, ": worse by more than 0.01"),
        (Merits(0.9, 0.01, 0.01), True, ": not worse by more than 0.01"),
    ],
)
def test_a_challenger_that_is_dearer_beyond_chance_is_blocked_and_warnings_that_pay_may_be_fewer(
    challenger, promoted: bool, reason: str
):
    decided, said = compare(challenger, DEAR, Version("1", "run"), ENOUGH)
    assert (decided, said.endswith(reason)) == (promoted, True), said


def test_a_calibration_error_of_two_hundredths_is_allowed_whatever_the_champion_has():
    exact = Merits(0.9, 0.01, 0.001)
    assert compare(Merits(0.9, 0.01, 0.02), exact, Version("1", "run"), ENOUGH)[0]
    assert not compare(Merits(0.9, 0.01, 0.0201), exact, Version("1", "run"), ENOUGH)[0]
