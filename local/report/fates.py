"""What became of the files that landed, by the ledger and the quarantine. Times are ISO 8601 in UTC."""

from typing import Any

from pyspark.sql import Column, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.tables import INGESTED_FILES, QUARANTINE

MOST = 200
"""Files, and rows of quarantine, that are shown: the latest."""
LONGEST_LINE = 500
"""Characters of a row as it landed."""
ISO = "yyyy-MM-dd'T'HH:mm:ss'Z'"


def files(spark: SparkSession) -> list[dict[str, Any]]:
    """The files that were ingested last, with when they were scored."""
    latest = spark.table(INGESTED_FILES.name).orderBy(F.desc("ingested_at"), "path").limit(MOST)
    columns = [
        *(F.col("table"), _place().alias("path"), F.col("rows"), F.col("quarantined")),
        F.date_format("ingested_at", ISO).alias("ingestedAt"),
        F.date_format("scored_at", ISO).alias("scoredAt"),
    ]
    return [row.asDict() for row in latest.select(columns).collect()]


def bad_rows(spark: SparkSession) -> list[dict[str, Any]]:
    """The rows that came into quarantine last, as they landed."""
    latest = spark.table(QUARANTINE.name).orderBy(F.desc("quarantined_at"), "path", "line").limit(MOST)
    raw = F.substring("raw", 1, LONGEST_LINE).alias("raw")
    return [row.asDict() for row in latest.select("table", _place().alias("path"), "line", raw, "reason").collect()]


def _place() -> Column:
    """The path of a file within its container."""
    return F.regexp_replace("path", "^[a-z]+://[^/]+/", "")
