"""The catalog lives in memory, the tables in folders: at start the folders are made tables again."""

import shutil
from pathlib import Path

from pyspark.sql import SparkSession


def register_tables(spark: SparkSession, warehouse: Path) -> None:
    """Registers every Delta table `<schema>.db/<table>` below `warehouse`."""
    for log in sorted(warehouse.glob("*.db/*/_delta_log")):
        folder = log.parent
        if not any(log.glob("*.json")):
            # Killed before its first commit: nothing was ever in it, and its rest would stop the table's creation.
            shutil.rmtree(folder)
            continue
        schema = folder.parent.name.removesuffix(".db")
        spark.sql(f"CREATE SCHEMA IF NOT EXISTS `{schema}`")
        location = f"file:{folder}".replace("\\", "\\\\").replace("'", "\\'")
        spark.sql(f"CREATE TABLE IF NOT EXISTS `{schema}`.`{folder.name}` USING delta LOCATION '{location}'")
