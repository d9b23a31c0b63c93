"""What the report reads from the tables of a run, and the predictions file."""

import json
import sys
from pathlib import Path

import notebook
import pytest
import small_run

REPORT = Path(__file__).resolve().parents[3] / "local" / "report"
sys.path.insert(0, str(REPORT))
from findings import Findings  # noqa: E402

from predictive_maintenance.tables import WITHIN  # noqa: E402


@pytest.fixture(scope="module")
def tables(spark, module_schema: str) -> str:
    small_run.make(spark, module_schema)
    return module_schema


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out with space")


@pytest.fixture(scope="module")
def findings(spark, tables: str, out: Path) -> dict:
    """As the report gets them: through the notebook."""
    parameters = {
        "catalog": "spark_catalog",
        "schema": tables,
        "horizon_hours": "24",
        "unseen_from": "2016-01-01T00:00:00Z",
        "results_data": "scores",
        "predictions_csv": str(out / "predictions.csv"),
        "work_list_csv": str(out / "work_list.csv"),
    }
    return json.loads(notebook.run(REPORT / "collect.py", spark.newSession(), parameters))


def test_every_window_is_a_line_in_order_of_time_machine_and_version(findings: dict, out: Path):
    lines = (out / "predictions.csv").read_text().splitlines()
    assert lines[0] == (
        "machineID,window_end,prob_comp1,prob_comp2,prob_comp3,prob_comp4,predicted,model_version,run_id,scored_at,"
        f"{','.join(WITHIN)},reasons"
    )
    assert [line.split(",")[0:2] + line.split(",")[7:8] for line in lines[1:6]] == [
        ["10", "2016-01-01T00:00:00Z", "10"],
        ["3", "2016-01-01T12:00:00Z", "10"],
        ["5", "2016-01-01T12:00:00Z", "10"],
        ["1", "2016-01-02T00:00:00Z", "9"],
        ["1", "2016-01-02T00:00:00Z", "10"],
    ]
    assert lines[4] == (
        "1,2016-01-02T00:00:00Z,0.100000,0.000010,0.200000,0.100000,comp1,9,run,2016-01-04T00:00:00Z,"
        "0.050000,0.100000,0.200000,0.400000,,,,,,,,,,,,,comp1: error1 23 h ago; comp1: 18 years old"
    )
    assert len(lines) == 15
    assert sorted(path.name for path in out.iterdir()) == ["predictions.csv", "work_list.csv"]


def test_the_three_machines_of_the_highest_risk_have_a_trace(findings: dict):
    assert [risk["machineID"] for risk in findings["risks"]] == [1, 2, 3, 10, 4, 5]
    assert [trace["machineID"] for trace in findings["traces"]] == [1, 2, 3]


def test_predictions_of_a_release_before_reasons_have_none(spark, tables: str):
    spark.sql(f"CREATE TABLE {tables}.older USING delta AS SELECT * EXCEPT (reasons) FROM {tables}.scores")
    session = spark.newSession()
    session.sql(f"USE spark_catalog.{tables}")
    assert [risk["reasons"] for risk in Findings(session, 24, "", "older").collect()["risks"]] == [[]] * 6


def test_quality_is_counted_on_new_windows_with_a_known_outcome_by_their_newest_prediction(findings: dict):
    assert findings["realised"] == [
        {"component": "comp1", "hits": 1, "falseAlarms": 4, "misses": 0},
        {"component": "comp2", "hits": 0, "falseAlarms": 0, "misses": 0},
        {"component": "comp3", "hits": 0, "falseAlarms": 2, "misses": 0},
        {"component": "comp4", "hits": 0, "falseAlarms": 0, "misses": 0},
    ]


def test_runs_are_told_oldest_first_with_the_feature_that_is_furthest_from_the_training(findings: dict):
    first, second = findings["monitoring"]
    assert (first["lastWindow"], first["drift"], first["drifted"]) == ("2016-01-02T12:00:00Z", None, None)
    assert first["precision"] is None
    assert second == {
        "lastWindow": "2016-01-03T12:00:00Z",
        "modelVersion": "10",
        "rows": 100,
        "quarantined": 2,
        "windows": 10,
        "alerts": 1,
        "predictionRate": 0.1,
        "drift": 0.4,
        "drifted": "volt_mean_24h",
        "precision": 0.75,
        "recall": 1.0,
    }


def test_waits_of_files_are_told_of_all_and_by_run_oldest_first(findings: dict):
    assert findings["freshness"] == {
        "files": 5,
        "median": 39.5,
        "p95": 600.0,
        "longest": 600.0,
        "runs": [
            {"scoredAt": "2016-01-03T01:00:00Z", "files": 3, "median": 12.0, "p95": 600.0, "longest": 600.0},
            {"scoredAt": "2016-01-04T01:00:00Z", "files": 2, "median": 39.5, "p95": 40.5, "longest": 40.5},
        ],
    }


def test_files_have_their_fate_the_latest_first_and_bad_rows_what_landed(findings: dict):
    landed = {"table": "telemetry", "path": "incoming/telemetry/b c.csv"}
    assert findings["files"] == [
        {**landed, "rows": 24, "quarantined": 1, "ingestedAt": "2016-01-04T01:00:00Z", "scoredAt": None},
        {
            "table": "errors",
            "path": "incoming/errors/a.csv",
            "rows": 3,
            "quarantined": 0,
            "ingestedAt": "2016-01-03T01:00:00Z",
            "scoredAt": "2016-01-03T01:05:00Z",
        },
    ]
    assert findings["badRows"] == [{**landed, "line": 7, "raw": "x" * 500, "reason": "volt is no number"}]


def test_rows_and_span_are_those_of_the_tables(findings: dict):
    assert findings["rows"]["telemetry"] == 6 * 73
    assert findings["span"] == {"first": "2016-01-01T00:00:00Z", "last": "2016-01-04T00:00:00Z"}
    assert findings["quarantine"] == [{"table": "telemetry", "reason": "volt is no number", "rows": 1}]


def test_tables_that_no_run_has_made_count_as_empty(spark, schema: str, tmp_path: Path):
    session = spark.newSession()
    session.sql(f"USE {schema}")
    empty = Findings(session, 24, "", "scores")
    empty.write_predictions(tmp_path / "predictions.csv")
    assert (tmp_path / "predictions.csv").read_text().startswith("machineID,window_end,")
    assert empty.collect() == {
        "horizonHours": 24,
        "rows": {},
        "span": {"first": None, "last": None},
        "quarantine": [],
        "risks": [],
        "work": None,
        "traces": [],
        "realised": [],
        "monitoring": [],
        "freshness": None,
        "files": [],
        "badRows": [],
    }
