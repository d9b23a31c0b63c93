"""The registered model in MLflow: its versions, what was measured of each, and which one is champion."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import ModuleType
from typing import TYPE_CHECKING, Any

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.features.inputs import INPUTS
from predictive_maintenance.registry import model_folder

if TYPE_CHECKING:  # whoever only asks for versions does not wait for Spark ML and matplotlib
    from matplotlib.figure import Figure
    from mlflow.entities.model_registry import ModelVersion
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, TensorSpec
    from pyspark.ml import PipelineModel

CHAMPION = "champion"
PREVIOUS = "previous"
"""The alias of the version that the champion replaced."""
SUMMARY = "summary.json"
VERDICT = "verdict"
DECISION = "decision"
REASON = "decision_reason"
"""Tags of a run: what was decided when its version was judged, and why."""
PROMOTED, KEPT = "promoted", "kept champion"
"""The decisions."""
ABSENT = ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE")
"""How registries answer for an unknown model or alias."""


@dataclass(frozen=True)
class Version:
    """A version and the MLflow run that made it; `verdict` is why it became champion or not, empty until then."""

    number: str
    run: str
    verdict: str = ""


@dataclass(frozen=True)
class Logged:
    """What the run of a version says; nothing where somebody deleted the run."""

    started: int | None = None
    """Milliseconds since 1970."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)


