import json
from itertools import combinations
from math import comb
from pathlib import Path

import numpy as np
import pytest

from predictive_maintenance.reasons.contributions import Node, paths

ANSWERS = json.loads(Path(__file__).with_name("shap-answers.json").read_text(encoding="utf-8"))


def node(rows: float, *rest) -> Node:
    if len(rest) == 1:
        return Node(rows, rest[0])
    input, threshold, low, high = rest
    return Node(rows, 0.0, input, threshold, (node(*low), node(*high)))


TREES = [node(*tree) for tree in ANSWERS["trees"]]
STEP = Node(10, 0, 0, 1.5, (Node(8, 0.1), Node(2, 0.9)))
TWICE = Node(10, 0, 0, 5.0, (Node(9, 0, 0, 1.5, (Node(6, 0.0), Node(3, 1.0))), Node(1, 0.0)))


def said(tree: Node, row: list[float], known: set[int]) -> float:
    """What a tree says when only some inputs are known, by the definition."""
    if tree.children is None:
        return tree.value
    low, high = tree.children
    if tree.input in known:
        return said(low if row[tree.input] <= tree.threshold else high, row, known)
    return (said(low, row, known) * low.rows + said(high, row, known) * high.rows) / tree.rows


def by_definition(trees: list[Node], row: list[float]) -> list[float]:
    """Shapley's value of each input: its mean gain over all orders in which the inputs become known."""

    def gain(input: int, known: tuple[int, ...]) -> float:
        return sum(said(tree, row, {*known, input}) - said(tree, row, {*known}) for tree in trees)

    found = []
    for input in range(len(row)):
        others = [other for other in range(len(row)) if other != input]
        sets = [known for size in range(len(row)) for known in combinations(others, size)]
        found.append(sum(gain(input, known) / comb(len(others), len(known)) for known in sets) / len(row))
    return found


def test_the_shap_package_says_the_same():
    forest = paths(TREES)
    assert forest.base == pytest.approx(ANSWERS["base"], abs=1e-12)
    found = [forest.contributions(row) for row in ANSWERS["rows"]]
    assert np.array(found) == pytest.approx(np.array(ANSWERS["contributions"]), abs=1e-12)


@pytest.mark.parametrize("row", ANSWERS["rows"][:3])
def test_the_definition_says_the_same(row):
    assert paths(TREES).contributions(row) == pytest.approx(by_definition(TREES, row), abs=1e-12)


@pytest.mark.parametrize("row", ANSWERS["rows"])
def test_base_and_contributions_are_in_sum_what_the_trees_say(row):
    forest, whole = paths(TREES), set(range(len(row)))
    assert forest.base + forest.contributions(row).sum() == pytest.approx(
        sum(said(tree, row, whole) for tree in TREES), abs=1e-12
    )


def test_one_question_has_all_of_the_difference_to_the_mean():
    forest = paths([STEP])
    assert forest.base == pytest.approx(0.26)
    assert forest.contributions([2.0, 7.0]) == pytest.approx([0.64, 0.0])
    assert forest.contributions([1.5, 7.0]) == pytest.approx([-0.16, 0.0])  # a threshold itself is low


def test_an_input_that_is_asked_twice_counts_once():
    forest = paths([TWICE])
    assert forest.contributions([3.0]) == pytest.approx([1.0 - forest.base])
    assert forest.base == pytest.approx(0.3)


def test_trees_without_a_question_contribute_nothing():
    forest = paths([Node(5, 0.25), Node(5, 0.5)])
    assert forest.base == 0.75
    assert forest.contributions([1.0, 2.0]).tolist() == [0.0, 0.0]
