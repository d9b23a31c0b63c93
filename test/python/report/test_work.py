"""The work list for people: what is open in the report, and all of it in a CSV file."""

import csv
import sys
from pathlib import Path

import pytest
from small_work import Crew

REPORT = Path(__file__).resolve().parents[3] / "local" / "report"
sys.path.insert(0, str(REPORT))
import work  # noqa: E402
from findings import Findings  # noqa: E402


@pytest.fixture(scope="module")
def here(spark, module_schema: str):
    """The session in a schema with a list: of comp4 is an alert that maintenance followed, and one that nothing did."""
    crew = Crew(spark, module_schema)
    crew.predicted(1, "..!.......").failed(1, 3.5).predicted(2, "........!.").predicted(3, "........!!")
    crew.predicted(4, "..!.......", comp="comp2").maintained(4, 2.5, "comp2")
    crew.predicted(5, "..!.......", comp="comp4").maintained(5, 2.5, "comp4").predicted(6, "..!.......", comp="comp4")
    crew.scored("run", {"comp1": 100, "comp2": 1, "comp4": 1})
    spark.catalog.setCurrentDatabase(module_schema)
    return spark


def test_without_a_list_the_file_has_its_header_alone(spark, schema: str, tmp_path: Path):
    spark.catalog.setCurrentDatabase(schema)
    work.write(spark, tmp_path / "work_list.csv")
    assert work.collect(spark) is None
    assert (tmp_path / "work_list.csv").read_text() == ",".join(work.COLUMNS) + "\n"


def test_open_items_come_first_and_of_these_those_with_most_at_stake(here, tmp_path: Path):
    file = tmp_path / "work_list.csv"
    file.write_text("an older list\n")
    work.write(here, file)
    rows = list(csv.DictReader(file.open()))
    assert [(row["machineID"], row["status"], row["outcome"]) for row in rows] == [
        ("3", "open", ""),
        ("2", "open", ""),
        ("1", "closed", "confirmed"),
        ("4", "closed", "prevented"),
        ("5", "closed", "prevented"),
        ("6", "closed", "false"),
    ]
    assert rows[0] | {"probability": "0.75", "cost_at_stake": "75.0", "reopened": "0", "opened_by": "run"} == rows[0]
    assert rows[0]["since"] == "2015-01-05T00:00:00Z"
    assert rows[0]["why"] == "volt 10.0 V above its usual 170.0"

    found = work.collect(here)
    assert (found["open"], [item["machineID"] for item in found["items"]]) == (2, [3, 2])
    of = {one["component"]: one for one in found["outcomes"]}
    assert (of["comp1"]["confirmed"], of["comp1"]["precision"], of["comp1"]["recall"]) == (1, 1.0, 1.0)
    assert (of["comp2"]["prevented"], of["comp2"]["precision"], of["comp2"]["lowest"]) == (1, None, 0.0)


def test_an_alert_before_maintenance_that_it_asked_for_is_no_false_alarm(here):
    here.sql("CREATE TABLE telemetry USING delta AS SELECT TIMESTAMP'2015-01-10T00:00:00Z' AS datetime")
    [*_, of] = Findings(here, 24, "2014-12-31T00:00:00Z", "predictions")._realised()
    assert of == {"component": "comp4", "hits": 0, "falseAlarms": 1, "misses": 0}
