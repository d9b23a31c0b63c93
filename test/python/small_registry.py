"""A registered model of a few versions, without training them."""

from __future__ import annotations

import uuid

from predictive_maintenance.registry.registry import SUMMARY, Registry, Version


class SmallRegistry(Registry):
    """A model of its own in the MLflow of the tests."""

    def __init__(self) -> None:
        super().__init__(f"spark_catalog.plant.m{uuid.uuid4().hex[:12]}")

    def add(
        self, source: str = "nowhere", *, macro_f1: float | None = None, summary: dict | None = None, **tags: str
    ) -> Version:
        """A new version of the model at `source`, with a run of its own."""
        if not self.versions():
            self._client.create_registered_model(self.name)
        with self._mlflow.start_run(tags=tags) as run:
            self._mlflow.log_params({"trained_from": "2015-01-01T12:00:00Z", "trained_to": "2015-02-01T00:00:00Z"})
            if summary is not None:
                self._mlflow.log_dict(summary, SUMMARY)
            if macro_f1 is not None:
                self._mlflow.log_metric("macro_f1", macro_f1)
        made = self._client.create_model_version(self.name, source, run.info.run_id)
        return Version(str(made.version), made.run_id)

    def champion_number(self) -> str:
        return self.champion().number

    def said(self, number: str) -> str:
        """The verdict on a version."""
        return next(version.verdict for version in self.versions() if version.number == number)
