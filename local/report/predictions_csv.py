"""The predictions as one CSV file for people: a line per window and model version."""

from pathlib import Path

import one_file
from fates import ISO
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.tables import WITHIN

PROBABILITIES = [f"prob_{component}" for component in COMPONENTS]
SAID = ("machineID", "window_end", *PROBABILITIES, "predicted", "model_version", "run_id", "scored_at")
COLUMNS = (*SAID, *WITHIN, "reasons")
WHY = "transform(reasons, one -> concat(one.comp, ': ', one.text))"


def write(predictions: DataFrame | None, file: Path) -> None:
    """Writes `predictions` in order of time."""
    values = {name: F.col(name) for name in COLUMNS}
    values |= {name: F.col(name).cast("decimal(9,6)") for name in (*PROBABILITIES, *WITHIN)}
    values |= {name: F.date_format(name, ISO) for name in ("window_end", "scored_at")}
    values["reasons"] = F.expr(f"nullif(concat_ws('; ', {WHY}), '')")
    order: list[str | Column] = ["window_end", "machineID", F.length("model_version"), "model_version"]
    rows = predictions and predictions.select([value.alias(name) for name, value in values.items()])
    one_file.write(rows, COLUMNS, order, file)
