"""One Spark session for all tests; the packages of the notebooks and of the local cluster are importable."""

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "notebooks"), str(ROOT / "local" / "cluster")]

FEW_ROWS = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.databricks.delta.snapshotPartitions": "1",
    "spark.databricks.delta.writeChecksumFile.enabled": "false",
}
"""A task costs more than what it does to a few rows. See also `few-rows/`, which `npm test` gives to Spark and Java."""

LITTLE_KEPT = "-XX:+UseSerialGC -Xms2g -Xmn1g"
"""Java options: planning leaves much garbage and keeps little."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", default="1-1", help="the fault plans to run, from which to which")
    parser.addoption("--mutants", action="store_true", help="whether the fault plans must find faults of the ledger")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out mutants that nobody asked for, and marks the tests that ask for Spark.

    Those of a file run in one process, and so do all that share `trained`. These take longest and come first; tests
    without Spark come last, because they are short: the processes end together.
    """
    if not config.getoption("mutants"):
        config.hook.pytest_deselected(items=[item for item in items if "mutant" in item.fixturenames])
        items[:] = [item for item in items if "mutant" not in item.fixturenames]
    trained = {item.path for item in items if "trained" in item.fixturenames}
    for item in items:
        item.add_marker(pytest.mark.xdist_group("trained" if item.path in trained else str(item.path)))
        if "spark" in item.fixturenames:
            item.add_marker(pytest.mark.spark)
    slow = {item.path for item in items if "spark" in item.fixturenames}
    items.sort(key=lambda item: 0 if item.path in trained else 1 if item.path in slow else 2)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    import java  # of local/cluster, as is the next
    import spark as cluster

    borrowed = java.borrow(java.Launch("3g", LITTLE_KEPT))
    session = cluster.start(tmp_path_factory.mktemp("warehouse"), java=borrowed, app="tests", more=FEW_ROWS)
    yield session
    cluster.stop(session)
    borrowed.give_back()


@pytest.fixture(scope="session")
def catalog() -> str:
    return "spark_catalog"


@pytest.fixture
def schema(spark) -> str:
    """A schema of its own for one test: `spark_catalog.<schema>`."""
    return new_schema(spark)


@pytest.fixture(scope="module")
def module_schema(spark) -> str:
    """A schema that the tests of one module share."""
    return new_schema(spark)


@pytest.fixture
def generated_code(spark) -> Iterator[None]:
    """Spark compiles what it runs, as on a laptop and in the cloud, or fails; `npm test` has it interpret the rest."""
    compiling = {"wholeStage": "true", "factoryMode": "CODEGEN_ONLY", "fallback": "false"}
    before = {name: spark.conf.get(f"spark.sql.codegen.{name}") for name in compiling}
    for name, value in compiling.items():
        spark.conf.set(f"spark.sql.codegen.{name}", value)
    yield
    for name, value in before.items():
        spark.conf.set(f"spark.sql.codegen.{name}", value)


@pytest.fixture(scope="session")
def sample() -> Path:
    """The real machines 1-20 beside the repository: `PdM_telemetry.csv` and the other four."""
    folder = ROOT.parent / "shared" / "data" / "pdm-sample"
    if not folder.is_dir():
        pytest.skip(f"SKIPPED, no real data: {folder.relative_to(ROOT.parent)} is not beside the repository")
    return folder


def new_schema(spark) -> str:
    name = f"t{uuid.uuid4().hex[:12]}"
    spark.sql(f"CREATE SCHEMA spark_catalog.{name}")
    return name


@pytest.fixture(scope="session")
def mlflow_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An MLflow of the tests' own."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MLFLOW_TRACKING_URI", (tmp_path_factory.mktemp("mlflow") / "runs").as_uri())
        environment.setenv("MLFLOW_DFS_TMP", str(tmp_path_factory.mktemp("mlflow-work")))
        yield


@pytest.fixture(scope="session")
def trained(spark, mlflow_runs) -> Iterator:
    """A small plant with features and a champion. While it is there, each version of a model is loaded once."""
    from trained_plant import TrainedPlant, loaded_once

    with loaded_once():
        yield TrainedPlant(spark, new_schema(spark))
