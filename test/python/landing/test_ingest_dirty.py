"""Ingest meets dirty files: the valid rows are loaded, the others are in quarantine with their reason, exactly."""

import gzip
import os
import re
from datetime import datetime, timezone
from pathlib import Path

import pytest
from conftest import new_schema
from filesystem import FileSystem

from predictive_maintenance.landing.ingest import ingest
from predictive_maintenance.landing.schemas import parse_ahead_hours, parse_limits

MOMENT = "2015-01-01 06:00:00"
GOOD = f"{MOMENT},1,170,440,100,40"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe" * 9
CUT_OFF = gzip.compress(b"datetime,machineID,comp\n" * 999)[:-20]
HEADERS = {
    "machines": "machineID,model,age",
    "telemetry": "datetime,machineID,volt,rotate,pressure,vibration",
    "errors": "datetime,machineID,errorID",
    "maint": "datetime,machineID,comp",
    "failures": "datetime,machineID,failure",
}
ROWS = {
    # table, line of the file, part of the reason
    "a text in a sensor": ("telemetry", f"{MOMENT},1,high,440,100,40", "volt high is not a finite number"),
    "a number in hexadecimal": ("telemetry", f"{MOMENT},1,0x1p7,440,100,40", "volt 0x1p7 is not a finite number"),
    "not a number": ("telemetry", f"{MOMENT},1,170,NaN,100,40", "rotate NaN is not a finite number"),
    "an infinite value": ("telemetry", f"{MOMENT},1,170,440,-Infinity,40", "pressure -Infinity is not a finite number"),
    "a value too large for a double": ("telemetry", f"{MOMENT},1,170,440,1e999,40", "pressure 1e999 is outside"),
    "an implausible value": ("telemetry", f"{MOMENT},1,170,440,100,4000", "vibration 4000 is outside 14 to 80 mm/s"),
    "a zero for a missing value": ("telemetry", f"{MOMENT},1,0,440,100,40", "volt 0 is outside 95 to 260 V"),
    "no sensor value at all": ("telemetry", f"{MOMENT},1,,,,", "no sensor value"),
    "a line that was cut off": ("telemetry", f"{MOMENT},1,170,44", "not 6 fields"),
    "a field too many": ("telemetry", f"{GOOD},7", "not 6 fields"),
    "a quote that is not closed": ("telemetry", f'{MOMENT},1,170,440,100,"40', "a quote is not closed"),
    "a decimal comma": ("telemetry", f'{MOMENT},1,"170,5",440,100,40', "volt 170,5 is not a finite number"),
    "another delimiter": ("telemetry", GOOD.replace(",", ";"), "not 6 fields"),
    "a value that was cut off and filled up": ("telemetry", f"{GOOD}.12\0\0\0", "a zero byte"),
    "zero bytes alone": ("telemetry", "\0" * 20, "a zero byte"),
    "two faults": ("telemetry", f"{MOMENT},1,low,NaN,100,40", "volt low is not a finite number; rotate NaN is"),
    "the header once more": ("telemetry", HEADERS["telemetry"], "machineID machineID is not a whole number"),
    "a line beyond all length": ("telemetry", f"{GOOD}{'0' * 2000}", "line longer than 1000 characters"),
    "a date that does not exist": ("errors", "2015-02-30 06:00:00,1,error1", "is not a time such as"),
    "a date of another country": ("errors", "31/01/2015 06:00,1,error1", "is not a time such as"),
    "a time without a date": ("errors", "06:00:00,1,error1", "is not a time such as"),
    "no date": ("errors", ",1,error1", "datetime is missing"),
    "a clock that was never set": ("errors", "1970-01-01 00:00:00,1,error1", "is not between 2000 and 2100"),
    "a clock that runs ahead": ("telemetry", "2099-01-01 06:00:00,1,170,440,100,40", "is more than 24 hours after its"),
    "a hundred nanoseconds, which would be lost": ("errors", f"{MOMENT}.0000001,1,error1", "is not a time such as"),
    "a machine without a number": ("errors", f"{MOMENT},one,error1", "machineID one is not a whole number"),
    "a machine with a fraction": ("errors", f"{MOMENT},1.5,error1", "machineID 1.5 is not a whole number"),
    "a machine below zero": ("errors", f"{MOMENT},-1,error1", "machineID -1 is not a whole number"),
    "an unknown machine": ("errors", f"{MOMENT},77,error1", "unknown machine"),
    "an unknown error": ("errors", f"{MOMENT},1,error9", "errorID error9 is none of error1, error2"),
    "an unknown component": ("maint", f"{MOMENT},1,comp5", "comp comp5 is none of comp1"),
    "a failure without component": ("failures", f"{MOMENT},1,", "failure is missing"),
    "an age below zero": ("machines", "9,model1,-4", "age -4 is not a whole number"),
    "an age beyond all machines": ("machines", "9,model1,900", "age 900 is outside 0 to 100 years"),
}
FILES = {
    # path below the landing root, content, reason
    "a wrong header": ("telemetry/d1/w.csv", b"datetime,machine,volt\n", "wrong header; expected datetime,"),
    "a file of another table": ("telemetry/d1/o.csv", b"machineID,model,age\n1,model1,5\n", "wrong header; expected"),
    "a column twice": ("errors/d1/o.csv", b"datetime,machineID,errorID,errorid\n", "wrong header; expected"),
    "a column of nobody's": ("errors/d1/x.csv", b"datetime,machineID,errorID,severity\n", "wrong header; expected"),
    "a column too few": ("errors/d1/f.csv", b"datetime,machineID,\n", "wrong header; expected"),
    "two unnamed columns in front": ("errors/d1/u.csv", b",,datetime,machineID,errorID\n", "wrong header; expected"),
    "no header": ("telemetry/d1/n.csv", GOOD.encode(), "no header: the first line is data"),
    "an empty file": ("telemetry/d1/e.csv", b"", "the file is empty"),
    "blank lines only": ("telemetry/d1/b.csv", b"\n\n", "the file is empty"),
    "an empty archive": ("telemetry/d1/e.csv.gz", gzip.compress(b""), "the file is empty"),
    "a picture": ("telemetry/d1/p.png", PICTURE, "not text"),
    "an archive that was cut off": ("maint/d1/c.csv.gz", CUT_OFF, "damaged or cut off"),
    "no archive at all": ("maint/d1/x.csv.gz", b"datetime,machineID,comp\n", "damaged or cut off"),
    "another compression": (
        "maint/d1/x.csv.lz4",
        b"\x04\x22\x4d\x18" + b"garbage" * 5,
        "compressed as lz4, which Spark",
    ),
    "a folder that is no table": ("telemetri/d1/t.csv", GOOD.encode(), "not in the folder of a table"),
    "a file beside the folders": ("stray.csv", GOOD.encode(), "not in the folder of a table"),
}
VALID = {
    "machines": ["1,model3,18", '"2","model4","7"'],
    "telemetry": [
        GOOD,
        "2015-01-01T07:00:00Z,1,170,440,100,40",
        "2015-01-01 09:00:00.0+01:00,2, 170.5 ,4.4E2,100,40",
        "2015-01-01 06:00:00,2,170,,100,40",
        "",
        "2015-01-01 07:00:00,2,95,700,190,14",
    ],
    "errors": [f"{MOMENT},1,error5"],
    "maint": ["2014-06-01 06:00:00,1,comp2"],
    "failures": [f"{MOMENT},2,comp4"],
}


