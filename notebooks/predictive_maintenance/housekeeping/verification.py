"""A verification: the program run on a known plant, in a schema and with a model of its own, told and cleared."""

from __future__ import annotations

from typing import cast

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, Prediction, VerificationExit
from predictive_maintenance.registry.registry import Registry
from predictive_maintenance.tables import full_name
from predictive_maintenance.windows import iso

SCHEMA = "verification"
"""The only schema that is ever cleared."""
DIGITS = 6
"""Of a probability that is told."""


def verification(
    spark: SparkSession, *, action: str, catalog: str, schema: str, results_data: str, model_name: str
) -> VerificationExit:
    """`clear` empties the schema and forgets the model. `report` does so too, after it has read what was predicted.

    Raises ValueError for another action, for a schema or a model that is not a verification's, and where nothing was
    predicted: a report that is repeated has nothing to tell.
    """
    if schema != SCHEMA or model_name.split(".")[-2:-1] != [SCHEMA]:
        raise ValueError(
            f"schema is '{schema}' and model_name '{model_name}': "
            f"expected {SCHEMA}, and a model in it; all there is deleted"
        )
    if action not in ("clear", "report"):
        raise ValueError(f"action is '{action}': expected clear or report")
    predictions = _predictions(spark, full_name(catalog, schema, results_data)) if action == "report" else []
    cleared = _clear(spark, catalog, schema)
    Registry(model_name).forget()
    return {"predictions": predictions, "windows": len(predictions), "cleared": cleared}


def _predictions(spark: SparkSession, table: str) -> list[Prediction]:
    if not spark.catalog.tableExists(table):
        raise ValueError(f"nothing was predicted: there is no table {table}")
    probabilities = [f"prob_{comp}" for comp in COMPONENTS]
    rows = spark.table(table).select(
        "machineID",
        F.unix_seconds("window_end").alias("window_end"),
        *(F.round(name, DIGITS).alias(name) for name in probabilities),
        "predicted",
    )
    return [
        cast(Prediction, {**row.asDict(), "window_end": iso(row.window_end)})
        for row in rows.orderBy("machineID", "window_end").collect()
    ]


def _clear(spark: SparkSession, catalog: str, schema: str) -> int:
    if not spark.catalog.databaseExists(f"`{catalog}`.`{schema}`"):
        return 0
    views = [
        row.viewName for row in spark.sql(f"SHOW VIEWS IN `{catalog}`.`{schema}`").collect() if not row.isTemporary
    ]
    tables = [
        row.tableName for row in spark.sql(f"SHOW TABLES IN `{catalog}`.`{schema}`").collect() if not row.isTemporary
    ]
    for view in views:
        spark.sql(f"DROP VIEW IF EXISTS {full_name(catalog, schema, view)}")
    for table in set(tables) - set(views):
        spark.sql(f"DROP TABLE IF EXISTS {full_name(catalog, schema, table)}")
    return len(set(tables) | set(views))
