"""What the report reads from the tables of a run, and the predictions file."""

import json
import sys
from pathlib import Path

import notebook
import pytest

REPORT = Path(__file__).resolve().parents[3] / "local" / "report"
sys.path.insert(0, str(REPORT))
from findings import WITHIN, Findings  # noqa: E402

TABLES = {
    "machines": """
        SELECT * FROM VALUES (1, 'model3', 18), (2, 'model4', 7), (10, 'model1', 0) AS t(machineID, model, age)""",
    "telemetry": """
        SELECT timestamp'2016-01-01T00:00:00Z' + make_interval(0, 0, 0, 0, hour) datetime, machineID,
               170.0D + hour volt, 450.0D rotate, 100.0D pressure, 40.0D vibration
        FROM (SELECT explode(sequence(0, 72)) hour), VALUES (1), (2), (3), (4), (5), (10) AS m(machineID)""",
    "errors": "SELECT timestamp'2016-01-02T06:00:00Z' datetime, 2 machineID, 'error1' errorID",
    "maint": """
        SELECT timestamp(datetime) datetime, machineID, 'comp2' comp
        FROM VALUES ('2015-06-01T06:00:00Z', 2), ('2016-01-02T06:00:00Z', 4) AS t(datetime, machineID)""",
    "failures": "SELECT timestamp'2016-01-03T06:00:00Z' datetime, 2 machineID, 'comp1' failure",
    "monitoring": """
        SELECT run_id, timestamp(recorded_at) recorded_at, '10' model_version, 100L rows, 2L quarantined, windows,
               alerts, alerts / windows prediction_rate, drift, array_max(map_values(drift)) drift_max,
               precision, map('comp1', 1D) recall, timestamp(last_window) last_window
        FROM VALUES
          ('b', '2016-01-04T01:00:00Z', 10L, 1L, map('age', 0.1D, 'volt_mean_24h', 0.4D),
           map('comp1', 1D, 'comp2', 0.5D), '2016-01-03T12:00:00Z'),
          ('a', '2016-01-03T01:00:00Z', 4L, 1L, map(), map(), '2016-01-02T12:00:00Z')
        AS t(run_id, recorded_at, windows, alerts, drift, precision, last_window)""",
    "freshness": """
        SELECT scored_by, timestamp(scored_at) scored_at, seconds
        FROM VALUES
          ('b', '2016-01-04T01:00:00Z', 40.5D), ('b', '2016-01-04T01:00:00Z', 39.5D),
          ('a', '2016-01-03T00:59:00Z', 600D), ('a', '2016-01-03T01:00:00Z', 10D), ('a', '2016-01-03T01:00:00Z', 12D)
        AS t(scored_by, scored_at, seconds)""",
    "ingested_files": """
        SELECT table, path, 1L size, timestamp'2016-01-03T00:00:00Z' modification_time, rows, quarantined,
               timestamp(ingested_at) ingested_at, timestamp(scored_at) scored_at
        FROM VALUES
          ('errors', 'wasb://landing@account/incoming/errors/a.csv', 3L, 0L, '2016-01-03T01:00:00Z',
           '2016-01-03T01:05:00Z'),
          ('telemetry', 'wasb://landing@account/incoming/telemetry/b c.csv', 24L, 1L, '2016-01-04T01:00:00Z', NULL)
        AS t(table, path, rows, quarantined, ingested_at, scored_at)""",
    "quarantine": """
        SELECT 'telemetry' table, 'wasb://landing@account/incoming/telemetry/b c.csv' path, 7L line,
               repeat('x', 600) raw, 'volt is no number' reason, timestamp'2016-01-04T01:00:00Z' quarantined_at""",
    "scores": """
        SELECT machineID, timestamp(window_end) window_end, p1 prob_comp1, 0.00001D prob_comp2, 0.2D prob_comp3,
               0.1D prob_comp4, predicted, model_version, 'run' run_id, timestamp(scored_at) scored_at,
               p1 / 2 prob_comp1_12h, p1 prob_comp1_24h, 0.2D prob_comp1_48h, 0.4D prob_comp1_72h,
               IF(machineID IN (1, 2) AND predicted <> 'none', array(
                 named_struct('comp', 'comp1', 'subject', 'error1', 'contribution', 0.5D, 'text', 'error1 23 h ago'),
                 named_struct('comp', 'comp1', 'subject', 'age', 'contribution', 0.2D, 'text', '18 years old')
               ), NULL) reasons
        FROM VALUES
          (1, '2016-01-02T00:00:00Z', 0.1D, 'comp1', '9', '2016-01-04T00:00:00Z'),
          (1, '2016-01-02T00:00:00Z', 0.1D, 'none', '10', '2016-01-04T00:00:00Z'),
          (1, '2016-01-02T12:00:00Z', 0.8D, 'comp1', '10', '2016-01-04T00:00:00Z'),
          (2, '2016-01-02T00:00:00Z', 0.3D, 'none', '10', '2016-01-04T00:00:00Z'),
          (2, '2016-01-02T12:00:00Z', 0.7D, 'comp1|comp3', '10', '2016-01-04T00:00:00Z'),
          (2, '2016-01-03T12:00:00Z', 0.6D, 'comp1', '10', '2016-01-04T00:00:00Z'),
          (10, '2016-01-01T00:00:00Z', 0.9D, 'none', '10', '2016-01-04T00:00:00Z'),
          (3, '2016-01-01T12:00:00Z', 0.9D, 'comp1', '10', '2016-01-04T00:00:00Z'),
          (3, '2016-01-02T00:00:00Z', 0.1D, 'comp3', '10', '2016-01-04T00:00:00Z'),
          (3, '2016-01-02T12:00:00Z', 0.05D, 'none', '10', '2016-01-04T00:00:00Z'),
          (4, '2016-01-02T00:00:00Z', 0.9D, 'comp1', '10', '2016-01-04T00:00:00Z'),
          (4, '2016-01-02T12:00:00Z', 0.02D, 'none', '10', '2016-01-04T00:00:00Z'),
          (5, '2016-01-01T12:00:00Z', 0.9D, 'comp1', '10', '2016-01-04T00:00:00Z'),
          (5, '2016-01-02T12:00:00Z', 0.03D, 'none', '10', '2016-01-04T00:00:00Z')
        AS t(machineID, window_end, p1, predicted, model_version, scored_at)""",
}