@pytest.fixture(scope="module")
def landing(tmp_path_factory) -> Path:
    """One delivery: per table a file of which each line is valid or bad, and the bad files."""
    root = tmp_path_factory.mktemp("dirty") / "incoming"
    for table, header in HEADERS.items():
        bad = [line for of, line, _ in ROWS.values() if of == table]
        content = "\r\n".join([header, *VALID[table], *bad, ""])
        write(root / table / "d 1" / "a+b %20[1]{ä}.csv", content.encode())
    for path, content, _ in FILES.values():
        write(root / path, content)
    return root


@pytest.fixture(scope="module")
def outcome(spark, landing, module_schema) -> dict:
    return ingest(spark, FileSystem(spark).ls, str(landing), "spark_catalog", module_schema, "run-1")


@pytest.fixture(scope="module")
def quarantine(spark, outcome, module_schema) -> list:
    return spark.table(f"spark_catalog.{module_schema}.quarantine").collect()


@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_quarantined_with_its_place_its_text_and_the_reason(name, quarantine):
    table, line, reason = ROWS[name]
    [found] = [row for row in quarantine if row.table == table and row.raw == line[:1000]]
    number = 2 + len(VALID[table]) + [of[1] for of in ROWS.values() if of[0] == table].index(line)
    assert reason in found.reason
    assert (found.line, found.run_id) == (number, "run-1")
    assert f"/{table}/" in found.path


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_quarantined_as_a_file(name, quarantine):
    path, _, reason = FILES[name]
    [found] = [row for row in quarantine if row.path.endswith(f"incoming/{path}")]
    assert reason in found.reason
    assert found.line is None


def test_nothing_else_is_quarantined(outcome, quarantine):
    assert len(quarantine) == outcome["quarantined"] == len(ROWS) + len(FILES)


def test_every_valid_row_is_loaded(spark, outcome, module_schema):
    valid = {table: len([line for line in lines if line]) for table, lines in VALID.items()}
    assert {table: spark.table(f"spark_catalog.{module_schema}.{table}").count() for table in valid} == valid
    assert outcome["rows"] == sum(valid.values())
    assert outcome["files"] == len(HEADERS) + len(FILES)


