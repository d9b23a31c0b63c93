"""The files of a registered model where Spark can read them."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from predictive_maintenance.parallel import in_parallel

if TYPE_CHECKING:  # whoever only asks for versions does not wait for Spark ML
    from pyspark.ml import PipelineModel, Transformer

PREFIX = "model-"
ABANDONED_AFTER = 24 * 3600
"""Seconds after which a folder is one that a killed run has left: loading takes some seconds."""


def load(uri: str) -> PipelineModel:
    """The pipeline that MLflow keeps at `uri`, such as `models:/catalog.schema.name/1`.

    The models used here are in memory once they are loaded. `mlflow.spark.load_model` takes a path for one of DBFS on a
    dedicated cluster, and finds nothing there (mlflow/mlflow#18668). `PipelineModel.load` reads one stage after the
    other, each in some small jobs (SPARK-27892); here they are read at the same time.
    """
    from pyspark.ml import PipelineModel
    from pyspark.ml.util import DefaultParamsReader
    from pyspark.sql import SparkSession

    spark = SparkSession.active()
    context = spark.sparkContext  # Spark 3.5, of runtime 16.4, takes no session
    with files(uri) as folder:
        paths = sorted(str(path) for path in Path(folder, "stages").iterdir())  # 00_<uid>, 01_<uid>, …
        reads: list[Callable[[], Transformer]]
        reads = [partial(DefaultParamsReader.loadParamsInstance, path, context) for path in paths]
        return PipelineModel(in_parallel(spark, reads))


@contextmanager
def files(uri: str) -> Iterator[str]:
    """The folder of Spark ML with the files of the pipeline at `uri`, until the end of the block.

    It lies below MLFLOW_DFS_TMP, on Databricks a Unity Catalog volume.
    """
    from mlflow.artifacts import download_artifacts
    from mlflow.models import Model

    work = Path(os.environ.get("MLFLOW_DFS_TMP") or tempfile.gettempdir())
    _tidy(work)
    folder = work / f"{PREFIX}{uuid.uuid4().hex}"
    folder.mkdir(parents=True)
    try:
        downloaded = download_artifacts(artifact_uri=uri, dst_path=str(folder))
        yield os.path.join(downloaded, Model.load(downloaded).flavors["spark"]["model_data"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tidy(work: Path) -> None:
    """Takes away what runs have left that were killed while they loaded."""
    for folder in work.glob(f"{PREFIX}*"):
        try:
            if folder.stat().st_mtime < time.time() - ABANDONED_AFTER:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue  # another run has been quicker
