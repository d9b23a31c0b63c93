"""Ingest and features of the product as a DuckDB program of SQL: what the same result costs without Spark.

Two threads, times in UTC. Ingest checks every row as `schemas.py` does and keeps the wrong ones; features have the
columns of `features.py` and the same rules.
"""

from pathlib import Path

import duckdb

from predictive_maintenance.contract import COMPONENTS, ERROR_HOURS, ERRORS, SENSOR_HOURS, SENSORS, WINDOW_HOURS
from predictive_maintenance.features.point_in_time import NUMERIC
from predictive_maintenance.landing.schemas import FIRST_MOMENT, LAST_MOMENT, OLDEST_MACHINE, PLAUSIBLE
from predictive_maintenance.windows import HOUR

THREADS = 2
NUMBER = f"(epoch_us(datetime) + {WINDOW_HOURS * HOUR * 10**6 - 1}) // {WINDOW_HOURS * HOUR * 10**6}"
"""Of the window that a moment belongs to: its end in window lengths since 1970."""
EVER = "OVER (PARTITION BY machineID ORDER BY number)"
PARTS = {"n": "count({0})", "sum": "sum({0})", "squares": "sum({0} * {0})", "min": "min({0})", "max": "max({0})"}
EVENTS = {"errors": ("errorID", ERRORS), "maint": ("comp", COMPONENTS), "failures": ("failure", COMPONENTS)}


def connect() -> duckdb.DuckDBPyConnection:
    duck = duckdb.connect(config={"threads": THREADS})
    duck.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    return duck


def ingest(landed: Path, out: Path) -> None:
    """Reads the landing folders and writes the raw tables to `out`/<table>.parquet, wrong ones beside them."""
    out.mkdir(parents=True, exist_ok=True)
    duck = connect()
    at = f"datetime >= TIMESTAMPTZ '{FIRST_MOMENT}' AND datetime < TIMESTAMPTZ '{LAST_MOMENT}'"
    known = "machineID IN (SELECT machineID FROM machines)"
    _ingest(
        duck,
        landed,
        out,
        "machines",
        {"machineID": "int", "model": "varchar", "age": "int"},
        f"machineID > 0 AND regexp_full_match(model, '[A-Za-z0-9 ._-]{{1,64}}') AND age BETWEEN 0 AND {OLDEST_MACHINE}",
        ("machineID",),
    )
    sensors = dict.fromkeys(SENSORS, "double")
    plausible = [f"({s} BETWEEN {of.lowest} AND {of.highest} OR {s} IS NULL)" for s, of in PLAUSIBLE.items()]
    some = f"coalesce({', '.join(SENSORS)}) IS NOT NULL"
    event = {"datetime": "timestamptz", "machineID": "int"}
    rule = " AND ".join([at, known, some, *plausible])
    _ingest(duck, landed, out, "telemetry", event | sensors, rule, ("machineID", "datetime"))
    for table, (kind, kinds) in EVENTS.items():
        columns = event | {kind: "varchar"}
        _ingest(duck, landed, out, table, columns, f"{at} AND {known} AND {kind} IN {kinds}", (*event, kind))


def _ingest(
    duck: duckdb.DuckDBPyConnection,
    landed: Path,
    out: Path,
    table: str,
    columns: dict[str, str],
    rule: str,
    keys: tuple[str, ...],
) -> None:
    typed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    duck.execute(f"""CREATE TEMP TABLE staged AS SELECT *, coalesce({rule}, false) AS good FROM read_csv(
        '{landed}/{table}/*/*', header = true, columns = {{{typed}}}, delim = ',',
        filename = true, store_rejects = true)""")
    key = ", ".join(keys)
    month = ", strftime(datetime, '%Y-%m') AS month" if table == "telemetry" else ""
    repeated = f"(SELECT {key} FROM staged WHERE good GROUP BY ALL HAVING count(*) > 1)"
    duck.execute(f"""CREATE TEMP TABLE {table} AS SELECT * EXCLUDE (filename, good){month} FROM staged WHERE good
        AND ({key}) NOT IN (FROM {repeated})
        UNION ALL SELECT * EXCLUDE (filename, good){month} FROM staged WHERE good AND ({key}) IN (FROM {repeated})
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY filename DESC) = 1""")
    duck.execute(f"COPY {table} TO '{out}/{table}.parquet' (FORMAT parquet)")
    duck.execute(f"COPY (FROM staged WHERE NOT good) TO '{out}/{table}_implausible.parquet' (FORMAT parquet)")
    duck.execute(f"COPY (FROM reject_errors) TO '{out}/{table}_unreadable.parquet' (FORMAT parquet)")
    duck.execute("DROP TABLE staged; DROP TABLE reject_errors; DROP TABLE reject_scans")


