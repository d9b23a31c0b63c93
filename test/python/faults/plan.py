"""What a seed plans: blobs that land, runs of pipelines, and what strikes them. The same seed plans the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Literal

from faults.blobs import Blob, Line

Stage = Literal["ingest", "feature_engineering", "scoring", "upkeep"]
Kind = Literal["kill", "fail", "full disk", "clock", "meanwhile"]
Other = Literal["scoring", "upkeep", "promote", "roll back"]

STATEMENTS: Mapping[Stage, int] = {"ingest": 35, "feature_engineering": 11, "scoring": 28, "upkeep": 40}
WRITES: Mapping[Stage, int] = {"ingest": 6, "feature_engineering": 2, "scoring": 5}
"""About as many has a run of the stage; a fault at a later one strikes nothing."""
SCORING: Sequence[Stage] = tuple(WRITES)
"""The stages of the pipeline `scoring`."""
FIRST = datetime(2015, 1, 5, 1, tzinfo=timezone.utc)
LANDED = 1_700_000_000
"""When the first blob lands, in seconds since 1970."""
AHEAD = 5
"""Acts, each of a window: so far ahead that what lands in a later act touches none of these windows."""
KNOWN, NEW = ("1", "2"), "3"
"""Machines that are announced at once, and one that may be announced later, or never."""


@dataclass(frozen=True)
class Fault:
    """Strikes the statement or the write `at` of a stage, and the `lasts - 1` after it.

    `meanwhile`, which is another run or a change of a blob, happens between two statements. `after`: the statement
    itself succeeds, and its answer is lost.
    """

    kind: Kind
    stage: Stage
    at: int
    counted: Literal["statement", "write"] = "statement"
    lasts: int = 1
    after: bool = False
    meanwhile: Sequence[Step] = ()

    def __str__(self) -> str:
        what = ", ".join(map(str, self.meanwhile)) or f"{self.kind}{' after it' if self.after else ''}"
        more = f" and {self.lasts - 1} more" if self.lasts > 1 else ""
        return f"at {self.counted} {self.at} of {self.stage}{more}: {what}"


@dataclass(frozen=True)
class Land:
    blob: Blob

    def __str__(self) -> str:
        return f"land {self.blob.path} at {self.blob.landed}: {[line.text for line in self.blob.lines]}"


@dataclass(frozen=True)
class Delete:
    path: str

    def __str__(self) -> str:
        return f"delete {self.path}"


@dataclass(frozen=True)
class Start:
    """A run. A stage that fails is `retried` once by the pipeline, or the pipeline fails with it."""

    other: Other
    fault: Fault | None = None
    retried: bool = True

    def __str__(self) -> str:
        return f"run {self.other}" + (f", {self.fault}{', retried' if self.retried else ''}" if self.fault else "")


Step = Land | Delete | Start


class Planner:
    """Draws the steps of one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._landed = LANDED
        self._blobs: list[Blob] = []

    def steps(self) -> Iterator[Step]:
        yield Land(self._machines("d0", *KNOWN))
        yield Land(self._telemetry(0))
        for act in range(1, self._random.choice([2, 3, 3, 4])):
            yield from self._changes(act)
            if self._random.random() < 0.95:  # otherwise its event is lost
                yield Start("scoring", self._fault(act), self._random.random() < 0.6)
            if self._random.random() < 0.25:
                other: Other = self._random.choice(["upkeep", "promote", "roll back"])
                yield Start(other, self._strike("kill", "upkeep") if other == "upkeep" else None)

    def _changes(self, act: int) -> list[Land | Delete]:
        draw = self._random.random
        changes: list[Land | Delete] = [Land(self._telemetry(act))] if draw() < 0.8 else []
        if draw() < 0.3:
            changes.append(Land(self._events(act)))
        if draw() < 0.3:
            changes.append(Land(self._replaced()))
        if draw() < 0.2:
            changes.append(Land(self._machines(f"d{act}", NEW)))
        if draw() < 0.1:
            changes.append(Delete(self._random.choice(self._blobs[1:]).path))
        return changes

    def _fault(self, act: int) -> Fault | None:
        draw = self._random
        stage = draw.choices(SCORING, weights=[5, 2, 3])[0]
        kind: Kind = draw.choices(["kill", "fail", "full disk", "clock", "meanwhile"], weights=[35, 15, 10, 5, 35])[0]
        fault = replace(self._strike(kind, stage), lasts=draw.choice([1, 1, 2, 5]), after=draw.random() < 0.5)
        if kind != "meanwhile":
            return fault
        other: Other = draw.choices(["scoring", "upkeep", "promote", "roll back"], weights=[6, 1, 1, 1])[0]
        changes = self._changes(act + draw.choice([0, 1, AHEAD])) if other == "scoring" or draw.random() < 0.5 else []
        starts = [self._other(other)] if draw.random() < 0.8 or not changes else []
        return replace(fault, lasts=1, meanwhile=(*changes, *starts))

    def _other(self, other: Other) -> Start:
        """A run beside one that is struck; it may be killed itself, and be over."""
        draw = self._random
        if other != "scoring" or draw.random() < 0.5:
            return Start(other)
        return Start(other, self._strike("kill", draw.choice(SCORING)), retried=False)

    def _strike(self, kind: Kind, stage: Stage) -> Fault:
        """Half of the faults strike a write, of which a run has few."""
        if stage in WRITES and self._random.random() < 0.5:
            return Fault(kind, stage, self._random.randint(1, WRITES[stage]), "write")
        return Fault(kind, stage, self._random.randint(1, STATEMENTS[stage]))

    def _at(self) -> int:
        """Later than what landed before, or in rare cases earlier: the clock of the storage jumps."""
        self._landed += self._random.randint(1, 50)
        return self._landed - (100_000 if self._random.random() < 0.05 else 0)

    def _landing(self, path: str, lines: Sequence[Line]) -> Blob:
        blob = Blob(path, self._at(), lines)
        self._blobs.append(blob)
        return blob

    def _machines(self, delivery: str, *machines: str) -> Blob:
        lines = [
            Line(f"{machine},model{self._random.randint(1, 4)},{self._random.randint(1, 20)}") for machine in machines
        ]
        return self._landing(f"machines/{delivery}/m.csv", lines)

    def _telemetry(self, act: int) -> Blob:
        draw = self._random
        late = draw.random() < 0.3
        first = FIRST + timedelta(hours=12 * (draw.randint(0, act) if late else act))
        lines = [
            self._reading(first + timedelta(hours=draw.randint(0, 11)), machine)
            for machine in (*KNOWN, *([NEW] if draw.random() < 0.3 else []))
            for _ in range(draw.randint(1, 3))
        ]
        if draw.random() < 0.4:
            moment = f"{first:%Y-%m-%d %H:%M:%S}"
            lines.insert(
                draw.randrange(len(lines)),
                draw.choice(
                    [
                        Line(f"{moment},1,high,440,100,40", "volt high is not a finite number"),
                        Line(f"{moment},1,170,44", "not 6 fields"),
                        Line(f"{moment},x,170,440,100,40", "machineID x is not a whole number"),
                    ]
                ),
            )
        return self._landing(f"telemetry/d{act}/{len(self._blobs)}.csv", lines)

    def _reading(self, moment: datetime, machine: str) -> Line:
        draw = self._random.randint
        sensors = f"{draw(150, 190)}.{draw(1, 9)},{draw(400, 500)},{draw(90, 110)},{draw(30, 50)}"
        return Line(f"{moment:%Y-%m-%d %H:%M:%S},{machine},{sensors}")

    def _events(self, act: int) -> Blob:
        draw = self._random
        table, value = draw.choice([("errors", f"error{draw.randint(1, 5)}"), ("maint", f"comp{draw.randint(1, 4)}")])
        moment = FIRST + timedelta(hours=draw.randint(-24, 12 * act))
        return self._landing(
            f"{table}/d{act}/{len(self._blobs)}.csv",
            [Line(f"{moment:%Y-%m-%d %H:%M:%S},{draw.choice((*KNOWN, NEW))},{value}")],
        )

    def _replaced(self) -> Blob:
        """A blob once more: whole where it was half-written, corrected, or with the same rows."""
        draw = self._random
        old = draw.choice(self._blobs[1:])
        lines = list(old.lines)
        if old.table == "telemetry" and draw.random() < 0.7:
            fields = lines[0].fields
            lines[0] = replace(lines[0], text=",".join([*fields[:-1], str(draw.randint(30, 50))]))
            if not lines[0].reason and draw.random() < 0.5:
                lines = lines[:-1] or lines  # what is gone from a blob stays in the table
        return self._landing(old.path, lines)


def plan(seed: int) -> list[Step]:
    """The steps of `seed`, of which the last is a run that nothing strikes: the catch-up."""
    return [*Planner(seed).steps(), Start("scoring")]
