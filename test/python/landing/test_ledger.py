"""The ledger: which windows a file touches, and that every file is scored by some run."""

import pytest
from small_ledger import entry, micros

from predictive_maintenance import tables
from predictive_maintenance.landing import ledger
from predictive_maintenance.landing.ledger import Claim

CATALOG = "spark_catalog"
NOON, MIDNIGHT = "2015-03-10T12:00:00Z", "2015-03-11T00:00:00Z"


@pytest.mark.parametrize(
    ("table", "moment", "first", "last"),
    [
        ("telemetry", "2015-03-10 12:00", "2015-03-10 12:00", "2015-03-11 12:00"),
        ("telemetry", "2015-03-10 12:01", "2015-03-11 00:00", "2015-03-12 00:00"),
        ("errors", "2015-03-10 12:00", "2015-03-10 12:00", "2015-03-12 00:00"),
        ("maint", "2015-03-10 12:00", "2015-03-10 12:00", "2100-01-01 00:00"),
    ],
)
def test_a_row_touches_the_windows_that_see_it(table, moment, first, last):
    assert entry(table, moment).range() == (micros(first) // 1_000_000, micros(last) // 1_000_000)


@pytest.mark.parametrize("table", ["machines", "failures"])
def test_failures_and_machines_touch_no_window(table):
    assert entry(table, "2015-03-10 12:00").range() == (None, None)


@pytest.fixture(scope="module")
def claims(spark, module_schema) -> dict[str, Claim]:
    """What five runs claim, by what happened before."""
    at = (spark, CATALOG, module_schema)
    tables.ensure(*at, tables.INGESTED_FILES)
    claims = {}
    ledger.record(*at, "run-1", [entry("errors", "2015-03-10 03:00"), entry("maint", "2014-06-01 06:00")])
    claims["no telemetry"] = ledger.claim(*at, "run-1")
    rowless = entry("errors", "", rows=0, path="rowless.csv")
    ledger.record(*at, "run-2", [entry("telemetry", "2015-03-10 06:00", "2015-03-10 20:00"), rowless])
    claims["telemetry"] = ledger.claim(*at, "run-2")
    claims["a second run at once"] = ledger.claim(*at, "run-3")
    ledger.mark_scored(*at, "run-2")
    claims["the first run scored"] = ledger.claim(*at, "run-3")
    ledger.mark_scored(*at, "run-3")
    claims["the second run scored"] = ledger.claim(*at, "run-4")
    ledger.record(*at, "run-5", [entry("errors", "2015-03-10 13:00", path="late.csv")])
    claims["a late error"] = ledger.claim(*at, "run-5")
    return claims


def test_without_telemetry_there_is_no_window_to_compute(claims):
    assert claims["no telemetry"] == Claim("", "")


def test_a_claim_is_the_union_of_what_is_not_scored_clipped_to_the_telemetry(claims):
    assert claims["telemetry"] == Claim(NOON, MIDNIGHT)
    assert claims["a late error"] == Claim(MIDNIGHT, MIDNIGHT)


def test_what_two_runs_claim_is_marked_by_the_later_one_only(claims):
    assert claims["a second run at once"] == claims["the first run scored"] == Claim(NOON, MIDNIGHT)
    assert claims["the second run scored"] == Claim("", "")


def test_a_file_without_valid_rows_is_not_left_to_be_scored(spark, claims, module_schema):
    [row] = spark.table(f"{CATALOG}.{module_schema}.ingested_files").where("path LIKE '%rowless.csv'").collect()
    assert (row.scored_by, row.range_start) == ("run-2", None)
