"""Blobs as producers write them, and what each must become: rows, or lines in quarantine with their reason."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from predictive_maintenance.landing.validation import UNKNOWN_MACHINE

HEADERS = {
    "machines": "machineID,model,age",
    "telemetry": "datetime,machineID,volt,rotate,pressure,vibration",
    "errors": "datetime,machineID,errorID",
    "maint": "datetime,machineID,comp",
}
KEYS = {"machines": (0,), "telemetry": (0, 1), "errors": (0, 1, 2), "maint": (0, 1, 2)}
"""The fields of the natural key."""


@dataclass(frozen=True)
class Line:
    """A line of a blob: the `reason` why it is no row, or none."""

    text: str
    reason: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.text.split(","))


@dataclass(frozen=True)
class Blob:
    """One content of a path; `landed` is in seconds since 1970, and no two blobs of a plan have the same."""

    path: str
    landed: int
    lines: Sequence[Line] = field(hash=False)

    @property
    def table(self) -> str:
        return self.path.split("/")[0]

    @property
    def content(self) -> str:
        return "\n".join([HEADERS[self.table], *(line.text for line in self.lines)]) + "\n"

    def land(self, root: Path) -> None:
        """Replaces at once what lies there: a reader has either content, as with a blob that is committed."""
        file, part = root / self.path, root / f"{self.path}.part"
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(self.content)
        os.utime(part, (self.landed, self.landed))
        part.replace(file)

    def rows(self, known: Collection[str]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The good rows by natural key; of two the later line counts. `known` are the machines."""
        return {
            tuple(line.fields[place] for place in KEYS[self.table]): line.fields
            for line in self.lines
            if not self._fault(line, known)
        }

    def quarantined(self, known: Collection[str]) -> set[tuple[str, int, str, str]]:
        """path, line, text and reason of every line that is no row."""
        faults = ((number, line, self._fault(line, known)) for number, line in enumerate(self.lines, start=2))
        return {(self.path, number, line.text, fault) for number, line, fault in faults if fault}

    def _fault(self, line: Line, known: Collection[str]) -> str:
        if line.reason or self.table == "machines" or line.fields[1] in known:
            return line.reason
        return UNKNOWN_MACHINE
