"""Freshness: how long files wait for predictions, whichever run makes them and whichever run marks the files."""

import time
from types import SimpleNamespace

import pytest
from pyspark.sql import functions as F
from small_ledger import entry, micros

from predictive_maintenance import tables
from predictive_maintenance.landing import ledger
from predictive_maintenance.monitoring import freshness
from predictive_maintenance.monitoring.freshness import NOTHING, Freshness

START = (int(time.time()) + 24 * 3600) * 1_000_000
"""When the first predictions were there, in µs: a day ahead, so that all files are ingested by then."""
NOON = micros("2015-03-10 12:00") // 1_000_000


class Lake:
    """A ledger, and a clock that the tests set: seconds after `START`."""

    def __init__(self, spark, schema: str, patch: pytest.MonkeyPatch) -> None:
        self.at, self._patch = (spark, "spark_catalog", schema), patch
        tables.ensure(*self.at, tables.INGESTED_FILES)
        freshness.ensure_view(*self.at)

    def ingest(self, run: str, **landed: int) -> None:
        """Files of telemetry by their name, each with the second of its landing."""
        ledger.record(*self.at, run, [self.file("telemetry", name, second) for name, second in landed.items()])

    def file(self, table: str, name: str, second: int, row: str = "2015-03-10 06:00") -> ledger.Entry:
        return entry(table, row, path=name, landed=START + second * 1_000_000)

    def mark(self, run: str, second: int, before: dict[str, int] | None = None) -> None:
        """Predictions of the window at noon are there."""
        clock = SimpleNamespace(time_ns=lambda: (START + second * 1_000_000) * 1000)
        self._patch.setattr(ledger, "time", clock)
        ledger.mark_scored(*self.at, run, (NOON, NOON), before)


@pytest.fixture(scope="module")
def seconds(spark, lake: Lake, module_schema: str) -> dict[str, float]:
    """What the view says, by path."""
    return {row.path: row.seconds for row in spark.table(f"{module_schema}.freshness").collect()}


@pytest.fixture(scope="module")
def lake(spark, module_schema: str):
    """The first predictions; a run of many files; one that was killed, and the next, which finishes its files."""
    with pytest.MonkeyPatch.context() as patch:
        lake = Lake(spark, module_schema, patch)
        lake.ingest("first", history=-5000)
        lake.mark("first", 0)
        others = [("errors", "ahead", 200), ("machines", "new", 1), ("maint", "next-day", 1, "2015-03-11 06:00")]
        telemetry = [("telemetry", str(second), second) for second in range(1, 22)]
        ledger.record(*lake.at, "many", [lake.file(*file) for file in (*telemetry, *others)])
        lake.mark("many", 121)
        lake.mark("many", 8000)

        lake.ingest("killed", killed=300)
        lake.ingest("next", next=8980)
        ledger.claim(*lake.at, "next")
        made = [("killed", START + 310 * 1_000_000), ("killed", START + 305 * 1_000_000), ("first", START)]
        predictions = spark.createDataFrame(made, "run_id string, at bigint").select(
            "run_id", F.timestamp_micros("at").alias("scored_at")
        )
        before = freshness.predicted_before(*lake.at, "next", predictions)
        lake.mark("killed", 8990)
        lake.mark("next", 9000, before)
        yield lake


def test_a_run_tells_figures_that_files_have_waited(lake: Lake):
    """22 files: one for 0 s and one each for 100 to 120 s."""
    assert freshness.of_run(*lake.at, "many") == Freshness(files=22, median=109, p95=119, longest=120)


def test_a_run_that_marked_nothing_has_no_figures(lake: Lake):
    assert freshness.of_run(*lake.at, "killed") == NOTHING


def test_what_landed_before_the_first_predictions_has_waited_for_a_model_and_is_left_out(seconds: dict[str, float]):
    assert "telemetry/history" not in seconds


def test_a_file_without_a_predicted_window_has_nothing_to_wait_for(
    spark, seconds: dict[str, float], module_schema: str
):
    names = ["machines/new", "maint/next-day"]
    rows = spark.table(f"{module_schema}.ingested_files").where(F.col("path").isin(names)).collect()
    assert [(row.scored_by, row.scored_at) for row in rows] == [("many", None)] * 2
    assert not set(names) & set(seconds)


def test_a_file_that_landed_after_its_predictions_by_another_clock_has_not_waited(seconds: dict[str, float]):
    assert seconds["errors/ahead"] == 0


def test_of_a_run_that_was_killed_before_it_marked_its_files_the_predictions_count_once(
    lake: Lake, seconds: dict[str, float]
):
    assert seconds["telemetry/killed"] == 10
    assert seconds["telemetry/next"] == 20
    assert freshness.of_run(*lake.at, "next") == Freshness(files=2, median=10, p95=20, longest=20)
