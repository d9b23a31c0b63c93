"""Whatever strikes the pipelines, after the last catch-up nothing is lost, doubled or stale."""

from collections.abc import Iterable

import pytest

from faults.invariant import broken, current_versions
from faults.mutants import MUTANTS, Mutant
from faults.plan import Step, plan
from faults.plants import Plants
from faults.races import RACES, race

MOST_SEEDS = 25
"""Of these one must find a mutant."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        first, last = map(int, metafunc.config.getoption("seeds").split("-"))
        metafunc.parametrize("seed", range(first, last + 1))
    if "mutant" in metafunc.fixturenames:
        metafunc.parametrize("mutant", MUTANTS if metafunc.config.getoption("mutants") else [], ids=str)


@pytest.fixture(scope="module")
def plants(trained) -> Plants:
    return Plants(trained)


def told(plants: Plants, steps: Iterable[Step]) -> str:
    """What does not hold after `steps` and what happened before; empty where all holds."""
    with plants.happen(steps) as world:
        problems = broken(world)
        return "\n".join([*world.story, "broken:", *problems]) if problems else ""


def test_a_seed_breaks_nothing(plants: Plants, seed: int):
    assert told(plants, plan(seed)) == "", f"seed {seed}"


@pytest.mark.parametrize("what", RACES)
def test_the_run_that_began_last_counts_and_not_the_one_that_ends_last(plants: Plants, what: str):
    with plants.happen(race(what)) as world:
        assert (broken(world), current_versions(world)) == ([], {"2"}), "\n".join(world.story)


def test_a_fault_of_the_ledger_is_found(plants: Plants, mutant: Mutant):
    with mutant.lives():
        assert any(told(plants, plan(seed)) for seed in range(1, MOST_SEEDS + 1))
