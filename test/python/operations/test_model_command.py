"""Promotion by people: what is shown, what is refused in one line, and what is recorded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_registry import SmallRegistry

from predictive_maintenance.registry.registry import Version

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "operations" / "model")]
import model  # noqa: E402


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallRegistry:
    """A model of no version in an MLflow of its own, as a laptop keeps it."""
    monkeypatch.setenv("MLFLOW_TRACKING_URI", (tmp_path / "mlruns").as_uri())
    return SmallRegistry()


def judged(registry: SmallRegistry, decision: str, reason: str = "its figures") -> Version:
    """A version that the gate has decided on, in the way that the gate does it."""
    version = registry.add(macro_f1=0.9123, decision=decision, decision_reason=reason)
    if decision == "promoted":
        registry.crown(version)
    registry.tag(version, {"verdict": reason})
    return version


def run(registry: SmallRegistry, *arguments: str) -> str:
    return model.main([*arguments, "--model", registry.name, "--by", "ada"])


def refused(registry: SmallRegistry, *arguments: str) -> str:
    with pytest.raises(model.Refusal) as refusal:
        run(registry, *arguments)
    return str(refusal.value)


def aliases(registry: SmallRegistry) -> tuple[str | None, str | None]:
    champion, previous = registry.champion(), registry.previous()
    return champion and champion.number, previous and previous.number


def test_status_shows_every_version_the_newest_first(registry: SmallRegistry):
    judged(registry, "promoted")
    judged(registry, "promoted")
    judged(registry, "kept champion", "worse by more than 0.01")
    registry.add()
    head, *rows = run(registry, "status").splitlines()
    assert head.split() == ["version", "alias", "macro", "F1", "failures", "trained", "on", "when", "verdict"]
    assert [row.split()[0] for row in rows] == ["4", "3", "2", "1"]
    assert rows[0].endswith("not judged")
    assert rows[1].endswith("worse by more than 0.01")
    assert rows[2].split()[1:3] == ["champion", "0.912"]
    assert "2015-01-01T12:00:00Z to 2015-02-01T00:00:00Z" in rows[2]
    assert rows[3].split()[1] == "previous"


def test_status_shows_a_version_whose_run_is_gone(registry: SmallRegistry):
    version = judged(registry, "promoted")
    registry._client.create_model_version(registry.name, "nowhere", "0" * 32)
    assert run(registry, "status").splitlines()[1].split() == ["2", "–", "–", "–", "–", "not", "judged"]
    assert version.number == "1"


def test_rollback_makes_the_previous_champion_champion_again_and_records_who_when_and_why(registry: SmallRegistry):
    first, second = judged(registry, "promoted"), judged(registry, "promoted")
    said = run(registry, "rollback", "--reason", "false alarms in hall 2")
    assert said == "version 1 is champion again, in place of version 2"
    assert aliases(registry) == ("1", None)
    recorded = registry._client.get_model_version(registry.name, "1").tags
    assert recorded["changed_by"] == "ada"
    assert recorded["changed_at"].endswith("Z")
    assert recorded["changed_why"] == "rollback from version 2: false alarms in hall 2"
    assert recorded["verdict"] == "its figures"
    in_run = registry.logged(first).tags
    assert [in_run[name] for name in (model.BY, model.AT, model.WHY)] == [
        recorded[name] for name in (model.BY, model.AT, model.WHY)
    ]
    assert model.WHY not in registry.logged(second).tags
    assert "rollback from version 2: false alarms in hall 2, ada at" in run(registry, "status")


def test_a_second_rollback_does_not_bring_back_what_was_left(registry: SmallRegistry):
    judged(registry, "promoted"), judged(registry, "promoted")
    run(registry, "rollback")
    assert refused(registry, "rollback").startswith("there is no champion before version 1 to go back to")
    assert aliases(registry) == ("1", None)


def test_a_version_that_the_gate_promoted_is_promoted_by_hand(registry: SmallRegistry):
    judged(registry, "promoted"), judged(registry, "promoted")
    run(registry, "rollback")
    assert run(registry, "promote", "--version", "2") == "version 2 is champion now, version 1 was before"
    assert aliases(registry) == ("2", "1")
    assert run(registry, "promote", "--version", "2") == "version 2 is champion already"
    assert aliases(registry) == ("2", "1")


def test_a_version_that_was_judged_worse_needs_force_and_a_reason(registry: SmallRegistry):
    judged(registry, "promoted")
    worse = judged(registry, "kept champion", "worse by more than 0.01")
    assert refused(registry, "promote", "--version", "2") == (
        "version 2 was judged and not promoted (worse by more than 0.01); --force REASON promotes it all the same"
    )
    assert aliases(registry) == ("1", None)
    run(registry, "promote", "--version", "2", "--force", "--reason", "knows the new sensor")
    assert aliases(registry) == ("2", "1")
    tags = registry.logged(worse).tags
    assert (tags["changed_why"], tags["decision"]) == ("promoted by force: knows the new sensor", "kept champion")


def test_a_version_that_was_never_judged_needs_force_and_is_not_judged_afterwards(registry: SmallRegistry):
    registry.add()
    assert refused(registry, "promote", "--version", "1").startswith("version 1 was never judged")
    run(registry, "promote", "--version", "1", "--force", "--reason", "we know it")
    assert aliases(registry) == ("1", None)
    assert registry.said("1") == "promoted by force: we know it"


def test_what_cannot_be_done_is_one_line(registry: SmallRegistry):
    for action in (["status"], ["promote", "--version", "1"], ["rollback"]):
        assert refused(registry, *action) == f"there is no model {registry.name} yet: the pipeline training makes it"
    registry.add()
    assert refused(registry, "promote", "--version", "7") == "there is no version 7; there are 1"
    assert refused(registry, "rollback") == "there is no champion to go back from; promote VERSION makes one"


def test_the_program_ends_with_a_code_and_without_a_trace(registry: SmallRegistry):
    program = [sys.executable, str(ROOT / "operations" / "model" / "model.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "notebooks")}
    missing = subprocess.run(
        [*program, "rollback", "--model", registry.name], env=environment, capture_output=True, text=True
    )
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == f"there is no model {registry.name} yet: the pipeline training makes it\n"
