"""One Spark for all tests; the packages of the notebooks and of the local cluster are importable.

With workers (`-n 2`), the process that starts them has the one Java process, warm for all, and each worker a session of
its own in it. A module goes to one worker, and so do all that share the trained plant.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "notebooks"), str(ROOT / "local" / "cluster")]

WORKERS_SPARK = pytest.StashKey()


INTERPRETED = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.databricks.delta.writeChecksumFile.enabled": "false",
}
"""For a few rows, generating and compiling Java costs more than interpreting. Tests of jest run as a laptop does."""


def start(folder: Path):
    import spark as cluster  # local/cluster/spark.py

    return cluster.start(folder / "warehouse", app="tests", memory="3g", more=INTERPRETED)


@contextmanager
def errors_in(file: Path) -> Iterator[None]:
    """Standard error of the processes that start meanwhile goes to a file, as pytest has it in a worker."""
    kept = os.dup(2)
    with file.open("wb") as log:
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Before a worker starts: it is told where Java is."""
    import spark as cluster

    config = node.config
    if WORKERS_SPARK not in config.stash:
        folder = config._tmp_path_factory.mktemp("spark")
        with errors_in(folder / "java.log"):
            config.stash[WORKERS_SPARK] = start(folder)
    node.workerinput["gateway"] = cluster.gateway(config.stash[WORKERS_SPARK])


def pytest_unconfigure(config) -> None:
    if WORKERS_SPARK in config.stash:
        config.stash[WORKERS_SPARK].stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "spark" in item.fixturenames:
            item.add_marker(pytest.mark.spark)
        item.add_marker(pytest.mark.xdist_group("trained" if "trained" in item.fixturenames else item.path.stem))


@pytest.fixture(scope="session")
def spark(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    worker = getattr(request.config, "workerinput", None)
    if worker is None:
        session = start(tmp_path_factory.mktemp("spark"))
        yield session
        session.stop()
    else:
        import spark as cluster

        yield cluster.attach(*worker["gateway"], worker["workerid"])


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
def trained(spark, mlflow_runs):
    """A small plant with features and a champion."""
    from trained_plant import TrainedPlant

    return TrainedPlant(spark, new_schema(spark))
