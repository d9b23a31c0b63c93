"""The tables of a small run: six machines over three days, and what ingestion, scoring and monitoring said."""

from pyspark.sql import SparkSession

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


def make(spark: SparkSession, schema: str, *names: str) -> None:
    """Makes these tables, or all."""
    for name in names or TABLES:
        spark.sql(f"CREATE TABLE {schema}.{name} USING delta AS {TABLES[name]}")
