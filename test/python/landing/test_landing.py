"""Whatever its name, a landed file is loaded or quarantined; what writers leave beside their files is left alone."""

from pathlib import Path

import pytest
from conftest import ROOT, new_schema
from filesystem import FileSystem

from predictive_maintenance.contract import LANDED
from predictive_maintenance.landing import files as landing
from predictive_maintenance.landing.files import MARKERS, LandedFile, encoded, settled
from predictive_maintenance.landing.ingest import ingest
from predictive_maintenance.landing.schemas import files

ANY = "".join(chr(code) for code in range(32, 127) if chr(code) not in "/:") + "é\u00a0日\u2028😀"
LOADED = [
    "errors/_day/a.csv",
    "errors/.day/_part/a.csv",
    "errors/date=2015-01-01/a.csv",
    "errors/day=1/a.csv",
    f"errors/{ANY}/a.csv",
    "errors/day/100%+a%20b.csv",
    "errors/part-00000-_SUCCESS.csv",
]
QUARANTINED = {
    "errors/day/_a.csv": "Spark passes over a name that begins with _ or .",
    "errors/day/.a.csv": "Spark passes over a name that begins with _ or .",
    "errors/day/a.csv._COPYING_": "or ends in ._COPYING_",
    "errors/[1]/06:00.csv": "Spark takes no path with both a colon and one of {}[]*?",
    "_errors/day/a.csv": "not in the folder of a table",
}
LEFT_ALONE = [
    "_SUCCESS",
    "errors/day/_SUCCESS",
    "errors/day/_started_8123",
    "errors/day/_committed_8123",
    "errors/day/.a.csv.crc",
    "errors/day/a.csv.part",
    "errors/_temporary/0/a.csv",
    "errors/day_$folder$",
    "errors/.DS_Store",
]


class Ingested:
    """A folder with all of these, ingested twice; row `number` is in the file LOADED[number]."""

    def __init__(self, spark, root: Path) -> None:
        self.root, self.schema = root, new_schema(spark)
        _write(root / "machines/day/m.csv", "machineID,model,age\n1,model1,5\n")
        for number, path in enumerate([*LOADED, *QUARANTINED, *LEFT_ALONE]):
            _write(root / path, f"datetime,machineID,errorID\n2015-01-01 00:{number:02}:00,1,error1\n")
        self.first, self.again = (
            ingest(spark, FileSystem(spark).ls, str(root), "spark_catalog", self.schema, run) for run in ("1", "2")
        )

    def rows(self, spark, table: str) -> list:
        return spark.table(f"spark_catalog.{self.schema}.{table}").collect()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.fixture(scope="module")
def ingested(spark, tmp_path_factory) -> Ingested:
    return Ingested(spark, tmp_path_factory.mktemp("named") / "incoming")


def test_files_are_loaded_whatever_their_folders_are_called(spark, ingested: Ingested):
    loaded = {row.datetime.minute for row in ingested.rows(spark, "errors")}
    assert {path: number in loaded for number, path in enumerate(LOADED)} == dict.fromkeys(LOADED, True)


def test_a_file_that_spark_does_not_read_is_quarantined_with_the_reason(spark, ingested: Ingested):
    reasons = {row.path: row.reason for row in ingested.rows(spark, "quarantine")}
    assert len(reasons) == len(QUARANTINED)
    for path, reason in QUARANTINED.items():
        assert reason in reasons[encoded(f"file:{ingested.root}/{path}")]


def test_the_ledger_has_every_file_but_the_markers(spark, ingested: Ingested):
    known = {row.path for row in ingested.rows(spark, "ingested_files")}
    landed = ["machines/day/m.csv", *LOADED, *QUARANTINED]
    assert known == {encoded(f"file:{ingested.root}/{path}") for path in landed}
    assert (ingested.first["files"], ingested.first["rows"], ingested.first["quarantined"]) == (
        len(landed),
        len(LOADED) + 1,
        len(QUARANTINED),
    )
    assert ingested.again["files"] == 0


def test_a_path_is_encoded_as_spark_names_the_source_of_a_row(spark, tmp_path: Path):
    _write(tmp_path / ANY.translate(dict.fromkeys(map(ord, r"{}[]*?\\"))) / "a+b.csv", "1\n")
    [row] = spark.read.option("recursiveFileLookup", "true").text(str(tmp_path)).select("_metadata.file_path").collect()
    [file] = tmp_path.rglob("*.csv")
    assert row.file_path == encoded(f"file:{file}")
    assert encoded("abfss://landing@lake.dfs.core.windows.net/a b") == "abfss://landing@lake.dfs.core.windows.net/a%20b"


@pytest.mark.parametrize("name", MARKERS)
def test_the_documentation_names_what_is_left_alone(name: str):
    assert f"`{name}`" in (ROOT / "docs" / "architecture.md").read_text()


def test_the_files_that_land_are_those_of_the_contract():
    assert {table: schema.names for table, schema in files().items()} == LANDED


def test_a_file_that_may_be_replaced_within_its_second_is_listed_again_and_what_lands_meanwhile_is_left(monkeypatch):
    clock = [1_700_000_010_000_000]
    waits = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += int(seconds * 1_000_000)

    monkeypatch.setattr(landing.time, "time_ns", lambda: clock[0] * 1000)
    monkeypatch.setattr(landing.time, "sleep", sleep)
    old = LandedFile("telemetry", "old.csv", 9, 1_700_000_000_000_000)
    young = LandedFile("telemetry", "young.csv", 9, 1_700_000_009_000_000)
    replaced = LandedFile("telemetry", "young.csv", 8, 1_700_000_010_000_000)
    later = LandedFile("telemetry", "later.csv", 9, 1_700_000_011_000_000)
    ahead = LandedFile("telemetry", "ahead.csv", 9, 1_800_000_000_000_000)

    assert settled(lambda: [old]) == [old]
    assert not waits
    assert settled(lambda: [old, replaced, later] if waits else [old, young]) == [old, replaced]
    assert waits == [1]
    assert settled(lambda: [ahead]) == [ahead]
    assert waits == [1, 2]
