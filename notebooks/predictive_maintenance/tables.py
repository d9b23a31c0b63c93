"""The Delta tables of the product: their columns, natural keys and partitions."""

from dataclasses import dataclass
from functools import partial

from delta.tables import DeltaTable
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

from predictive_maintenance.contract import COMPONENTS, HORIZONS, SENSORS
from predictive_maintenance.merge import retried
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.rows import only_row


@dataclass(frozen=True)
class Table:
    """A Delta table `<catalog>.<schema>.<name>`; `columns` is DDL, timestamps are UTC, `month` is `yyyy-MM`."""

    name: str
    columns: str
    keys: tuple[str, ...]
    partition: str | None = None

    def of(self, catalog: str, schema: str) -> str:
        """Its full name, quoted for SQL."""
        return full_name(catalog, schema, self.name)


MACHINES = Table("machines", "machineID int, model string, age int, landed_at timestamp", ("machineID",))
TELEMETRY = Table(
    "telemetry",
    "datetime timestamp, machineID int, "
    + "".join(f"{sensor} double, " for sensor in SENSORS)
    + "month string, landed_at timestamp",
    ("machineID", "datetime"),
    "month",
)
ERRORS = Table(
    "errors",
    "datetime timestamp, machineID int, errorID string, landed_at timestamp",
    ("machineID", "datetime", "errorID"),
)
MAINT = Table(
    "maint", "datetime timestamp, machineID int, comp string, landed_at timestamp", ("machineID", "datetime", "comp")
)
FAILURES = Table(
    "failures",
    "datetime timestamp, machineID int, failure string, landed_at timestamp",
    ("machineID", "datetime", "failure"),
)
RAW = (MACHINES, TELEMETRY, ERRORS, MAINT, FAILURES)
"""The tables that files land for. `landed_at` is when the file of a row was last modified: the newest file wins."""

QUARANTINE = Table(
    "quarantine",
    "table string, path string, line bigint, raw string, reason string, run_id string, quarantined_at timestamp, "
    "landed_at timestamp",
    ("table", "path", "line", "raw", "reason"),
)
INGESTED_FILES = Table(
    "ingested_files",
    "table string, path string, size bigint, modification_time timestamp, rows bigint, quarantined bigint, "
    "range_start timestamp, range_end timestamp, ingested_by string, ingested_at timestamp, claimed_by string, "
    "scored_by string, scored_at timestamp",
    ("path", "size", "modification_time"),
)
WITHIN = tuple(f"prob_{comp}_{hours}h" for comp in COMPONENTS for hours in HORIZONS)
"""The columns with the probability of a failure within so many hours."""
PREDICTIONS = Table(
    "predictions",
    "machineID int, window_end timestamp, "
    + "".join(f"prob_{comp} double, " for comp in COMPONENTS)
    + "predicted string, model_version string, run_id string, scored_at timestamp, month string, "
    + "".join(f"{name} double, " for name in WITHIN)
    + "reasons array<struct<comp:string,subject:string,contribution:double,value:double,usual:double,text:string>>",
    ("machineID", "window_end", "model_version"),
    "month",
)
WORK_LIST = Table(
    "work_list",
    "machineID int, component string, since timestamp, until timestamp, status string, outcome string, "
    "closed_at timestamp, failed_at timestamp, probability double, cost_at_stake double, why array<string>, "
    "model_version string, reopened int, "
    "history array<struct<opened_at:timestamp,closed_at:timestamp,after_alert:boolean>>, opened_by string",
    ("machineID", "component", "since"),
)
MONITORING = Table(
    "monitoring",
    "run_id string, recorded_at timestamp, model_version string, rows bigint, quarantined bigint, windows bigint, "
    "alerts bigint, prediction_rate double, drift map<string,double>, drift_max double, precision map<string,double>, "
    "recall map<string,double>, first_window timestamp, last_window timestamp, files_scored bigint, "
    "freshness_median_seconds double, freshness_p95_seconds double, freshness_longest_seconds double",
    ("run_id",),
)


def full_name(catalog: str, schema: str, table: str) -> str:
    """`catalog`.`schema`.`table`, quoted for SQL."""
    return ".".join(f"`{part}`" for part in (catalog, schema, table))


def last_version(spark: SparkSession, name: str) -> int:
    """The number of the last commit to the Delta table of this full name."""
    return int(only_row(DeltaTable.forName(spark, name).history(1).select("version")).version)


def ensure(spark: SparkSession, catalog: str, schema: str, *tables: Table) -> None:
    """Creates the schema and those of `tables` that are absent. To the others the columns that they lack are added.

    Nothing is ever taken away: an older release reads, and goes on writing, what a newer one has made.
    """
    if not spark.catalog.databaseExists(f"`{catalog}`.`{schema}`"):  # creating, even if it exists, takes a privilege
        spark.sql(f"CREATE SCHEMA IF NOT EXISTS `{catalog}`.`{schema}`")
    in_parallel(spark, [partial(_ensure, spark, catalog, schema, table) for table in tables])


def _ensure(spark: SparkSession, catalog: str, schema: str, table: Table) -> None:
    name = table.of(catalog, schema)

    def grow() -> None:
        present = spark.table(name).columns
        absent = [column for column in table.columns.split(", ") if column.split()[0].strip("`") not in present]
        if absent:
            spark.sql(f"ALTER TABLE {name} ADD COLUMNS ({', '.join(absent)})")

    try:
        retried(grow)
    except AnalysisException as error:  # to ask first whether it is there would take as long again
        if error.getCondition() != "TABLE_OR_VIEW_NOT_FOUND":
            raise
        _create(spark, catalog, schema, table)
        retried(grow)


def _create(spark: SparkSession, catalog: str, schema: str, table: Table) -> None:
    partition = f"PARTITIONED BY ({table.partition})" if table.partition else ""
    # Statistics of columns that nothing is looked up by cost a wide table a third of its writes.
    statistics = f"TBLPROPERTIES ('delta.dataSkippingStatsColumns' = '{','.join(table.keys)}')"
    statement = f"CREATE TABLE IF NOT EXISTS {table.of(catalog, schema)} ({table.columns}) USING DELTA"
    retried(lambda: spark.sql(f"{statement} {partition} {statistics}"))
