"""What the tables of a run say, in the few rows that a report shows. Times are ISO 8601 in UTC."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import fates
import machines
import predictions_csv
import work
from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F
from pyspark.util import inheritable_thread_target
from run_tables import RunTables, text

from predictive_maintenance.contract import COMPONENTS, SEPARATOR
from predictive_maintenance.monitoring import freshness
from predictive_maintenance.predictions import newest
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import INGESTED_FILES, PREDICTIONS, QUARANTINE

TRACED_MACHINES = 3
MONITORED_RUNS = 200


class Findings:
    """Reads the tables of the current schema, predictions from `results_data`.

    Those that no run has made yet count as empty.
    """

    def __init__(self, spark: SparkSession, horizon_hours: int, unseen_from: str, results_data: str) -> None:
        self._spark = spark
        self._tables = RunTables(spark, results_data)
        self._horizon_hours = horizon_hours
        self._unseen_from = unseen_from

    def write_predictions(self, file: Path) -> None:
        """Replaces `file`, see `predictions_csv`."""
        tables = self._tables
        predictions_csv.write(tables.scored() if tables.have(tables.predictions) else None, file)

    def collect(self) -> dict[str, Any]:
        """What the report shows; the queries run side by side, as planning them takes longer than their few rows."""
        sections = {
            "rows": self._counts,
            "span": self._span,
            "quarantine": self._quarantine,
            "risks": lambda: machines.risks(self._tables, self._horizon_hours),
            "realised": self._realised,
            "monitoring": self._monitoring,
            "freshness": self._freshness,
            "files": lambda: fates.files(self._spark) if self._tables.have(INGESTED_FILES.name) else [],
            "work": lambda: work.collect(self._spark),
            "badRows": lambda: fates.bad_rows(self._spark) if self._tables.have(QUARANTINE.name) else [],
        }
        with ThreadPoolExecutor(len(sections)) as threads:
            inherited = inheritable_thread_target(self._spark)
            running = {name: threads.submit(inherited(section)) for name, section in sections.items()}
        found = {name: section.result() for name, section in running.items()}
        traces = machines.traces(self._tables, found["risks"][:TRACED_MACHINES])
        return {"horizonHours": self._horizon_hours, **found, "traces": traces}

    def _counts(self) -> dict[str, int]:
        """Rows per table; one query each, which Delta answers from its log without reading data."""
        tables = self._tables
        counts = {name: tables.rows(f"SELECT count(*) rows FROM {name}")[0]["rows"] for name in sorted(tables.present)}
        return {PREDICTIONS.name if name == tables.predictions else name: rows for name, rows in counts.items()}

    def _span(self) -> dict[str, str | None]:
        if not self._tables.have("telemetry"):
            return {"first": None, "last": None}
        [span] = self._tables.rows(f"SELECT {text('min(datetime)')} first, {text('max(datetime)')} last FROM telemetry")
        return span

    def _quarantine(self) -> list[dict[str, Any]]:
        if not self._tables.have("quarantine"):
            return []
        counts = "SELECT table, reason, count(*) rows FROM quarantine GROUP BY table, reason"
        return self._tables.rows(f"{counts} ORDER BY rows DESC, table, reason")

    def _monitoring(self) -> list[dict[str, Any]]:
        """The latest runs that scored something, oldest first. Precision and recall are means over the components."""
        if not self._tables.have("monitoring"):
            return []
        mean = "try_divide(aggregate(map_values({0}), 0D, (sum, one) -> sum + one), size({0}))".format
        runs = self._tables.rows(f"""
            SELECT {text("last_window")} lastWindow, model_version modelVersion, rows, quarantined, windows, alerts,
                   prediction_rate predictionRate, drift_max drift,
                   array_max(transform(map_entries(drift), one -> struct(one.value, one.key))).key drifted,
                   {mean("precision")} precision, {mean("recall")} recall
            FROM monitoring ORDER BY recorded_at DESC LIMIT {MONITORED_RUNS}""")
        return runs[::-1]

    def _freshness(self) -> dict[str, Any] | None:
        """How long files waited for predictions: all of them, and those of the latest runs, oldest first."""
        if not self._spark.catalog.tableExists(freshness.VIEW):
            return None
        waited = self._spark.table(freshness.VIEW)
        every = only_row(waited.agg(*freshness.figures())).asDict()
        if not every["files"]:
            return None
        at = F.expr(text("max(scored_at)")).alias("scoredAt")
        runs = waited.groupBy("scored_by").agg(at, *freshness.figures()).orderBy(F.desc("scoredAt")).drop("scored_by")
        return {**every, "runs": [row.asDict() for row in runs.limit(MONITORED_RUNS).collect()][::-1]}

    def _realised(self) -> list[dict[str, Any]]:
        """Per component: right and wrong alerts on windows that are new to the model and whose outcome is known: not
        before maintenance that may have prevented a failure."""
        predictions = self._tables.predictions
        if not self._unseen_from or not self._tables.have(predictions, "failures", "telemetry"):
            return []
        horizon = f"INTERVAL {self._horizon_hours} HOURS"
        unseen = self._spark.table(predictions).where(f"window_end > timestamp'{self._unseen_from}'")
        windows = self._spark.sql(
            f"""
            SELECT p.machineID, p.window_end, p.predicted, collect_set(f.failure) failed, collect_set(m.comp) prevented
            FROM {{unseen}} p
            LEFT JOIN failures f
              ON f.machineID = p.machineID AND f.datetime > p.window_end AND f.datetime <= p.window_end + {horizon}
            LEFT JOIN {{prevented}} m
              ON m.machineID = p.machineID AND m.datetime > p.window_end AND m.datetime <= p.window_end + {horizon}
            WHERE p.window_end + {horizon} <= (SELECT max(datetime) FROM telemetry)
            GROUP BY p.machineID, p.window_end, p.predicted""",
            unseen=newest(unseen),
            prevented=work.prevented_here(self._spark),
        )
        outcomes = (count for component in COMPONENTS for count in _outcomes(component))
        counts = only_row(windows.agg(*outcomes))
        figures = ("hits", "falseAlarms", "misses")
        return [
            {"component": component, **{figure: counts[f"{component}_{figure}"] for figure in figures}}
            for component in COMPONENTS
        ]


def _outcomes(component: str) -> list[Column]:
    warned = F.array_contains(F.split("predicted", rf"\{SEPARATOR}"), component)
    failed = F.array_contains("failed", component)
    warned &= failed | ~F.array_contains("prevented", component)
    return [
        F.count_if(warned & failed).alias(f"{component}_hits"),
        F.count_if(warned & ~failed).alias(f"{component}_falseAlarms"),
        F.count_if(~warned & failed).alias(f"{component}_misses"),
    ]