@pytest.fixture(scope="module")
def tables(spark, module_schema: str) -> str:
    for name, query in TABLES.items():
        spark.sql(f"CREATE TABLE {module_schema}.{name} USING delta AS {query}")
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


def test_machines_are_ranked_by_their_newest_open_alert_or_their_latest_window(findings: dict):
    ranked = [(risk["machineID"], risk["window_end"], risk["predicted"]) for risk in findings["risks"]]
    assert ranked == [
        (1, "2016-01-02T12:00:00Z", "comp1"),
        (2, "2016-01-03T12:00:00Z", "comp1"),
        (3, "2016-01-02T00:00:00Z", "comp3"),
        (10, "2016-01-01T00:00:00Z", "none"),
        (4, "2016-01-02T12:00:00Z", "none"),  # repaired since its alert
        (5, "2016-01-02T12:00:00Z", "none"),  # its alert is a horizon old
    ]
    assert findings["risks"][2]["latest"] == "2016-01-02T12:00:00Z"
    assert findings["risks"][0]["probabilities"] == [0.8, 0.0, 0.2, 0.1]
    assert findings["risks"][0]["model"] == "model3"
    assert findings["risks"][0]["within"] == [[0.4, 0.8, 0.2, 0.4]] + [[None] * 4] * 3
    assert findings["risks"][0]["reasons"] == [
        {"component": "comp1", "text": "error1 23 h ago"},
        {"component": "comp1", "text": "18 years old"},
    ]
    assert findings["risks"][2]["reasons"] == []


def test_predictions_of_a_release_before_reasons_have_none(spark, tables: str):
    spark.sql(f"CREATE TABLE {tables}.older USING delta AS SELECT * EXCEPT (reasons) FROM {tables}.scores")
    session = spark.newSession()
    session.sql(f"USE spark_catalog.{tables}")
    assert [risk["reasons"] for risk in Findings(session, 24, "", "older").collect()["risks"]] == [[]] * 6


def test_a_trace_is_the_week_up_to_the_latest_window(findings: dict):
    trace = findings["traces"][1]
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
