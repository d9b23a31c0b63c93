"""A fleet of a model that the plant has not had: announced on the first day, at work from a later one on.

Its failures are more probable, and its sensors measure more than usual. Its components are new, of which the
maintenance log says nothing. All other machines stay as they are.
"""

from dataclasses import dataclass

NAME = "new-model"
WEAR = 2.0
"""By how much more probable failures are than on a machine of its age elsewhere."""
LEVEL = 0.5
"""Of a deviation: by how much all its sensors measure more."""


@dataclass(frozen=True)
class NewModel:
    """That `share` of the machines is of it. They begin on a day counted from 2015-01-01."""

    share: float = 0
    begins: int = 0

    def has(self, id: int) -> bool:
        """Whether machine `id` is of it. They lie evenly among the others, so that more machines only add."""
        return round(id * self.share) > round((id - 1) * self.share)


NO_NEW_MODEL = NewModel()
