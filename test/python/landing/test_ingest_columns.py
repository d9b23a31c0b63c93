"""Files with the same columns otherwise: in another order, after an index, before a trailing comma."""

from pathlib import Path

import pytest
from conftest import new_schema
from filesystem import FileSystem

from predictive_maintenance.landing.ingest import ingest

USUAL = "datetime,machineID,volt,rotate,pressure,vibration"
FILES = {
    # name: header, rows of the hours 1 and 2 of 2015-01-01
    "usual": (USUAL, "{at},1,170,440,100,40"),
    # Taken in the usual order, these rows would be plausible too.
    "two sensors changed places": ("datetime,machineID,volt,rotate,vibration,pressure", "{at},1,170,440,60,70"),
    "the reverse, in capitals": (",".join(reversed(USUAL.upper().split(","))), "40,100,440,170,1,{at}"),
    "an index in front": (f",{USUAL}", "7,{at},1,170,440,100,40"),
    "a trailing comma": (f"{USUAL},", "{at},1,170,440,100,40,"),
    "all of it, quoted": (
        '"","machineID","datetime","volt","rotate","pressure","vibration",',
        '"7","1","{at}",170,440,100,40,',
    ),
    "a gap": (f"{USUAL},", "{at},1,,440,100,40,"),
    "a byte order mark": (f"\ufeff,{USUAL}", "7,{at},1,170,440,100,40"),
}
BAD = {
    # header, row, reason
    "an index that is a text": (
        f",{USUAL}",
        "seven,{at},1,170,440,100,40",
        "the unnamed first column is not a row number",
    ),
    "no index": (f",{USUAL}", ",{at},1,170,440,100,40", "the unnamed first column is not a row number"),
    "a value after the last column": (f"{USUAL},", "{at},1,170,440,100,40,9", "the unnamed last column is not empty"),
    "the trailing comma is missing": (f"{USUAL},", "{at},1,170,440,100,40", "not 7 fields"),
    "values in the usual order": (
        f"machineID,{USUAL.replace('machineID,', '')}",
        "{at},1,170,440,100,40",
        "is not a whole",
    ),
}


class Landed:
    """One ingest of all of these for machine 1; a row of file `number` is in hour `number`."""

    def __init__(self, spark, root: Path) -> None:
        self.schema = new_schema(spark)
        land(root / "machines/d/m.csv", "model,machineID,age", "model1,1,5")
        for hour, (header, row) in enumerate(FILES.values()):
            land(root / f"telemetry/d/{hour}.csv", header, row.format(at=f"2015-01-01 {hour:02}:00:00"))
        for hour, (header, row, _) in enumerate(BAD.values()):
            land(root / f"telemetry/bad/{hour}.csv", header, row.format(at=f"2015-01-02 {hour:02}:00:00"))
        self.outcome = ingest(spark, FileSystem(spark).ls, str(root), "spark_catalog", self.schema, "run")


def land(file: Path, *lines: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def landed(spark, tmp_path_factory) -> Landed:
    return Landed(spark, tmp_path_factory.mktemp("columns") / "incoming")


def test_every_value_is_in_its_column(spark, landed: Landed):
    expected = dict.fromkeys(FILES, (170.0, 440.0, 100.0, 40.0))
    expected["two sensors changed places"] = (170.0, 440.0, 70.0, 60.0)
    expected["a gap"] = (None, 440.0, 100.0, 40.0)
    rows = spark.table(f"spark_catalog.{landed.schema}.telemetry").collect()
    found = {row.datetime.hour: (row.volt, row.rotate, row.pressure, row.vibration) for row in rows}
    assert {name: found.get(hour) for hour, name in enumerate(FILES)} == expected
    assert landed.outcome["rows"] == len(rows) + 1 == len(FILES) + 1


def test_what_is_not_exactly_the_same_is_quarantined_with_its_line_and_the_reason(spark, landed: Landed):
    rows = {row.path[-5]: row for row in spark.table(f"spark_catalog.{landed.schema}.quarantine").collect()}
    assert landed.outcome["quarantined"] == len(rows) == len(BAD)
    for hour, (_, _, reason) in enumerate(BAD.values()):
        assert (rows[str(hour)].line, reason in rows[str(hour)].reason) == (2, True)
