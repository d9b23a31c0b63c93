"""What a model has to cope with: the plants of the quality table. Needs only Python: help comes before any set-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FAULTY = 0.05
"""Of the time of all sensors."""
KINDS = ("stuck", "drifting", "spiking", "silent")
"""What sensors do then, see `sensor_faults.py`."""
NEW = 0.2
"""Of all machines."""
LARGE = 10
"""As many machines as elsewhere."""


@dataclass(frozen=True)
class Condition:
    """A plant: the shares of sensor time by kind of fault, the share of machines of a new model, and how many times as
    many machines it has.

    A model that was trained on the same plant scores it, unless it is `foreign`: then the one of the sound plant does.
    """

    name: str
    faults: Mapping[str, float] = field(default_factory=dict)
    new: float = 0
    times: int = 1
    foreign: bool = False


EVERY_KIND = dict.fromkeys(KINDS, FAULTY / len(KINDS))
FIRST = Condition("sound")
CONDITIONS = (
    FIRST,
    *(Condition(kind, {kind: FAULTY}) for kind in KINDS),
    Condition("faulty", EVERY_KIND),
    Condition("unforeseen", EVERY_KIND, foreign=True),
    Condition("new-model", new=NEW),
    Condition("large", times=LARGE),
)