class Registry:
    """The versions of the registered model `name`. MLflow is imported on first use, because that takes seconds."""

    def __init__(self, name: str) -> None:
        import mlflow

        if not name:
            raise ValueError("model_name is empty: expected <catalog>.<schema>.<name>")
        self.name = name
        self._mlflow = mlflow
        self._client = mlflow.MlflowClient()

    def champion(self) -> Version | None:
        """The version that scores, if there is one."""
        return self._aliased(CHAMPION)

    def previous(self) -> Version | None:
        """The version that the champion replaced, if there is one to go back to."""
        previous, champion = self._aliased(PREVIOUS), self.champion()
        # Both are one version where a process ended between the two steps of `crown` or of `step_back`.
        return None if champion and previous and champion.number == previous.number else previous

    def version(self, number: str) -> Version:
        """The version of that number. Raises ValueError, which names those there are."""
        try:
            return _version(self._client.get_model_version(self.name, number))
        except self._mlflow.MlflowException as error:
            if error.error_code not in ABSENT:
                raise
        known = ", ".join(version.number for version in self.versions()) or "none yet"
        raise ValueError(f"model_version is '{number}': the versions of {self.name} are {known}")

    def versions(self) -> list[Version]:
        """All versions, the newest first; none where there is no model yet."""
        return [_version(found) for found in self._found()]

    def find(self, fingerprint: str) -> Version | None:
        """The version that was trained on the same data in the same way, if there is one."""
        return next((_version(found) for found in self._found() if found.tags.get("fingerprint") == fingerprint), None)

    def load(self, version: Version) -> PipelineModel:
        """The pipeline of the version."""
        return model_folder.load(self._uri(version))

    def files(self, version: Version) -> AbstractContextManager[str]:
        """The folder with the files of the pipeline, until the end of the block."""
        return model_folder.files(self._uri(version))

    def _uri(self, version: Version) -> str:
        return f"models:/{self.name}/{version.number}"

    def summary(self, version: Version) -> dict[str, Any]:
        """What `register` was given of the version."""
        summary: dict[str, Any] = self._mlflow.artifacts.load_dict(f"runs:/{version.run}/{SUMMARY}")
        return summary

    def register(
        self,
        model: PipelineModel,
        *,
        fingerprint: str,
        run_id: str,
        parameters: Mapping[str, object],
        metrics: Mapping[str, float],
        summary: dict[str, Any],
        pictures: Mapping[str, Figure],
    ) -> Version:
        """Logs the model, then registers it together with its fingerprint: a run killed before leaves no version."""
        with self._mlflow.start_run(run_name=f"training {run_id}", tags={"run_id": run_id}) as run:
            self._mlflow.log_params(dict(parameters))
            self._mlflow.log_metrics(dict(metrics))
            self._mlflow.log_dict(summary, SUMMARY)
            for name, picture in pictures.items():
                self._mlflow.log_figure(picture, f"pictures/{name}")
            logged = self._mlflow.spark.log_model(
                model, "model", pip_requirements=_requirements(self._mlflow), signature=_signature()
            )
        registered = self._mlflow.register_model(logged.model_uri, self.name, tags={"fingerprint": fingerprint})
        return Version(str(registered.version), run.info.run_id)

    def logged(self, version: Version) -> Logged:
        """What the run of the version says by now."""
        try:
            run = self._client.get_run(version.run)
        except self._mlflow.MlflowException as error:
            if error.error_code in ABSENT:
                return Logged()
            raise
        return Logged(run.info.start_time, run.data.params, run.data.metrics, run.data.tags)

    def log(self, version: Version, metrics: Mapping[str, float], tags: Mapping[str, str]) -> None:
        """Adds to the run of the version; logging again replaces what was said before."""
        from mlflow.entities import Metric, RunTag

        now = int(time.time() * 1000)
        self._client.log_batch(
            version.run,
            metrics=[Metric(name, value, now, 0) for name, value in metrics.items()],
            tags=[RunTag(*tag) for tag in tags.items()],  # type: ignore[no-untyped-call] # MLflow has no types for it
        )

    def tag(self, version: Version, tags: Mapping[str, str]) -> None:
        """Tags the version itself."""
        for name, value in tags.items():
            self._client.set_model_version_tag(self.name, version.number, name, value)

    def crown(self, version: Version) -> None:
        """Makes the version champion, and the champion the previous one; once more changes nothing."""
        champion = self.champion()
        if champion and champion.number == version.number:
            return
        if champion:
            self._client.set_registered_model_alias(self.name, PREVIOUS, champion.number)
        self._client.set_registered_model_alias(self.name, CHAMPION, version.number)

    def step_back(self, previous: Version) -> None:
        """Makes the previous version champion again, with none before it: a second time changes nothing back."""
        self._client.set_registered_model_alias(self.name, CHAMPION, previous.number)
        self._client.delete_registered_model_alias(self.name, PREVIOUS)

    def _aliased(self, alias: str) -> Version | None:
        try:
            return _version(self._client.get_model_version_by_alias(self.name, alias))
        except self._mlflow.MlflowException as error:
            if error.error_code in ABSENT:
                return None
            raise

    def _found(self) -> Iterator[ModelVersion]:
        try:
            listed = self._client.search_model_versions(f"name = '{self.name}'")
        except self._mlflow.MlflowException as error:
            if error.error_code in ABSENT:
                return
            raise
        for number in sorted((int(version.version) for version in listed), reverse=True):
            yield self._client.get_model_version(self.name, str(number))  # Unity Catalog lists without tags

    def forget(self) -> None:
        """Deletes the model, its versions and the runs that made them; once more changes nothing."""
        for version in self.versions():
            # The run first: nothing but its version tells which it is.
            self._delete(self._client.delete_run, version.run)
            self._delete(self._client.delete_model_version, self.name, version.number)
        self._delete(self._client.delete_registered_model, self.name)

    def _delete(self, delete: Callable[..., None], *what: str) -> None:
        try:
            delete(*what)
        except self._mlflow.MlflowException as error:
            if error.error_code not in ABSENT:
                raise


def _version(found: ModelVersion) -> Version:
    return Version(str(found.version), found.run_id or "", found.tags.get(VERDICT, ""))


def _requirements(mlflow: ModuleType) -> list[str]:
    import numpy
    import pyspark

    # Stated, because inferring them loads the model in another process and takes most of the time of logging.
    return [f"mlflow=={mlflow.__version__}", f"pyspark=={pyspark.__version__}", f"numpy=={numpy.__version__}"]


def _signature() -> ModelSignature:
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    inputs: list[ColSpec | TensorSpec] = [ColSpec("double", name, required=False) for name in INPUTS]
    outputs: list[ColSpec | TensorSpec] = [ColSpec("double", f"prediction_{comp}") for comp in COMPONENTS]
    return ModelSignature(Schema([*inputs, ColSpec("string", "model", required=False)]), Schema(outputs))
