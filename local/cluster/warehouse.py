"""The catalog lives in memory, the tables in folders: at start the folders are made tables again."""

import shutil
from pathlib import Path
from typing import Any

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
        _manage(spark, schema, folder.name)


def _manage(spark: SparkSession, schema: str, table: str) -> None:
    """Makes a table one whose files go when it is dropped, as it was before the restart.

    SQL makes every table external that is told where it lies. What a verification drops would be in the next one.
    """
    java: Any = spark._jvm
    types = java.org.apache.spark.sql.catalyst
    catalog = spark._jsparkSession.sessionState().catalog()
    found = catalog.getTableMetadata(types.TableIdentifier(table, java.scala.Option.apply(schema)))
    fields = [getattr(found, f"copy$default${place}")() for place in range(1, found.productArity() + 1)]
    fields[1] = types.catalog.CatalogTableType.MANAGED()
    catalog.alterTable(found.copy(*fields))
