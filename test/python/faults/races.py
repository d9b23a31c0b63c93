"""Two runs at once, of which the slower one has read before the other landed and scored something newer."""

from __future__ import annotations

from collections.abc import Mapping

from faults.blobs import Blob, Line
from faults.plan import LANDED, Fault, Land, Stage, Start, Step

RACES: Mapping[str, Stage] = {
    "features that were computed of older rows": "feature_engineering",
    "predictions of older features": "scoring",
}
"""The stage that has read, and before whose first write the other run starts and ends."""


def _telemetry(landed: int, volt: int) -> Land:
    lines = [Line(f"2015-01-05 {hour:02}:00:00,1,{volt},450,100,40") for hour in (3, 9)]
    return Land(Blob("telemetry/d0/a.csv", LANDED + landed, lines))


def race(what: str) -> list[Step]:
    """The newer blob must count, whichever run is the last to write. The steps end with the catch-up."""
    meanwhile = (_telemetry(2, 190), Start("promote"), Start("scoring"))
    return [
        Land(Blob("machines/d0/m.csv", LANDED, [Line("1,model1,5")])),
        _telemetry(1, 160),
        Start("scoring", Fault("meanwhile", RACES[what], 1, "write", meanwhile=meanwhile)),
        Start("scoring"),
    ]
