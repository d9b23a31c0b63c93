"""What each input contributes to what trees say: exact Shapley values, by paths (TreeSHAP).

An input that is not known takes both branches of a node, by how many training rows took each: the game of "Consistent
Individualized Feature Attribution for Tree Ensembles" (Lundberg, Erion, Lee, 2018), its Algorithm 1. There the paths of
one row are unwound one by one; here those of all leaves are at once.
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
        values = known[self.inputs]
        passes = (values > self.above) & (values <= self.most)
        gained = self.values[:, None] * (passes - self.share) * self._others(passes)
        return np.asarray(np.bincount(self.inputs.ravel(), gained.ravel(), len(known)), dtype=np.float64)

    def _others(self, passes: NDArray[np.bool_]) -> Numbers:
        """For each place what all sets of the other places let through, by the chance that just these are known."""
        places = passes.shape[1]
        chances = [factorial(n) * factorial(places - n - 1) / factorial(places) for n in range(places)]
        # Of all places, by how many are known: the product of `share + passes * x` for each, by powers of x.
        by_known = np.zeros((len(passes), places + 1))
        by_known[:, 0] = 1
        for place in range(places):
            more = by_known[:, :-1] * passes[:, place, None]
            by_known *= self.share[:, place, None]
            by_known[:, 1:] += more
        # The same without one place: divided by its factor, which is `share + x` or only `share`.
        without = np.repeat(by_known[:, -1:], places, axis=1)
        passing = chances[-1] * without
        for known in range(places - 1, 0, -1):
            without = by_known[:, known, None] - self.share * without
            passing += chances[known - 1] * without
        failing = (by_known[:, :-1] @ chances)[:, None] / self.share
        return np.where(passes, passing, failing)


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
