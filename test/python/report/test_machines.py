"""The machines by their risk, and the week of the first few."""

import sys
from pathlib import Path

import pytest
import small_run

REPORT = Path(__file__).resolve().parents[3] / "local" / "report"
sys.path.insert(0, str(REPORT))
import machines  # noqa: E402
from run_tables import RunTables  # noqa: E402


@pytest.fixture(scope="module")
def tables(spark, module_schema: str) -> RunTables:
    small_run.make(spark, module_schema, "machines", "telemetry", "errors", "maint", "failures", "scores")
    session = spark.newSession()
    session.sql(f"USE spark_catalog.{module_schema}")
    return RunTables(session, "scores")


@pytest.fixture(scope="module")
def risks(tables: RunTables) -> list[dict]:
    return machines.risks(tables, 24)


def test_machines_are_ranked_by_their_newest_open_alert_or_their_latest_window(risks: list[dict]):
    ranked = [(risk["machineID"], risk["window_end"], risk["predicted"]) for risk in risks]
    assert ranked == [
        (1, "2016-01-02T12:00:00Z", "comp1"),
        (2, "2016-01-03T12:00:00Z", "comp1"),
        (3, "2016-01-02T00:00:00Z", "comp3"),
        (10, "2016-01-01T00:00:00Z", "none"),
        (4, "2016-01-02T12:00:00Z", "none"),  # repaired since its alert
        (5, "2016-01-02T12:00:00Z", "none"),  # its alert is a horizon old
    ]
    assert risks[2]["latest"] == "2016-01-02T12:00:00Z"
    assert risks[0]["probabilities"] == [0.8, 0.0, 0.2, 0.1]
    assert risks[0]["model"] == "model3"
    assert risks[0]["within"] == [[0.4, 0.8, 0.2, 0.4]] + [[None] * 4] * 3
    assert risks[0]["reasons"] == [
        {"component": "comp1", "text": "error1 23 h ago"},
        {"component": "comp1", "text": "18 years old"},
    ]
    assert risks[2]["reasons"] == []


def test_a_trace_is_the_week_up_to_the_latest_window(tables: RunTables, risks: list[dict]):
    [_, trace, _] = machines.traces(tables, risks[:3])
    assert (trace["machineID"], trace["end"]) == (2, "2016-01-03T12:00:00Z")
    assert trace["usual"] == [206.0, 450.0, 100.0, 40.0]
    assert trace["telemetry"][0] == {"at": "2016-01-01T00:00:00Z", "values": [170.0, 450.0, 100.0, 40.0]}
    assert trace["telemetry"][-1]["at"] == "2016-01-03T12:00:00Z"
    assert [(window["at"], window["predicted"]) for window in trace["windows"]] == [
        ("2016-01-02T00:00:00Z", "none"),
        ("2016-01-02T12:00:00Z", "comp1|comp3"),
        ("2016-01-03T12:00:00Z", "comp1"),
    ]
    assert trace["events"] == [
        {"at": "2016-01-02T06:00:00Z", "table": "errors", "what": "error1"},
        {"at": "2016-01-03T06:00:00Z", "table": "failures", "what": "comp1"},
    ]
