"""A plant of a few machines where pipelines run on real Spark, as Data Factory runs them, and faults strike them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from filesystem import FileSystem
from pyspark.ml import PipelineModel
from pyspark.sql import SparkSession
from small_registry import SmallRegistry

from faults.blobs import Blob
from faults.plan import Delete, Fault, Land, Other, Start, Step
from faults.statements import Killed, Run, current, running, unstruck
from faults.strikes import Strikes, Unavailable
from predictive_maintenance.features.feature_engineering import feature_engineering
from predictive_maintenance.housekeeping.upkeep import upkeep
from predictive_maintenance.landing.ingest import ingest
from predictive_maintenance.registry.registry import Version
from predictive_maintenance.scoring.scoring import scoring
from predictive_maintenance.training.model import Model

FAILING = ("fail", "full disk")
"""The kinds of fault that may fail a stage: no other run, change of a blob or clock may."""


@dataclass
class World:
    """`landed` is every content that ever lay somewhere, `present` what lies there now, by path."""

    spark: SparkSession
    schema: str
    root: Path
    registry: SmallRegistry
    models: Mapping[str, Model]
    """By the number of the version."""
    landed: list[Blob] = field(default_factory=list)
    present: dict[str, Blob] = field(default_factory=dict)
    champions: dict[str, set[str]] = field(default_factory=dict)
    """By run: the versions that were champion while it ran."""
    under_way: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    """What really happened."""

    def take(self, step: Step) -> None:
        match step:
            case Land(blob):
                self.tell(str(step))
                self.landed.append(blob)
                self.present[blob.path] = blob
                blob.land(self.root)
            case Delete(path):
                self.tell(str(step))
                self.present.pop(path, None)
                (self.root / path).unlink(missing_ok=True)
            case Start():
                self._start(step)

    def tell(self, what: str) -> None:
        self.story.append(what)

    def _start(self, start: Start) -> None:
        run_id = f"{start.other} {len(self.story)}"
        self.tell(f"{run_id}: {start}")
        others: Mapping[Other, Callable[[], None]] = {
            "scoring": lambda: self._score(run_id, start.fault, retried=start.retried),
            "upkeep": lambda: self._tidy(run_id, start.fault),
            "promote": self._promote,
            "roll back": self._roll_back,
        }
        with running(Run(unstruck)):  # of itself nothing strikes it, whoever has started it
            others[start.other]()
        self.tell(f"{run_id}: ended")

    def _score(self, run_id: str, fault: Fault | None, *, retried: bool) -> None:
        session, where = self.spark.newSession(), self._where
        self.champions[run_id] = {self.registry.champion_number()}
        self.under_way.append(run_id)

        def stage(name: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
            found = self._attempt(run_id, name, work, fault if fault and fault.stage == name else None)
            if found is None and retried:
                found = self._attempt(run_id, name, work, None)
            if found is None:
                raise Unavailable
            return found

        try:
            claimed = stage(
                "ingest", lambda: ingest(session, FileSystem(session).ls, str(self.root), **where, run_id=run_id)
            )
            if not claimed["start_date"]:
                return
            windows = {"start_date": claimed["start_date"], "to_date": claimed["to_date"], "run_id": run_id}
            of = {**where, "features_table": "features", **windows}
            stage("feature_engineering", lambda: feature_engineering(session, **of))
            model = {"results_data": "predictions", "model_name": self.registry.name}
            stage("scoring", lambda: scoring(session, **of, **model))
        except Unavailable:
            self.tell(f"{run_id}: failed")
        finally:
            self.under_way.remove(run_id)

    def _attempt(
        self, run_id: str, stage: str, work: Callable[[], dict[str, Any]], fault: Fault | None
    ) -> dict[str, Any] | None:
        """What the stage returns, or None where it failed."""
        strikes = Strikes(self, fault) if fault else None
        run = strikes.run if strikes else Run(unstruck)
        try:
            with running(run):
                found = work()
            self.tell(f"{run_id}: {stage} succeeded after {run.statements} statements, {run.writes} writes")
            return found
        except Killed:
            self.tell(f"{run_id}: {stage} killed")
        except Exception as error:
            if fault is None or fault.kind not in FAILING:
                raise
            self.tell(f"{run_id}: {stage} failed, {str(error).strip().splitlines()[0][:150]}")
        finally:
            if strikes:
                strikes.end()
        return None

    def _tidy(self, run_id: str, fault: Fault | None) -> None:
        session, tables = self.spark.newSession(), {"features_table": "features", "results_data": "predictions"}
        self._attempt(
            run_id, "upkeep", lambda: dict(upkeep(session, **self._where, **tables, retention_days="7")), fault
        )

    def _promote(self) -> None:
        champion = self.registry.champion_number()
        self._crowned(lambda: self.registry.crown(next(of for of in self.registry.versions() if of.number != champion)))

    def _roll_back(self) -> None:
        if previous := self.registry.previous():
            self._crowned(lambda: self.registry.step_back(previous))

    def _crowned(self, crown: Callable[[], None]) -> None:
        crown()
        for run_id in self.under_way:  # they may have asked before or after
            self.champions[run_id].add(self.registry.champion_number())

    @property
    def _where(self) -> dict[str, str]:
        return {"catalog": "spark_catalog", "schema": self.schema}

    def load(self, version: Version) -> PipelineModel:
        """As `Registry.load`, which is a statement: the registry answers, or does not."""
        run = current()
        trained = self.models[version.number].pipeline
        return run.statement(lambda: trained) if run else trained

    @cached_property
    def java(self) -> int:
        """The process that writes."""
        return int(self.spark.sparkContext._jvm.java.lang.ProcessHandle.current().pid())
