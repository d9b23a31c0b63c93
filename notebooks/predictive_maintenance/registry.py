"""The registered model in MLflow: its versions, what was measured of each, and which one is champion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy
import pyspark
from matplotlib.figure import Figure
from pyspark.ml import PipelineModel

from predictive_maintenance.features import COMPONENTS
from predictive_maintenance.inputs import INPUTS

ALIAS = "champion"
SUMMARY = "summary.json"
VERDICT = "verdict"
ABSENT = ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")
"""How registries answer for an unknown model or alias."""


@dataclass(frozen=True)
class Version:
    """A version and the MLflow run that made it; `verdict` is why it became champion or not, empty until it is judged."""

    number: str
    run: str
    verdict: str = ""


class Registry:
    """The versions of the registered model `name`. MLflow is imported on first use, because that takes seconds."""

    def __init__(self, name: str) -> None:
        import mlflow.spark

        if not name:
            raise ValueError("model_name is empty: expected <catalog>.<schema>.<name>")
        self._name = name
        self._mlflow = mlflow
        self._client = mlflow.MlflowClient()

    def champion(self) -> Version | None:
        """The version that scores, if there is one."""
        try:
            return _version(self._client.get_model_version_by_alias(self._name, ALIAS))
        except self._mlflow.MlflowException as error:
            if error.error_code in ABSENT:
                return None
            raise

    def find(self, fingerprint: str) -> Version | None:
        """The version that was trained on the same data in the same way, if there is one."""
        try:
            numbers = [listed.version for listed in self._client.search_model_versions(f"name = '{self._name}'")]
        except self._mlflow.MlflowException as error:
            if error.error_code in ABSENT:
                return None
            raise
        for number in numbers:
            version = self._client.get_model_version(self._name, number)  # Unity Catalog lists without tags
            if version.tags.get("fingerprint") == fingerprint:
                return _version(version)
        return None

    def load(self, version: Version) -> PipelineModel:
        """The pipeline of the version."""
        return self._mlflow.spark.load_model(f"models:/{self._name}/{version.number}")

    def summary(self, version: Version) -> dict:
        """What `register` was given of the version."""
        return self._mlflow.artifacts.load_dict(f"runs:/{version.run}/{SUMMARY}")

    def register(
        self,
        model: PipelineModel,
        *,
        fingerprint: str,
        run_id: str,
        parameters: Mapping[str, object],
        metrics: Mapping[str, float],
        summary: dict,
        pictures: Mapping[str, Figure],
    ) -> Version:
        """Logs the model, then registers it together with its fingerprint: a run killed before leaves no version."""
        with self._mlflow.start_run(run_name=f"training {run_id}", tags={"run_id": run_id}) as run:
            self._mlflow.log_params(parameters)
            self._mlflow.log_metrics(metrics)
            self._mlflow.log_dict(summary, SUMMARY)
            for name, picture in pictures.items():
                self._mlflow.log_figure(picture, f"pictures/{name}")
            logged = self._mlflow.spark.log_model(
                model, "model", pip_requirements=_requirements(self._mlflow), signature=_signature()
            )
        registered = self._mlflow.register_model(logged.model_uri, self._name, tags={"fingerprint": fingerprint})
        return Version(str(registered.version), run.info.run_id)

    def judge(self, version: Version, verdict: str, *, promote: bool) -> None:
        """Makes the version champion or not, and keeps the reason."""
        if promote:
            self._client.set_registered_model_alias(self._name, ALIAS, version.number)
        self._client.set_model_version_tag(self._name, version.number, VERDICT, verdict)

    def forget(self) -> None:
        """Deletes the model, its versions and the runs that made them; once more changes nothing."""
        try:
            versions = list(self._client.search_model_versions(f"name = '{self._name}'"))
            for version in versions:
                self._client.delete_model_version(self._name, version.version)
                self._client.delete_run(version.run_id)
            self._client.delete_registered_model(self._name)
        except self._mlflow.MlflowException as error:
            if error.error_code not in ABSENT:
                raise


def _version(found) -> Version:
    return Version(str(found.version), found.run_id, found.tags.get(VERDICT, ""))


def _requirements(mlflow) -> list[str]:
    # Stated, because inferring them loads the model in another process and takes most of the time of logging.
    return [f"mlflow=={mlflow.__version__}", f"pyspark=={pyspark.__version__}", f"numpy=={numpy.__version__}"]


def _signature():
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    inputs = [ColSpec("double", name, required=False) for name in INPUTS]
    outputs = [ColSpec("double", f"prediction_{comp}") for comp in COMPONENTS]
    return ModelSignature(Schema([*inputs, ColSpec("string", "model", required=False)]), Schema(outputs))
