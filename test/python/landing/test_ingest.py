"""Ingest over time: files late, twice, replaced, gone, for machines not known yet, and by two runs at once."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filesystem import FileSystem

from predictive_maintenance.landing import ledger
from predictive_maintenance.landing.ingest import ingest

CATALOG = "spark_catalog"
TELEMETRY = "datetime,machineID,volt,rotate,pressure,vibration"
ANOTHER_ORDER = ",vibration,pressure,rotate,volt,machineID,datetime"
"""The columns in reverse, after an index."""
ERRORS = "datetime,machineID,errorID"
MACHINES = "machineID,model,age"
NOTHING = {"files": 0, "rows": 0, "quarantined": 0, "start_date": "", "to_date": ""}


def land(root: Path, path: str, *lines: str, at: int = 1_700_000_000) -> Path:
    """A file with these lines that landed at `at`, in seconds since 1970."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n")
    os.utime(file, (at, at))
    return file


def reading(moment: str, machine: int, volt: int) -> str:
    return f"2015-01-{moment}:00,{machine},{volt},440,100,40"


def volts(spark, schema: str) -> dict[tuple[int, str], float]:
    rows = spark.table(f"{CATALOG}.{schema}.telemetry").selectExpr("machineID", "string(datetime) AS at", "volt")
    return {(row.machineID, row.at[8:16]): row.volt for row in rows.collect()}


class Story:
    """Four ingests of one plant; `outcomes`, `seen` (the voltages) and what is in quarantine are kept after each."""

    waiting: list[tuple[str, int]]
    """The rows that wait for their machine after the first ingest, and their lines."""

    def __init__(self, spark, root: Path, schema: str) -> None:
        self.outcomes: list[dict] = []
        self.seen: list[dict] = []
        self.quarantined: list[list[str]] = []

        def run() -> None:
            run_id = f"run-{len(self.outcomes) + 1}"
            self.outcomes.append(ingest(spark, FileSystem(spark).ls, str(root), CATALOG, schema, run_id))
            self.seen.append(volts(spark, schema))
            self.quarantined.append(sorted(row.reason.split(";")[0] for row in quarantine()))

        def quarantine() -> list:
            return spark.table(f"{CATALOG}.{schema}.quarantine").collect()

        land(root, "machines/d1/a.csv", MACHINES, "1,model1,5")
        land(root, "telemetry/d1/a.csv", TELEMETRY, reading("05 06:00", 1, 160), reading("05 07:00", 1, 161))
        land(root, "telemetry/d1/again.csv", TELEMETRY, reading("05 06:00", 1, 160), reading("05 07:00", 1, 161))
        land(root, "telemetry/d1/z.csv", TELEMETRY, reading("05 06:00", 1, 170), at=1_700_000_100)
        land(root, "telemetry/d1/early.csv", ANOTHER_ORDER, "7,40,100,,180,2,2015-01-02 06:00:00")
        run()
        self.waiting = [(row.raw, row.line) for row in quarantine()]
        run()  # the first run died before it scored
        ledger.mark_scored(spark, CATALOG, schema, "run-1")  # too late: the second run has taken over
        self.pending = spark.table(f"{CATALOG}.{schema}.ingested_files").where("scored_by IS NULL").count()
        ledger.mark_scored(spark, CATALOG, schema, "run-2")
        land(root, "machines/d2/a.csv", MACHINES, "2,model2,6", "1,model1,6", at=1_700_000_200)
        land(root, "telemetry/d1/a.csv", TELEMETRY, reading("05 07:00", 1, 199), at=1_700_000_200)
        land(root, "telemetry/d1/early.csv", MACHINES, "3,model3,7", at=1_700_000_200)
        land(root, "telemetry/d0/late.csv", TELEMETRY, reading("05 06:00", 1, 150), at=1_600_000_000)
        run()
        ledger.mark_scored(spark, CATALOG, schema, "run-3")
        run()
        telemetry = spark.table(f"{CATALOG}.{schema}.telemetry")
        self.released = telemetry.where("machineID = 2").select("volt", "rotate", "pressure", "vibration").collect()


@pytest.fixture(scope="module")
def story(spark, tmp_path_factory, module_schema) -> Story:
    return Story(spark, tmp_path_factory.mktemp("story") / "incoming", module_schema)


def test_of_rows_with_the_same_key_the_one_that_landed_last_is_kept(story):
    assert story.seen[0] == {(1, "05 06:00"): 170, (1, "05 07:00"): 161}


def test_the_range_is_every_window_that_sees_a_row_up_to_the_last_one_with_telemetry(story):
    assert (story.outcomes[0]["start_date"], story.outcomes[0]["to_date"]) == (
        "2015-01-05T12:00:00Z",
        "2015-01-05T12:00:00Z",
    )


def test_a_run_that_finds_no_new_file_finishes_the_one_that_died(story):
    assert story.outcomes[1] == NOTHING | {key: story.outcomes[0][key] for key in ("start_date", "to_date")}
    assert story.pending == 3  # of machines and of rows that wait for their machine there is nothing to be scored


