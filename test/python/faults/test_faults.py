"""Whatever strikes the pipelines, after the last catch-up nothing is lost, doubled or stale."""

from collections.abc import Iterable

import pytest

from faults.blobs import Blob, Line
from faults.invariant import broken, current_versions
from faults.mutants import MUTANTS, Mutant
from faults.plan import LANDED, Fault, Land, Start, Step, plan
from faults.plants import Plants

MOST_SEEDS = 100
"""Of these one must find a mutant."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        first, last = map(int, metafunc.config.getoption("seeds").split("-"))
        metafunc.parametrize("seed", range(first, last + 1))
    if "mutant" in metafunc.fixturenames:
        metafunc.parametrize("mutant", MUTANTS, ids=str)


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


def test_the_run_that_began_last_counts_and_not_the_one_that_ends_last(plants: Plants):
    def readings(landed: int, volt: int) -> Land:
        lines = [Line(f"2015-01-05 {hour:02}:00:00,1,{volt},450,100,40") for hour in (3, 9)]
        return Land(Blob("telemetry/d0/a.csv", LANDED + landed, lines))

    newer = (readings(2, 190), Start("promote"), Start("scoring"))
    steps = [
        Land(Blob("machines/d0/m.csv", LANDED, [Line("1,model1,5")])),
        readings(1, 160),
        Start("scoring", Fault("meanwhile", "scoring", 1, "write", meanwhile=newer)),
    ]
    with plants.happen(steps) as world:
        assert (broken(world), current_versions(world)) == ([], {"2"}), "\n".join(world.story)


def test_a_fault_of_the_ledger_is_found(plants: Plants, mutant: Mutant):
    with mutant.lives():
        assert any(told(plants, plan(seed)) for seed in range(1, MOST_SEEDS + 1))
