"""What each input contributes to what trees say: exact Shapley values, by paths (TreeSHAP).

An input that is not known takes both branches of a node, by how many training rows took each: the game of "Consistent
Individualized Feature Attribution for Tree Ensembles" (Lundberg, Erion, Lee, 2018), its Algorithm 1. There the paths of
one row are unwound one by one; here all leaves are computed at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Node:
    """A node of a tree; a leaf has no `children`. `rows` of the training reached it, by their weight.

    A row goes to the first child when `input` is at most `threshold`, else to the second one.
    """

    rows: float
    value: float = 0.0
    input: int = -1
    threshold: float = 0.0
    children: tuple[Node, Node] | None = None


@dataclass(frozen=True)
class Paths:
    """The paths from the roots to each leaf: `above < row[inputs] <= most` leads there, at all `places` of a path.

    Of the training rows that came to a place without it, `share` went on. A place that a short path does not need lets
    every row pass: such an input contributes nothing.
    """

    inputs: NDArray[np.int64]
    above: Numbers
    most: Numbers
    share: Numbers
    values: Numbers

    @property
    def base(self) -> float:
        """What the trees say when no input is known."""
        return float(self.values @ self.share.prod(axis=1))

    def contributions(self, row: Sequence[float]) -> Numbers:
        """By input; `base` and these in sum are what the trees say of the row."""
        known = np.asarray(row, dtype=np.float64)
        passes = ((known[self.inputs] > self.above) & (known[self.inputs] <= self.most)).astype(np.float64)
        places = passes.shape[1]
        weights = np.array([factorial(n) * factorial(places - n - 1) / factorial(places) for n in range(places)])
        found = np.zeros(len(known))
        for place in range(places):
            # By how many of the other places are known: what all sets of so many let through.
            by_known = np.zeros((len(passes), places))
            by_known[:, 0] = 1
            for other in range(places):
                if other != place:
                    more = by_known[:, :-1] * passes[:, other, None]
                    by_known *= self.share[:, other, None]
                    by_known[:, 1:] += more
            gained = self.values * (passes[:, place] - self.share[:, place]) * (by_known @ weights)
            np.add.at(found, self.inputs[:, place], gained)
        return found


@dataclass(frozen=True)
class _Place:
    above: float = -np.inf
    most: float = np.inf
    share: float = 1.0


def paths(trees: Sequence[Node]) -> Paths:
    """The paths of all `trees`, whose values add up."""
    leaves = [leaf for tree in trees for leaf in _leaves(tree, {})]
    longest = max(1, *(len(path) for path, _ in leaves))
    unused = [(0, _Place())]
    places = [[*path.items(), *unused * (longest - len(path))] for path, _ in leaves]

    def each(name: str) -> Numbers:
        return np.array([[getattr(place, name) for _, place in path] for path in places], dtype=np.float64)

    inputs: NDArray[Any] = np.array([[input for input, _ in path] for path in places], dtype=np.int64)
    values = np.array([value for _, value in leaves], dtype=np.float64)
    return Paths(inputs, each("above"), each("most"), each("share"), values)


def _leaves(node: Node, path: dict[int, _Place]) -> Iterator[tuple[dict[int, _Place], float]]:
    if node.children is None:
        yield path, node.value
        return
    at = path.get(node.input, _Place())
    low, high = node.children
    to_low = _Place(at.above, min(at.most, node.threshold), at.share * low.rows / node.rows)
    to_high = _Place(max(at.above, node.threshold), at.most, at.share * high.rows / node.rows)
    yield from _leaves(low, path | {node.input: to_low})
    yield from _leaves(high, path | {node.input: to_high})