def test_a_missing_value_stays_missing_and_a_time_with_a_zone_is_read_as_such(spark, outcome, module_schema):
    telemetry = spark.table(f"spark_catalog.{module_schema}.telemetry")
    rows = telemetry.selectExpr("machineID", "string(datetime) AS at", "rotate", "month").collect()
    assert {(row.machineID, row.at): row.rotate for row in rows} == {
        (1, "2015-01-01 06:00:00"): 440,
        (1, "2015-01-01 07:00:00"): 440,
        (2, "2015-01-01 08:00:00"): 440,
        (2, "2015-01-01 06:00:00"): None,
        (2, "2015-01-01 07:00:00"): 700,
    }
    assert {row.month for row in rows} == {"2015-01"}


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


MOMENTS = [
    "2015-01-01 06:00:00.1234560",
    "2015-01-01T06:00+0000",
    "2015-01-01 06:00Z",
    "2015-01-01T08:30:00+0230",
    "2015-01-01 06:00",
]
"""Six o'clock, written in several ways; the first is some microseconds later."""


@pytest.fixture(scope="module")
def settled(spark, tmp_path_factory) -> str:
    """The schema of a plant with limits of its own, whose clocks may run two hours ahead; ingested twice."""
    root, schema = tmp_path_factory.mktemp("settled"), new_schema(spark)
    write(root / "machines/d/m.csv", b"MACHINEID,Model,Age\n1.0,model1,5.00\n")
    rows = "2015-01-01 06:00:00,1,300,440,100,40\n2015-01-01 07:00:00,1,300,440,100,90\n"
    write(root / "telemetry/d/t.csv", f"{HEADERS['telemetry']}\n{rows}".encode())
    otherwise = "".join(f"{moment},1.0,error{number}\n" for number, moment in enumerate(MOMENTS, start=1))
    write(root / "errors/d/otherwise.csv", f"DateTime,machineid,ErrorId\n{otherwise}".encode())
    ahead = root / "errors/d/ahead.csv"
    write(ahead, f"{HEADERS['errors']}\n2015-01-01 08:00:00,1,error1\n2015-01-01 08:00:01,1,error2\n".encode())
    landed = datetime(2015, 1, 1, 6, tzinfo=timezone.utc).timestamp()
    os.utime(ahead, (landed, landed))
    for run in ("once", "again"):
        settings = {"limits": '{"volt": [95, 320]}', "ahead_hours": "2"}
        ingest(spark, FileSystem(spark).ls, root.as_uri(), "spark_catalog", schema, run, **settings)
    return schema


def test_what_is_plausible_is_a_setting_of_the_plant(spark, settled: str):
    assert spark.table(f"spark_catalog.{settled}.telemetry").count() == 1
    [bad] = spark.table(f"spark_catalog.{settled}.quarantine").where("table = 'telemetry'").collect()
    assert bad.reason == "vibration 90 is outside 14 to 80 mm/s"


def test_how_far_a_clock_may_run_ahead_is_a_setting_and_counts_from_the_landing_of_the_file(spark, settled: str):
    kept = spark.table(f"spark_catalog.{settled}.errors").where("hour(datetime) = 8").select("errorID").collect()
    assert [row.errorID for row in kept] == ["error1"]
    [bad] = spark.table(f"spark_catalog.{settled}.quarantine").where("table = 'errors'").collect()
    assert bad.reason == "datetime 2015-01-01 08:00:01 is more than 2 hours after its file landed"


def test_the_same_values_written_otherwise_are_the_same_rows(spark, settled: str):
    events = spark.table(f"spark_catalog.{settled}.errors").where("hour(datetime) = 6")
    rows = events.selectExpr("errorID", "unix_micros(datetime) AS at", "machineID").collect()
    six = 1_420_092_000_000_000
    assert sorted((row.errorID, row.at - six, row.machineID) for row in rows) == [
        ("error1", 123_456, 1),
        ("error2", 0, 1),
        ("error3", 0, 1),
        ("error4", 0, 1),
        ("error5", 0, 1),
    ]


@pytest.mark.parametrize("text", ["-1", "a day", "9000", "1.5"])
def test_hours_ahead_that_are_no_hours_are_named(text: str):
    with pytest.raises(ValueError, match=f"^ahead_hours is '{text}': expected a whole number of hours from 0 to 8760"):
        parse_ahead_hours(text)


@pytest.mark.parametrize(
    "text", ["volt", '{"noise": [1, 2]}', '{"volt": [2, 1]}', '{"volt": 5}', '{"volt": [0, 20000]}', "[1]"]
)
def test_limits_that_are_out_of_order_are_named(text: str):
    with pytest.raises(ValueError, match=f"^limits is '{re.escape(text)}': expected JSON such as"):
        parse_limits(text)
