"""A model is loaded from a Unity Catalog volume as a dedicated cluster of Databricks has it."""

import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import mlflow
import pytest
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.ml.util import DefaultParamsReader
from trained_plant import MODEL_NAME, TrainedPlant

from predictive_maintenance.registry import model_folder
from predictive_maintenance.registry.registry import Registry

TOUCHES = {"open": 0, "os.mkdir": 0, "os.listdir": 0, "os.scandir": 0, "os.rename": 1, "shutil.copyfile": 1}
"""What Python tells of each touch of a path: where the path is among its arguments."""


class Cluster:
    """What a dedicated cluster answers to MLflow, and every path that is touched on it."""

    def __init__(self, volume: Path) -> None:
        self.volume = volume
        self.made: list[str] = []
        self.read_by_spark: list[str] = []
        self.watching = True
        sys.addaudithook(self._see)  # cannot be taken away again

    def _see(self, event: str, arguments: tuple) -> None:
        if not self.watching or event not in TOUCHES:
            return
        path = arguments[TOUCHES[event]]
        if isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith("/dbfs"):
            raise PermissionError(f"{os.fspath(path)} is no way into a volume")
        if event in ("os.mkdir", "shutil.copyfile"):
            self.made.append(os.fspath(path))
        elif event == "open" and isinstance(path, str) and "w" in str(arguments[1] or ""):
            self.made.append(path)

    def see_load(self, load, path: str, sc):
        self.read_by_spark.append(path)
        return load(path, sc)


@pytest.fixture
def cluster(trained: TrainedPlant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    volume = tmp_path / "Volumes" / "catalog" / "schema" / "mlflow" / "tmp"
    monkeypatch.setenv("MLFLOW_DFS_TMP", str(volume))
    for question, answer in {
        "is_in_cluster": True,
        "is_in_databricks_runtime": True,
        "is_dbfs_fuse_available": True,
        "is_in_databricks_serverless_runtime": False,
        "is_in_databricks_shared_cluster_runtime": False,
    }.items():
        monkeypatch.setattr(f"mlflow.utils.databricks_utils.{question}", lambda answer=answer: answer)
    watched, load = Cluster(volume), DefaultParamsReader.loadParamsInstance
    monkeypatch.setattr(DefaultParamsReader, "loadParamsInstance", partial(watched.see_load, load))
    yield watched
    watched.watching = False


def loaded(trained: TrainedPlant) -> PipelineModel:
    champion = Registry(MODEL_NAME).champion()
    return model_folder.load(f"models:/{MODEL_NAME}/{champion.number}")


def test_it_is_written_to_and_read_from_one_new_folder_of_the_volume(trained: TrainedPlant, cluster: Cluster) -> None:
    model = loaded(trained)
    (read,) = {str(Path(path).parent) for path in cluster.read_by_spark}
    folder = Path(read).relative_to(cluster.volume).parts[0]
    assert folder.startswith("model-")
    outside = [path for path in cluster.made if cluster.volume / folder not in [Path(path), *Path(path).parents]]
    assert [path for path in outside if Path(path) not in cluster.volume.parents and Path(path) != cluster.volume] == []
    assert any(path.startswith(read) for path in cluster.made)
    assert list(cluster.volume.iterdir()) == []
    assert model.transform(trained.features()).count() == trained.features().count()


def test_mlflow_by_itself_looks_for_a_volume_below_dbfs(trained: TrainedPlant, cluster: Cluster) -> None:
    with pytest.raises(PermissionError, match=r"^/dbfs.*is no way into a volume"):
        mlflow.spark.load_model(f"models:/{MODEL_NAME}/{Registry(MODEL_NAME).champion().number}")


def test_what_a_killed_run_has_left_is_taken_away_and_what_another_is_loading_stays(
    trained: TrainedPlant, cluster: Cluster
) -> None:
    left, other = cluster.volume / "model-left", cluster.volume / "model-other"
    for folder in (left, other):
        folder.mkdir(parents=True)
    os.utime(left, (time.time() - 90_000,) * 2)
    loaded(trained)
    assert list(cluster.volume.iterdir()) == [other]


def test_without_a_place_for_it_the_machine_has_one(trained: TrainedPlant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_DFS_TMP")
    assert loaded(trained).stages


def test_the_stages_of_a_long_pipeline_are_in_their_order(spark, mlflow_runs: None) -> None:
    rows = spark.range(1)
    steps = [SQLTransformer(statement=f"SELECT *, {step} AS step{step} FROM __THIS__") for step in range(11)]
    with mlflow.start_run():
        logged = mlflow.spark.log_model(Pipeline(stages=steps).fit(rows), "model", pip_requirements=[])
    told = model_folder.load(logged.model_uri).transform(rows)
    assert told.columns == ["id", *(f"step{step}" for step in range(11))]
