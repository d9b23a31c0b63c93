"""Rows and files that are not loaded, each with its place, its text and the reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from delta.tables import DeltaTable
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.landing.files import LandedFile
from predictive_maintenance.landing.validation import UNKNOWN_MACHINE
from predictive_maintenance.merge import merge, retried
from predictive_maintenance.tables import QUARANTINE, last_version


@dataclass(frozen=True)
class FileFault:
    """A file that is not loaded at all, its first line if that is known, and the reason."""

    file: LandedFile
    raw: str | None
    reason: str


def add(spark: SparkSession, catalog: str, schema: str, run_id: str, rows: DataFrame) -> None:
    """Adds `rows` (table, path, line, raw, reason, landed_at); what is in quarantine already is not added again."""
    stamped = rows.dropDuplicates(list(QUARANTINE.keys)).select(
        "*", F.lit(run_id).alias("run_id"), F.current_timestamp().alias("quarantined_at")
    )
    merge(QUARANTINE.of(catalog, schema), stamped, QUARANTINE.keys, compare=())


def whole_files(spark: SparkSession, faults: Iterable[FileFault]) -> DataFrame:
    """Files as rows for `add`, without a line."""
    rows = [(fault.file.table, fault.file.path, None, fault.raw, fault.reason, None) for fault in faults]
    columns = "table string, path string, line bigint, raw string, reason string, landed_at timestamp"
    return spark.createDataFrame(rows, columns)


def waiting_tables(spark: SparkSession, catalog: str, schema: str) -> set[str]:
    """The tables that have rows in quarantine for no other reason than that their machine was unknown."""
    rows = spark.table(QUARANTINE.of(catalog, schema)).where(F.col("reason") == UNKNOWN_MACHINE)
    return {row["table"] for row in rows.select("table").distinct().collect()}


def waiting_lines(spark: SparkSession, catalog: str, schema: str, table: str) -> DataFrame:
    """Those rows of `table` that are there now, as `landing.lines` gives lines: `position` is the line, and there is no
    `block`. What another run adds meanwhile is not among them, also where Spark reads them again."""
    name = QUARANTINE.of(catalog, schema)
    return (
        spark.sql(f"SELECT * FROM {name} VERSION AS OF {last_version(spark, name)}")
        .where((F.col("reason") == UNKNOWN_MACHINE) & (F.col("table") == table))
        .select("raw", "path", "landed_at", F.lit(None).cast("bigint").alias("block"), F.col("line").alias("position"))
    )


def release(spark: SparkSession, catalog: str, schema: str, rows: DataFrame) -> None:
    """Takes `rows` (table, path, line, raw), whose machine has become known, out of quarantine."""
    keys = ("table", "path", "line", "raw")
    matching = " AND ".join([f"t.reason = '{UNKNOWN_MACHINE}'", *(f"t.`{key}` <=> s.`{key}`" for key in keys)])

    def write() -> None:
        target = DeltaTable.forName(spark, QUARANTINE.of(catalog, schema)).alias("t")
        target.merge(rows.alias("s"), matching).whenMatchedDelete().execute()

    retried(write)
