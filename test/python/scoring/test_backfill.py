"""A backfill: a range is scored again beside the running pipelines, by the champion or by another version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyspark.sql import Row
from pyspark.sql import functions as F
from small_ledger import entry
from small_registry import SmallRegistry
from trained_plant import MODEL_NAME, TrainedPlant, foretold, score

from predictive_maintenance.contract import COMPARED, SCORED
from predictive_maintenance.landing import ledger

DAY = {"start_date": "2015-02-06T00:00:00Z", "to_date": "2015-02-06T23:59:59Z"}
WINDOWS = 5 * 2


class Backfill:
    """Runs on a day of the trained plant, into a table of their own, with a model of two equal versions."""

    def __init__(self, trained: TrainedPlant) -> None:
        self.trained = trained
        self.registry = SmallRegistry()
        source = trained.registry._client.get_model_version(MODEL_NAME, "1").source
        summary = trained.registry.summary(trained.registry.champion())
        self.first, self.second = (self.registry.add(source, summary=summary) for _ in range(2))

    def run(self, run_id: str, **widgets: str) -> dict:
        usual = {"model_name": self.registry.name, "backfill": "true", **DAY}
        return score(self.trained, "again", run_id=run_id, **usual | widgets)

    def rows(self, table: str) -> list[Row]:
        return self.trained.table(table).orderBy("machineID", "window_end", "model_version").collect()

    def monitored(self) -> list[Row]:
        """What these runs have recorded in `monitoring`."""
        if not self.trained.spark.catalog.tableExists(f"spark_catalog.{self.trained.schema}.monitoring"):
            return []
        return self.trained.table("monitoring").where(F.col("run_id").isin("back", "repeated", "beside")).collect()

    def current(self) -> set[tuple[str, str]]:
        """By which version and which run the current predictions are."""
        return {(row.model_version, row.run_id) for row in self.rows("current_again")}


@pytest.fixture(scope="module")
def backfill(trained: TrainedPlant) -> Backfill:
    """Both versions were champion and have said the same of the day, the second one last; now it is the first one."""
    backfill = Backfill(trained)
    foretold(trained, "again", ("1", "as-1"), ("2", "as-2"), **DAY)
    backfill.registry.crown(backfill.first)
    return backfill


@pytest.fixture(scope="module")
def pending(backfill: Backfill) -> Iterator[str]:
    """A file that a run of `scoring` has claimed and not scored yet."""
    at = (backfill.trained.spark, "spark_catalog", backfill.trained.schema)
    ledger.record(*at, "scoring-run", [entry("telemetry", "2015-02-06 10:00", path="pending.csv")])
    yield "telemetry/pending.csv"
    ledger.mark_scored(*at, "scoring-run")


def test_a_backfill_by_the_champion_makes_its_predictions_current_although_it_says_what_it_said_before(
    backfill: Backfill,
):
    assert backfill.current() == {("2", "as-2")}
    result = backfill.run("back")
    assert (result["rows"], result["model_version"], result["status"]) == (WINDOWS, "1", SCORED)
    assert backfill.current() == {("1", "back")}
    assert len(backfill.rows("again")) == 2 * WINDOWS

    before = backfill.rows("again")
    assert backfill.run("repeated", model_version="1") == result
    assert backfill.rows("again") == before
    assert backfill.monitored() == []


def test_what_another_version_says_is_beside_and_nothing_that_is_current_changes(backfill: Backfill, pending: str):
    before = backfill.rows("again")
    result = backfill.run("beside", model_version="2")
    assert (result["rows"], result["model_version"], result["status"]) == (WINDOWS, "2", COMPARED)
    assert backfill.rows("again") == before
    beside = backfill.rows("compared_again")
    assert {(row.model_version, row.run_id) for row in beside} == {("2", "beside")}
    assert len(beside) == WINDOWS

    files = backfill.trained.table("ingested_files").where(F.col("path") == pending)
    assert [(file.claimed_by, file.scored_by) for file in files.collect()] == [("scoring-run", None)]
    assert backfill.monitored() == []


@pytest.mark.parametrize(
    ("widgets", "message"),
    [
        ({"model_version": "9"}, r"^model_version is '9': the versions of spark_catalog\.plant\.m\w+ are 2, 1$"),
        ({"model_version": "last"}, r"^model_version is 'last': the versions of spark_catalog\.plant\.m\w+ are 2, 1$"),
        ({"model_version": "1", "backfill": ""}, "^model_version is '1': what is new is scored by the champion$"),
        ({"to_date": ""}, r"^start_date is '2015-02-06T00:00:00Z' and to_date '': a backfill needs both$"),
        ({"backfill": "yes"}, r"^backfill is 'yes': expected true, or nothing$"),
    ],
)
def test_what_cannot_be_scored_again_is_named(backfill: Backfill, widgets: dict[str, str], message: str):
    with pytest.raises(ValueError, match=message):
        backfill.run("refused", **widgets)
