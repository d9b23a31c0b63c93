"""Listing what landed: bounded in time, and nothing is passed over that was not loaded."""

from pathlib import Path

import pytest
from filesystem import FileSystem
from predictive_maintenance.deliveries import parse_look_back
from predictive_maintenance.ingest import ingest

ERRORS = "datetime,machineID,errorID"


def land(root: Path, path: str, day: int) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{ERRORS}\n2015-01-{day:02} 06:00:00,1,error1\n")


@pytest.fixture
def run(spark, tmp_path: Path, schema: str):
    root = tmp_path / "in coming"
    folder = root / "machines" / "first"
    folder.mkdir(parents=True)
    (folder / "machines.csv").write_text("machineID,model,age\n1,model1,5\n")
    asked: list[str] = []

    def ls(path: str) -> list:
        asked.append(path)
        return FileSystem(spark).ls(path)

    def run(days: str) -> int:
        asked.clear()
        return ingest(spark, str(root), "spark_catalog", schema, "run", look_back_days=days, ls=ls)["files"]

    run.root, run.asked = root, asked
    return run


def test_an_old_folder_from_which_files_were_loaded_is_passed_over(run):
    land(run.root, "errors/2015-01-01/a.csv", 1)
    land(run.root, "errors/2015-03-01/a.csv", 2)
    assert run("30") == 3
    land(run.root, "errors/2015-01-01/late.csv", 3)
    land(run.root, "errors/2015-02-20/late.csv", 4)
    assert run("30") == 1
    assert run("30") == 0
    assert run("") == 1, "without a bound everything is found"


def test_an_old_folder_that_is_new_to_the_ledger_is_looked_into(run):
    land(run.root, "errors/2015-03-01/a.csv", 1)
    assert run("30") == 2
    land(run.root, "errors/2014-01-01/late.csv", 2)
    assert run("30") == 1


def test_folders_without_a_date_and_files_outside_of_folders_are_never_passed_over(run):
    land(run.root, "errors/2015-03-01/a.csv", 1)
    land(run.root, "errors/2014-01-01/a.csv", 1)
    land(run.root, "errors/batch 7/a.csv", 2)
    land(run.root, "errors/2014-99-99/a.csv", 2)
    assert run("30") == 5
    for path in ("errors/batch 7/b.csv", "errors/2014-99-99/b.csv", "errors/loose.csv", "machines/first/b/c/d.csv"):
        land(run.root, path, 3)
    land(run.root, "errors/2014-01-01/b.csv", 3)
    assert run("30") == 4


def test_tables_are_listed_and_their_deliveries_not_one_by_one(run):
    for day in range(1, 29):
        land(run.root, f"errors/2015-02-{day:02}/a.csv", 1)
    run("7")
    assert [path.rstrip("/").split("/")[-1] for path in run.asked] == ["in coming", "errors", "machines"]


def test_before_anything_landed_there_is_nothing(spark, tmp_path: Path, schema: str):
    nowhere = str(tmp_path / "nowhere")
    found = ingest(spark, nowhere, "spark_catalog", schema, "run", look_back_days="7", ls=FileSystem(spark).ls)
    assert found["files"] == 0


@pytest.mark.parametrize("text", ["0", "-1", "a week", "1.5"])
def test_a_look_back_that_is_no_number_of_days_is_named(text: str):
    with pytest.raises(ValueError, match=f"^look_back_days is '{text}': expected a whole number of days, at least 1"):
        parse_look_back(text)
