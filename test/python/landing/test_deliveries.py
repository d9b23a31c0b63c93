"""Listing what landed: bounded in time, and nothing is passed over that was not loaded."""

from pathlib import Path

import pytest
from filesystem import FileSystem

from predictive_maintenance.landing import files as landing
from predictive_maintenance.landing import ledger
from predictive_maintenance.landing.deliveries import parse_look_back, recent
from predictive_maintenance.landing.ingest import ingest
from predictive_maintenance.landing.ledger import Entry
from predictive_maintenance.tables import INGESTED_FILES, ensure

FILES = [
    "machines/first/machines.csv",
    "errors/2015-03-01/a.csv",
    "errors/2015-02-20/a.csv",
    "errors/2015-01-01/deep/er/a.csv",
    "errors/2014-01-01/a.csv",
    "errors/2014-99-99/a.csv",
    "errors/batch 7/a.csv",
    "errors/loose.csv",
]


def land(root: Path, path: str, day: int = 1) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    event = f"datetime,machineID,errorID\n2015-01-{day:02} 06:00:00,1,error1\n"
    file.write_text("machineID,model,age\n1,model1,5\n" if path.startswith("machines") else event)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("landed") / "in coming"
    for path in FILES:
        land(root, path)
    return root


@pytest.fixture(scope="module")
def listed(spark, module_schema: str, root: Path) -> list[str]:
    """What is listed with a look-back of 30 days after the files of two old folders were loaded."""
    ensure(spark, "spark_catalog", module_schema, INGESTED_FILES)
    loaded = [(f"file:{root}/{path}".replace(" ", "%20"),) for path in FILES if path != "errors/2014-01-01/a.csv"]
    rows = spark.createDataFrame(loaded, "path string")
    rows.write.format("delta").mode("append").saveAsTable(f"spark_catalog.{module_schema}.ingested_files")
    found = recent(spark, "spark_catalog", module_schema, FileSystem(spark).ls, str(root), 30)
    return sorted(path.split("in coming/")[1] for path in found)


def test_an_old_folder_from_which_files_were_loaded_is_passed_over(listed: list[str]):
    assert "errors/2015-01-01/" not in listed
    assert {"errors/2015-03-01/", "errors/2015-02-20/"} < set(listed)


def test_an_old_folder_that_is_new_to_the_ledger_is_looked_into(listed: list[str]):
    assert "errors/2014-01-01/" in listed


def test_folders_without_a_date_and_files_outside_of_folders_are_never_passed_over(listed: list[str]):
    assert {"machines/first/", "errors/batch 7/", "errors/2014-99-99/", "errors/loose.csv"} < set(listed)


def test_without_old_folders_the_root_is_listed_as_one(spark, module_schema: str, root: Path):
    ls = FileSystem(spark).ls
    assert recent(spark, "spark_catalog", module_schema, ls, str(root), 10_000) == [str(root)]
    assert recent(spark, "spark_catalog", module_schema, ls, str(root / "nowhere"), 30) == [str(root / "nowhere")]


def test_tables_are_listed_and_their_deliveries_not_one_by_one(spark, module_schema: str, root: Path):
    asked: list[str] = []

    def ls(path: str) -> list:
        asked.append(path)
        return FileSystem(spark).ls(path)

    recent(spark, "spark_catalog", module_schema, ls, str(root), 30)
    assert [path.rstrip("/").split("/")[-1] for path in asked] == ["in coming", "errors", "machines"]


def test_a_file_added_to_an_old_known_folder_is_found_without_a_bound(spark, schema: str, tmp_path: Path):
    root, ls = tmp_path / "in [coming]", FileSystem(spark).ls
    at = (spark, "spark_catalog", schema)

    def new() -> list[landing.LandedFile]:
        """What is listed without a bound and not in the ledger."""
        return ledger.not_ingested(*at, landing.listed(spark, ls, [str(root)], str(root)))

    for path in ("machines/first/machines.csv", "errors/2015-03-01/a.csv", "errors/2014-01-01/a.csv"):
        land(root, path)
    ensure(*at, INGESTED_FILES)
    ledger.record(*at, "before", [Entry(file, 1, 0, None, None) for file in new()])
    land(root, "errors/2014-01-01/late.csv", 2)
    land(root, "errors/2015-02-27/late.csv", 3)
    assert ingest(spark, ls, str(root), *at[1:], "run", look_back_days="30")["files"] == 1
    assert [file.path.split("/")[-2:] for file in new()] == [["2014-01-01", "late.csv"]]


@pytest.mark.parametrize("text", ["0", "-1", "a week", "1.5"])
def test_a_look_back_that_is_no_number_of_days_is_named(text: str):
    with pytest.raises(ValueError, match=f"^look_back_days is '{text}': expected a whole number of days, at least 1"):
        parse_look_back(text)
