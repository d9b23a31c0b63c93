"""The predictions as one CSV file for people: a line per window and model version."""

import os
import shutil
from pathlib import Path

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
    """Writes `predictions` in order of time; the file is replaced as a whole. Without any it has its head only."""
    if predictions is None:
        file.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
        return
    draft = file.with_name(f"{file.name}.draft")
    values = {name: F.col(name) for name in COLUMNS}
    values |= {name: F.col(name).cast("decimal(9,6)") for name in (*PROBABILITIES, *WITHIN)}
    values |= {name: F.date_format(name, ISO) for name in ("window_end", "scored_at")}
    values["reasons"] = F.expr(f"nullif(concat_ws('; ', {WHY}), '')")
    rows = predictions.select([value.alias(name) for name, value in values.items()])
    order: list[str | Column] = ["window_end", "machineID", F.length("model_version"), "model_version"]
    ordered = rows.repartition(1).sortWithinPartitions(*order)
    ordered.write.mode("overwrite").option("header", True).csv(f"file:{draft.absolute()}")
    [part] = draft.glob("part-*.csv")
    os.replace(part, file)
    shutil.rmtree(draft)