def test_telemetry_of_an_unknown_machine_waits_and_is_loaded_when_the_machine_is_announced(story):
    assert story.quarantined[:2] == [["unknown machine"], ["unknown machine"]]
    assert story.seen[2][(2, "02 06:00")] == 180  # although its file has been replaced by one that is wrong
    assert story.quarantined[2:] == [["wrong header"], ["wrong header"]]
    assert story.outcomes[2]["start_date"] == "2015-01-02T12:00:00Z"


def test_a_row_in_another_order_waits_in_the_usual_one_and_is_loaded_with_every_value_in_its_column(story):
    assert story.waiting == [("2015-01-02 06:00:00,2,180,,100,40", 2)]
    assert story.released == [(180, None, 100, 40)]


def test_a_replaced_file_is_read_again(story):
    assert story.seen[2][(1, "05 07:00")] == 199


def test_a_late_file_that_landed_earlier_does_not_undo_a_correction(story):
    assert story.seen[2][(1, "05 06:00")] == 170


def test_an_ingest_without_anything_new_returns_no_range(story):
    assert story.outcomes[3] == NOTHING


def test_before_anything_landed_there_is_nothing_to_do(spark, tmp_path, schema):
    assert ingest(spark, FileSystem(spark).ls, str(tmp_path / "incoming"), CATALOG, schema, "run-1") == NOTHING


def test_two_ingests_at_once_lose_and_double_nothing(spark, tmp_path, schema):
    land(tmp_path, "machines/d1/a.csv", MACHINES, "1,model1,5")
    hours = [reading(f"{day:02} {hour:02}:00", 1, 160) for day in range(1, 11) for hour in range(24)]
    land(tmp_path, "telemetry/d1/a.csv", TELEMETRY, *hours, reading("01 00:00", 1, 9))
    land(tmp_path, "errors/d1/a.csv", ERRORS, "2015-01-01 06:00:00,1,error1", "2015-01-01 06:00:00,9,error1")
    land(tmp_path, "maint/d1/a.csv", ERRORS, "2015-01-01 06:00:00,1,error1")

    with ThreadPoolExecutor(2) as threads:
        runs = [
            threads.submit(ingest, spark.newSession(), FileSystem(spark).ls, str(tmp_path), CATALOG, schema, run_id)
            for run_id in ("run-1", "run-2")
        ]
    outcomes = [run.result() for run in runs]

    loaded = {"machines": 1, "telemetry": 240, "errors": 1}
    assert {table: spark.table(f"{CATALOG}.{schema}.{table}").count() for table in loaded} == loaded
    assert spark.table(f"{CATALOG}.{schema}.quarantine").count() == 3  # two rows and the file with the wrong header
    assert spark.table(f"{CATALOG}.{schema}.ingested_files").count() == 4
    assert {(outcome["start_date"], outcome["to_date"]) for outcome in outcomes} == {
        ("2015-01-01T00:00:00Z", "2015-01-11T00:00:00Z")
    }


def test_a_file_that_goes_after_it_was_listed_stops_nothing(spark, tmp_path, schema, monkeypatch):
    land(tmp_path, "machines/d1/a.csv", MACHINES, "1,model1,5")
    land(tmp_path, "telemetry/d1/a.csv", TELEMETRY, reading("05 06:00", 1, 160))
    land(tmp_path, "telemetry/gone/a.csv", TELEMETRY, reading("05 07:00", 1, 160))
    list_files = ledger.not_ingested

    def list_and_lose(*arguments):
        files = list_files(*arguments)
        shutil.rmtree(tmp_path / "telemetry" / "gone")
        return files

    monkeypatch.setattr(ledger, "not_ingested", list_and_lose)
    assert ingest(spark, FileSystem(spark).ls, str(tmp_path), CATALOG, schema, "run-1")["files"] == 2
    assert volts(spark, schema) == {(1, "05 06:00"): 160}
    assert spark.table(f"{CATALOG}.{schema}.ingested_files").count() == 2


def test_every_row_of_the_real_plant_is_plausible(spark, sample, tmp_path, schema, generated_code):
    tables = ("machines", "telemetry", "errors", "maint", "failures")
    rows = {}
    for table in tables:
        target = tmp_path / table / "history" / f"PdM_{table}.csv"
        target.parent.mkdir(parents=True)
        shutil.copy(sample / target.name, target)
        rows[table] = len(target.read_text().splitlines()) - 1
    outcome = ingest(spark, FileSystem(spark).ls, str(tmp_path), CATALOG, schema, "run-1")
    assert outcome == {
        "files": 5,
        "rows": sum(rows.values()),
        "quarantined": 0,
        "start_date": "2015-01-01T12:00:00Z",
        "to_date": "2015-04-01T12:00:00Z",
    }
    assert {table: spark.table(f"{CATALOG}.{schema}.{table}").count() for table in tables} == rows
