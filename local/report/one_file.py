"""Rows as one CSV file with a head, replaced as a whole."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import Column, DataFrame


def write(rows: DataFrame | None, columns: Sequence[str], order: Sequence[str | Column], file: Path) -> None:
    """Writes `rows` in their order; without any the file has its head only."""
    if rows is None:
        file.write_text(",".join(columns) + "\n", encoding="utf-8")
        return
    draft = file.with_name(f"{file.name}.draft")
    ordered = rows.repartition(1).sortWithinPartitions(*order).select(*columns)
    ordered.write.mode("overwrite").option("header", True).csv(f"file:{draft.absolute()}")
    [part] = draft.glob("part-*.csv")
    os.replace(part, file)
    shutil.rmtree(draft)
