"""What people do with the registered model: look at its versions, make one champion by hand, go back to the one before.

Started by `main.ts`, which says by the environment whose MLflow it is. Starts no Spark.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, timezone

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.quality.evidence import evidence
from predictive_maintenance.registry.registry import (
    DECISION,
    KEPT,
    PROMOTED,
    REASON,
    VERDICT,
    Logged,
    Registry,
    Version,
)

HEAD = ("version", "alias", "macro F1", "failures", "trained on", "when", "verdict")
BY, AT, WHY = "changed_by", "changed_at", "changed_why"
"""Tags of a version and of its run: the last change by hand that made it champion."""


class Refusal(Exception):
    """Something that the user can put right."""


def status(registry: Registry) -> str:
    """A table of the versions, the newest first, and what the champion's figures rest on."""
    champion, previous = registry.champion(), registry.previous()
    aliases = {of.number: alias for of, alias in ((champion, "champion"), (previous, "previous")) if of}
    rows = [(version.number, aliases.get(version.number, ""), *_told(registry, version)) for version in _all(registry)]
    widths = [max(map(len, column)) for column in zip(HEAD, *rows)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in (HEAD, *rows))
    if champion is None or (failures := _failures(registry.logged(champion))) is None:
        return "\n".join(lines)
    return "\n".join([*lines, f"version {champion.number} scores; {evidence(failures)}"])


def promote(registry: Registry, number: str, by: str, reason: str, force: bool) -> str:
    """Makes a version champion by hand: one that the gate has not promoted only by force."""
    versions = _all(registry)
    version = next((version for version in versions if version.number == number), None)
    if version is None:
        raise Refusal(f"there is no version {number}; there are {', '.join(known.number for known in versions)}")
    champion = registry.champion()
    if champion and champion.number == number:
        return f"version {number} is champion already"
    if not force:
        _require_promoted(version, registry.logged(version))
    _record(registry, version, by, "promoted by force" if force else "promoted by hand", reason)
    registry.crown(version)
    return (
        f"version {number} is champion now, {f'version {champion.number} was' if champion else 'there was none'} before"
    )


def rollback(registry: Registry, by: str, reason: str) -> str:
    """Makes the previous champion champion again."""
    _all(registry)
    champion, previous = registry.champion(), registry.previous()
    if champion is None:
        raise Refusal("there is no champion to go back from; promote VERSION makes one")
    if previous is None:
        raise Refusal(f"there is no champion before version {champion.number} to go back to; promote VERSION names one")
    _record(registry, previous, by, f"rollback from version {champion.number}", reason)
    registry.step_back(previous)
    return f"version {previous.number} is champion again, in place of version {champion.number}"


def _all(registry: Registry) -> list[Version]:
    versions = registry.versions()
    if not versions:
        raise Refusal(f"there is no model {registry.name} yet: the pipeline training makes it")
    return versions


def _failures(logged: Logged) -> int | None:
    """In the hold-out, over all components; None where they were not logged."""
    counts = [logged.metrics[f"{comp}_failures"] for comp in COMPONENTS if f"{comp}_failures" in logged.metrics]
    return int(sum(counts)) if counts else None


def _told(registry: Registry, version: Version) -> tuple[str, ...]:
    logged = registry.logged(version)
    macro_f1, period = (
        logged.metrics.get("macro_f1"),
        [logged.parameters.get(f"trained_{end}") for end in ("from", "to")],
    )
    by_hand = [f"{logged.tags[WHY]}, {logged.tags[BY]} at {logged.tags[AT]}"] if WHY in logged.tags else []
    return (
        "–" if macro_f1 is None else f"{macro_f1:.3f}",
        "–" if (failures := _failures(logged)) is None else str(failures),
        " to ".join(filter(None, period)) or "–",
        "–" if logged.started is None else _iso(datetime.fromtimestamp(logged.started / 1000, timezone.utc)),
        "; ".join([version.verdict or "not judged", *by_hand]),
    )


def _require_promoted(version: Version, logged: Logged) -> None:
    decision = logged.tags.get(DECISION)
    if decision == PROMOTED:
        return
    if decision == KEPT:
        why = f"was judged and not promoted ({logged.tags.get(REASON)})"
    else:
        why = "was never judged: train again on its data"
    raise Refusal(f"version {version.number} {why}; --force REASON promotes it all the same")


def _record(registry: Registry, version: Version, by: str, what: str, reason: str) -> None:
    """Says who changes what, and why, before anything changes: whoever may not say so may not change it either."""
    why = f"{what}: {reason}" if reason else what
    tags = {BY: by, AT: _iso(datetime.now(timezone.utc)), WHY: why}
    # A verdict keeps the gate from judging a version that people have decided on.
    registry.tag(version, tags if version.verdict else {**tags, VERDICT: why})
    registry.log(version, {}, tags)


def _iso(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def main(arguments: Sequence[str]) -> str:
    """Does what the command line asks; what there is to say of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=("status", "promote", "rollback"))
    for option in ("--model", "--by", "--version", "--reason"):
        parser.add_argument(option, default="")
    parser.add_argument("--force", action="store_true")
    asked = parser.parse_args(arguments)
    registry = Registry(asked.model)
    if asked.action == "promote":
        return promote(registry, asked.version, asked.by, asked.reason, asked.force)
    return rollback(registry, asked.by, asked.reason) if asked.action == "rollback" else status(registry)


if __name__ == "__main__":
    from mlflow.exceptions import MlflowException

    try:
        print(main(sys.argv[1:]))
    except Refusal as refusal:
        sys.exit(str(refusal))
    except MlflowException as error:
        answer = str(error).splitlines()[0].split(" Config: ")[0]
        denied = error.error_code == "PERMISSION_DENIED"
        sys.exit(f"{'a right is missing, see docs/permissions.md' if denied else 'MLflow answered'}: {answer}")
