"""The machines by their risk, and what sensors, logs and model said of them. Times are ISO 8601 in UTC."""

from typing import Any

from predictions_csv import PROBABILITIES
from run_tables import RunTables, text

from predictive_maintenance.contract import COMPONENTS, HORIZONS, NONE, SENSORS
from predictive_maintenance.predictions import newest

EVENTS = {"errors": "errorID", "maint": "comp", "failures": "failure"}
TRACED_DAYS = 7


def risks(tables: RunTables, horizon_hours: int) -> list[dict[str, Any]]:
    """Every machine by its newest alert that is still open, else by its latest window; alerts come first.

    An alert is open for one horizon, and until somebody maintains the machine.
    """
    if not tables.have(tables.predictions, "machines"):
        return []
    repaired = "SELECT 1 FROM maint WHERE maint.machineID = p.machineID AND maint.datetime > p.window_end"
    untouched = f"NOT EXISTS ({repaired})" if tables.have("maint") else "true"
    recent = tables.spark.sql(
        f"""
        WITH ends AS (SELECT machineID, max(window_end) latest FROM {tables.predictions} GROUP BY machineID)
        SELECT * FROM {{scored}} JOIN ends USING (machineID)
        WHERE window_end > latest - INTERVAL {horizon_hours} HOURS""",
        scored=tables.scored(),
    )
    return tables.rows(
        f"""
        WITH p AS (SELECT * FROM {{recent}}),
        open AS (SELECT * FROM p WHERE window_end = latest OR {untouched}),
        ranked AS (
            SELECT *, row_number() OVER (PARTITION BY machineID ORDER BY predicted = '{NONE}', window_end DESC) rank
            FROM open
        )
        SELECT machineID, model, age, {text("window_end")} window_end, {text("latest")} latest, predicted,
               {_probabilities()} probabilities,
               {_within()} within,
               coalesce(transform(reasons, one -> struct(one.comp AS component, one.text)), array()) reasons
        FROM ranked LEFT JOIN machines USING (machineID) WHERE rank = 1
        ORDER BY predicted = '{NONE}', array_max(array({", ".join(PROBABILITIES)})) DESC, machineID""",
        recent=newest(recent),
    )


def traces(tables: RunTables, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The week up to the latest windows of the few machines of these risks: what sensors, logs and model said."""
    if not chosen:
        return []
    ends = ", ".join(f"({risk['machineID']}, timestamp'{risk['latest']}')" for risk in chosen)
    traced = f"(SELECT * FROM VALUES {ends} AS traced(machineID, end))"
    week = f"BETWEEN traced.end - INTERVAL {TRACED_DAYS} DAYS AND traced.end"
    machines = f"machineID IN ({', '.join(str(risk['machineID']) for risk in chosen)})"
    averages = ", ".join(f"round(avg({sensor}), 2)" for sensor in SENSORS)
    usual = tables.rows(f"""
        SELECT machineID, array({averages}) values FROM telemetry WHERE {machines} GROUP BY machineID""")
    readings = ", ".join(f"round({sensor}, 2)" for sensor in SENSORS)
    telemetry = tables.rows(f"""
        SELECT machineID, {text("datetime")} at, array({readings}) values
        FROM telemetry JOIN {traced} traced USING (machineID)
        WHERE {machines} AND datetime {week} ORDER BY at""")
    windows = tables.rows(
        f"""
        SELECT machineID, {text("window_end")} at, predicted, {_probabilities()} values
        FROM {{newest}} JOIN {traced} traced USING (machineID)
        WHERE window_end {week} ORDER BY at""",
        newest=newest(tables.spark.table(tables.predictions).where(machines)),
    )
    logs = " UNION ALL ".join(
        f"SELECT machineID, datetime, '{table}' table, {column} what FROM {table} WHERE {machines}"
        for table, column in EVENTS.items()
        if tables.have(table)
    )
    events = tables.rows(f"""
        SELECT machineID, {text("datetime")} at, table, what FROM ({logs}) JOIN {traced} traced USING (machineID)
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
        for risk in chosen
    ]


def _of(risk: dict[str, Any], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    mine = [row for row in rows if row["machineID"] == risk["machineID"]]
    return [{name: value for name, value in row.items() if name != "machineID"} for row in mine]


def _probabilities() -> str:
    return f"array({', '.join(f'round({name}, 4)' for name in PROBABILITIES)})"


def _within() -> str:
    of_each = (", ".join(f"round(prob_{comp}_{hours}h, 4)" for hours in HORIZONS) for comp in COMPONENTS)
    return f"array({', '.join(f'array({its})' for its in of_each)})"
