"""The plant that Spark generates is the simulator's, as landing folders and as tables."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "local" / "plant"))
import generate
import simulate

TABLES = ["machines", "telemetry", "errors", "maint", "failures"]
MACHINES, DAYS = 60, 4


def _rows(files) -> list[str]:
    return sorted(row for file in files for row in file.read_text().splitlines()[1:])


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    simulate.simulate(MACHINES, 5, DAYS, folder)
    return folder


@pytest.fixture(scope="module")
def landed(spark, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """History of all but the last day, then that day."""
    folder = tmp_path_factory.mktemp("landed")
    generate.land(spark, folder, MACHINES, 5, 0, DAYS - 1)
    generate.land(spark, folder, MACHINES, 5, DAYS - 1, DAYS)
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_it_lands_the_rows_of_the_simulator(simulated: Path, landed: Path, table: str):
    files = list(landed.glob(f"{table}/*/*.csv"))
    assert len(files) >= 2 and _rows(files) == _rows([simulated / f"PdM_{table}.csv"])
    header = (simulated / f"PdM_{table}.csv").read_text().splitlines()[0]
    assert {file.read_text().splitlines()[0] for file in files} == {header}


def test_a_day_lands_as_a_delivery_of_its_own(landed: Path):
    deliveries = sorted(folder.name for folder in (landed / "telemetry").iterdir())
    assert deliveries == ["2015-01-01_2015-01-03", "2015-01-04_2015-01-04"]
    assert all(row.startswith("2015-01-04") for row in _rows(landed.glob("errors/2015-01-04_2015-01-04/*.csv")))


def test_loaded_tables_hold_what_ingest_would_load(spark, landed: Path, schema: str):
    from filesystem import FileSystem

    from predictive_maintenance.landing.ingest import ingest

    generate.load(spark, landed, "spark_catalog", schema)
    ingested = f"{schema}_ingested"
    ingest(spark, FileSystem(spark).ls, f"file:{landed}", "spark_catalog", ingested, "run")
    for table in TABLES:
        ours, theirs = (spark.table(f"spark_catalog.{name}.{table}").drop("landed_at") for name in (schema, ingested))
        assert ours.schema == theirs.schema
        assert len(rows := sorted(ours.collect())) > 0 and rows == sorted(theirs.collect()), table


def test_wrong_use_is_one_clear_line(tmp_path: Path, capsys):
    with pytest.raises(SystemExit) as caught:
        generate.main(["--out", str(tmp_path), "--years", "0"])
    assert caught.value.code == 2
    assert capsys.readouterr().err == "generate: argument --years: '0' is not a whole number from 1 to 50\n"
