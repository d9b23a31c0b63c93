"""What the tables of a run say, in the few rows that a report shows. Times are ISO 8601 in UTC."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import fates
import predictions_csv
import work
from fates import ISO
from predictions_csv import PROBABILITIES
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.util import inheritable_thread_target

from predictive_maintenance.contract import COMPONENTS, HORIZONS, NONE, SENSORS, SEPARATOR
from predictive_maintenance.monitoring import freshness
from predictive_maintenance.predictions import newest
from predictive_maintenance.reasons.reasons import REASONS
from predictive_maintenance.rows import only_row
from predictive_maintenance.tables import INGESTED_FILES, MONITORING, PREDICTIONS, QUARANTINE, RAW, WITHIN

TABLES = tuple(table.name for table in (*RAW, QUARANTINE, INGESTED_FILES, MONITORING))
EVENTS = {"errors": "errorID", "maint": "comp", "failures": "failure"}
TRACED_MACHINES, TRACED_DAYS = 3, 7
MONITORED_RUNS = 200


class Findings:
    """Reads the tables of the current schema, predictions from `results_data`.

    Those that no run has made yet count as empty.
    """

    def __init__(self, spark: SparkSession, horizon_hours: int, unseen_from: str, results_data: str) -> None:
        self._spark = spark
        self._predictions = results_data
        self._horizon_hours = horizon_hours
        self._unseen_from = unseen_from
        self._present = {table for table in (*TABLES, results_data) if spark.catalog.tableExists(table)}

    def write_predictions(self, file: Path) -> None:
        """Replaces `file`, see `predictions_csv`."""
        predictions_csv.write(self._scored() if self._predictions in self._present else None, file)

    def _scored(self) -> DataFrame:
        """The predictions; what an older release has not said is null."""
        predictions = self._spark.table(self._predictions)
        newer = {**dict.fromkeys(WITHIN, "double"), "reasons": REASONS}
        absent = {name: F.lit(None).cast(type) for name, type in newer.items() if name not in predictions.columns}
        return predictions.withColumns(absent)

    def collect(self) -> dict[str, Any]:
        """What the report shows; the queries run side by side, as planning them takes longer than their few rows."""
        sections = {
            "rows": self._counts,
            "span": self._span,
            "quarantine": self._quarantine,
            "risks": self._risks,
            "realised": self._realised,
            "monitoring": self._monitoring,
            "freshness": self._freshness,
            "files": lambda: fates.files(self._spark) if INGESTED_FILES.name in self._present else [],
            "work": lambda: work.collect(self._spark),
            "badRows": lambda: fates.bad_rows(self._spark) if QUARANTINE.name in self._present else [],
        }
        with ThreadPoolExecutor(len(sections)) as threads:
            inherited = inheritable_thread_target(self._spark)
            running = {name: threads.submit(inherited(section)) for name, section in sections.items()}
        found = {name: section.result() for name, section in running.items()}
        traces = self._traces(found["risks"][:TRACED_MACHINES])
        return {"horizonHours": self._horizon_hours, **found, "traces": traces}

    def _counts(self) -> dict[str, int]:
        """Rows per table; one query each, which Delta answers from its log without reading data."""
        counts = {table: self._rows(f"SELECT count(*) rows FROM {table}")[0]["rows"] for table in sorted(self._present)}
        return {PREDICTIONS.name if table == self._predictions else table: rows for table, rows in counts.items()}

    def _span(self) -> dict[str, str | None]:
        if "telemetry" not in self._present:
            return {"first": None, "last": None}
        return self._rows(f"SELECT {_text('min(datetime)')} first, {_text('max(datetime)')} last FROM telemetry")[0]

    def _quarantine(self) -> list[dict[str, Any]]:
        if "quarantine" not in self._present:
            return []
        counts = "SELECT table, reason, count(*) rows FROM quarantine GROUP BY table, reason"
        return self._rows(f"{counts} ORDER BY rows DESC, table, reason")

    def _monitoring(self) -> list[dict[str, Any]]:
        """The latest runs that scored something, oldest first. Precision and recall are means over the components."""
        if "monitoring" not in self._present:
            return []
        mean = "try_divide(aggregate(map_values({0}), 0D, (sum, one) -> sum + one), size({0}))".format
        runs = self._rows(f"""
            SELECT {_text("last_window")} lastWindow, model_version modelVersion, rows, quarantined, windows, alerts,
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
        at = F.expr(_text("max(scored_at)")).alias("scoredAt")
        runs = waited.groupBy("scored_by").agg(at, *freshness.figures()).orderBy(F.desc("scoredAt")).drop("scored_by")
        return {**every, "runs": [row.asDict() for row in runs.limit(MONITORED_RUNS).collect()][::-1]}

    def _risks(self) -> list[dict[str, Any]]:
        """Every machine by its newest alert that is still open, else by its latest window; alerts come first.

        An alert is open for one horizon, and until somebody maintains the machine.
        """
        if not {self._predictions, "machines"} <= self._present:
            return []
        repaired = "SELECT 1 FROM maint WHERE maint.machineID = p.machineID AND maint.datetime > p.window_end"
        untouched = f"NOT EXISTS ({repaired})" if "maint" in self._present else "true"
        recent = self._spark.sql(
            f"""
            WITH ends AS (SELECT machineID, max(window_end) latest FROM {self._predictions} GROUP BY machineID)
            SELECT * FROM {{scored}} JOIN ends USING (machineID)
            WHERE window_end > latest - INTERVAL {self._horizon_hours} HOURS""",
            scored=self._scored(),
        )
        return self._rows(
            f"""
            WITH p AS (SELECT * FROM {{recent}}),
            open AS (SELECT * FROM p WHERE window_end = latest OR {untouched}),
            ranked AS (
                SELECT *, row_number() OVER (PARTITION BY machineID ORDER BY predicted = '{NONE}', window_end DESC) rank
                FROM open
            )
            SELECT machineID, model, age, {_text("window_end")} window_end, {_text("latest")} latest, predicted,
                   {_probabilities()} probabilities,
                   {_within()} within,
                   coalesce(transform(reasons, one -> struct(one.comp AS component, one.text)), array()) reasons
            FROM ranked LEFT JOIN machines USING (machineID) WHERE rank = 1
            ORDER BY predicted = '{NONE}', array_max(array({", ".join(PROBABILITIES)})) DESC, machineID""",
            recent=newest(recent),
        )

    def _traces(self, risks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The week up to the latest windows of a few machines: what sensors, logs and model said."""
        if not risks:
            return []
        ends = ", ".join(f"({risk['machineID']}, timestamp'{risk['latest']}')" for risk in risks)
        traced = f"(SELECT * FROM VALUES {ends} AS traced(machineID, end))"
        week = f"BETWEEN traced.end - INTERVAL {TRACED_DAYS} DAYS AND traced.end"
        machines = f"machineID IN ({', '.join(str(risk['machineID']) for risk in risks)})"
        averages = ", ".join(f"round(avg({sensor}), 2)" for sensor in SENSORS)
        usual = self._rows(f"""
            SELECT machineID, array({averages}) values FROM telemetry WHERE {machines} GROUP BY machineID""")
        readings = ", ".join(f"round({sensor}, 2)" for sensor in SENSORS)
        telemetry = self._rows(f"""
            SELECT machineID, {_text("datetime")} at, array({readings}) values
            FROM telemetry JOIN {traced} traced USING (machineID)
            WHERE {machines} AND datetime {week} ORDER BY at""")
        windows = self._rows(
            f"""
            SELECT machineID, {_text("window_end")} at, predicted, {_probabilities()} values
            FROM {{newest}} JOIN {traced} traced USING (machineID)
            WHERE window_end {week} ORDER BY at""",
            newest=newest(self._spark.table(self._predictions).where(machines)),
        )
        logs = " UNION ALL ".join(
            f"SELECT machineID, datetime, '{table}' table, {column} what FROM {table} WHERE {machines}"
            for table, column in EVENTS.items()
            if table in self._present
        )
        events = self._rows(f"""
            SELECT machineID, {_text("datetime")} at, table, what FROM ({logs}) JOIN {traced} traced USING (machineID)
            WHERE datetime {week} ORDER BY at, table, what""")
        return [
            {
                "machineID": risk["machineID"],
                "predicted": risk["predicted"],
                "window_end": risk["window_end"],
                "end": risk["latest"],
                "usual": _of(risk, usual)[0]["values"],
                "telemetry": _of(risk, telemetry),
                "windows": _of(risk, windows),
                "events": _of(risk, events),
            }
            for risk in risks
        ]

    def _realised(self) -> list[dict[str, Any]]:
        """Per component: right and wrong alerts on windows that are new to the model and whose outcome is known: not
        before maintenance that may have prevented a failure."""
        if not self._unseen_from or not {self._predictions, "failures", "telemetry"} <= self._present:
            return []
        horizon = f"INTERVAL {self._horizon_hours} HOURS"
        unseen = self._spark.table(self._predictions).where(f"window_end > timestamp'{self._unseen_from}'")
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

    def _rows(self, sql: str, **frames: DataFrame) -> list[dict[str, Any]]:
        """The rows of a query, in which `{name}` stands for the frame of that name."""
        return [row.asDict(recursive=True) for row in self._spark.sql(sql, None, **frames).collect()]


def _outcomes(component: str) -> list[Column]:
    warned = F.array_contains(F.split("predicted", rf"\{SEPARATOR}"), component)
    failed = F.array_contains("failed", component)
    warned &= failed | ~F.array_contains("prevented", component)
    return [
        F.count_if(warned & failed).alias(f"{component}_hits"),
        F.count_if(warned & ~failed).alias(f"{component}_falseAlarms"),
        F.count_if(~warned & failed).alias(f"{component}_misses"),
    ]


def _of(risk: dict[str, Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    mine = [row for row in rows if row["machineID"] == risk["machineID"]]
    return [{name: value for name, value in row.items() if name != "machineID"} for row in mine]


def _probabilities() -> str:
    return f"array({', '.join(f'round({name}, 4)' for name in PROBABILITIES)})"


def _within() -> str:
    of_each = (", ".join(f"round(prob_{comp}_{hours}h, 4)" for hours in HORIZONS) for comp in COMPONENTS)
    return f"array({', '.join(f'array({its})' for its in of_each)})"


def _text(timestamp: str) -> str:
    return f'date_format({timestamp}, "{ISO}")'