def features(raw: Path, out: Path) -> None:
    """Computes all windows from the tables that `ingest` wrote and writes them to the file `out`."""
    window = f"machineID, {NUMBER} AS number"
    recent = ", ".join(f"CASE WHEN is_recent THEN {sensor} END AS {sensor}_3h" for sensor in SENSORS)
    connect().execute(f"""COPY (
        WITH observed AS (
            SELECT *, {recent} FROM (
                SELECT *, {NUMBER} AS number, epoch(datetime) > (number * {WINDOW_HOURS} - 3) * {HOUR} AS is_recent
                FROM '{raw}/telemetry.parquet')),
        sums AS MATERIALIZED (SELECT machineID, number, {_sums()} FROM observed GROUP BY ALL),
        timeline AS (
            SELECT own.machineID, own.number, true AS has_telemetry, {_statistics()} FROM sums own
            LEFT JOIN sums one ON one.machineID = own.machineID AND one.number = own.number - 1
            LEFT JOIN sums two ON two.machineID = own.machineID AND two.number = own.number - 2
            UNION ALL BY NAME
            SELECT {window}, {_lasts("comp", COMPONENTS)} FROM '{raw}/maint.parquet' GROUP BY ALL
            UNION ALL BY NAME
            SELECT {window}, {_lasts("errorID", ERRORS)} FROM '{raw}/errors.parquet' GROUP BY ALL),
        windows AS (
            SELECT *, to_timestamp(number * {WINDOW_HOURS * HOUR}) AS window_end, {_events()} FROM timeline)
        SELECT machineID, window_end, strftime(window_end, '%Y-%m') AS month, {_numbers()}, model
        FROM windows LEFT JOIN '{raw}/machines.parquet' USING (machineID) WHERE has_telemetry
    ) TO '{out}' (FORMAT parquet)""")


def _statistics() -> str:
    columns = []
    for sensor in SENSORS:
        for hours in SENSOR_HOURS:
            n, total, squares, low, high = (_together(f"{sensor}_{part}", part, hours) for part in PARTS)
            columns += [
                f"{total} / nullif({n}, 0) AS {sensor}_mean_{hours}h",
                f"sqrt(greatest({squares} - {total} * {total} / nullif({n}, 0), 0) / nullif({n} - 1, 0)) "
                f"AS {sensor}_std_{hours}h",
                f"{low} AS {sensor}_min_{hours}h",
                f"{high} AS {sensor}_max_{hours}h",
            ]
    return ", ".join(columns)


def _together(name: str, part: str, hours: int) -> str:
    """One of `PARTS` of the last hours, from the sums of the window itself and of those before it."""
    if hours <= WINDOW_HOURS:
        return f"own.{name}_{hours}h"
    parts = [f"{window}.{name}_12h" for window in ("own", "one", "two")[: hours // WINDOW_HOURS]]
    if part in ("min", "max"):
        return f"{'least' if part == 'min' else 'greatest'}({', '.join(parts)})"
    return f"({' + '.join(f'coalesce({one}, 0)' for one in parts)})"


def _events() -> str:
    columns = [f"coalesce(sum({error}_n) {_last(h)}, 0) AS {error}_count_{h}h" for error in ERRORS for h in ERROR_HOURS]
    over = {error: _last(max(ERROR_HOURS)) for error in ERRORS} | dict.fromkeys(COMPONENTS, EVER)
    for event, frame in over.items():
        seconds = f"number * {WINDOW_HOURS * HOUR} - epoch(max({event}_last) {frame})"
        columns.append(f"({seconds}) / {HOUR} AS hours_since_{event}")
    return ", ".join(columns)


def _numbers() -> str:
    latest = ", ".join(f"hours_since_{comp}" for comp in COMPONENTS)
    return ", ".join(NUMERIC).replace("hours_since_maintenance", f"least({latest}) AS hours_since_maintenance")


def _last(hours: int) -> str:
    return f"OVER (PARTITION BY machineID ORDER BY number RANGE {hours // WINDOW_HOURS - 1} PRECEDING)"


def _sums() -> str:
    return ", ".join(
        f"{sql.format(sensor + suffix)} AS {sensor}_{part}_{hours}h"
        for sensor in SENSORS
        for hours, suffix in ((3, "_3h"), (12, ""))
        for part, sql in PARTS.items()
    )


def _lasts(kind: str, kinds: tuple[str, ...]) -> str:
    return ", ".join(
        f"count(*) FILTER ({kind} = '{one}') AS {one}_n, max(datetime) FILTER ({kind} = '{one}') AS {one}_last"
        for one in kinds
    )
