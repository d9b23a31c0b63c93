"""Blobs as producers write them, and what each must become: rows, or lines in quarantine with their reason."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HEADERS = {
    "machines": "machineID,model,age",
    "telemetry": "datetime,machineID,volt,rotate,pressure,vibration",
    "errors": "datetime,machineID,errorID",
    "maint": "datetime,machineID,comp",
}
KEYS = {"machines": (0,), "telemetry": (0, 1), "errors": (0, 1, 2), "maint": (0, 1, 2)}
"""The fields of the natural key."""
UNKNOWN_MACHINE = "unknown machine"


@dataclass(frozen=True)
class Line:
    """A line of a blob: the `reason` why it is no row, or none."""

    text: str
    reason: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.text.split(","))

    def machine(self, table: str) -> str:
        return self.fields[0 if table == "machines" else 1]


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

    def rows(self, known: Mapping[str, object]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """The good rows by natural key; of two the later line counts. `known` are the machines."""
        return {
            tuple(line.fields[place] for place in KEYS[self.table]): line.fields
            for line in self.lines
            if not line.reason and (self.table == "machines" or line.machine(self.table) in known)
        }

    def quarantined(self, known: Mapping[str, object]) -> set[tuple[str, int, str, str]]:
        """path, line, text and reason of every line that is no row."""
        found = set()
        for number, line in enumerate(self.lines, start=2):
            waits = not line.reason and self.table != "machines" and line.machine(self.table) not in known
            if line.reason or waits:
                found.add((self.path, number, line.text, line.reason or UNKNOWN_MACHINE))
        return found
