"""Which of the landed folders `<landing_root>/<table>/<delivery>/` a run lists: few, so that it stays cheap."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import LEAST_LOOK_BACK_DAYS
from predictive_maintenance.landing.files import Entry, List, entries
from predictive_maintenance.tables import INGESTED_FILES, RAW

DATE = r"\d{4}-\d{2}-\d{2}"
"""The name of a folder that is known to have landed on a day."""


def parse_look_back(text: str) -> int | None:
    """Reads the widget `look_back_days`; empty is None, which is no bound. Raises ValueError."""
    if not text.strip():
        return None
    if not text.strip().isdecimal() or int(text) < LEAST_LOOK_BACK_DAYS:
        raise ValueError(
            f"look_back_days is '{text}': expected a whole number of days, at least {LEAST_LOOK_BACK_DAYS}, or nothing"
        )
    return int(text)


def recent(spark: SparkSession, catalog: str, schema: str, ls: List, landing_root: str, days: int) -> list[str]:
    """The paths to list: everything but the folders named by a date that is more than `days` before the newest such
    name and from which files are in the ledger. The root itself when that is all there is.
    """
    found = [entry for table in entries(ls, landing_root) for entry in _below(ls, table)]
    dated = {entry.path: day for entry in found if (day := _day(entry.name))}
    newest = max(dated.values(), default=date.min)
    old = {_folder(path): path for path, day in dated.items() if newest - day > timedelta(days=days)}
    if not old:
        return [landing_root]
    skipped = {old[folder] for folder in _ingested(spark, catalog, schema) if folder in old}
    return [entry.path for entry in found if entry.path not in skipped]


def _below(ls: List, entry: Entry) -> list[Entry]:
    return entries(ls, entry.path) if entry.name.endswith("/") else [entry]


def _day(name: str) -> date | None:
    if not re.fullmatch(f"{DATE}/", name):
        return None
    try:
        return date.fromisoformat(name.rstrip("/"))
    except ValueError:
        return None


def _folder(path: str) -> str:
    """`<table>/<delivery>`: the last two names of the folder `path`."""
    return "/".join(path.rstrip("/").split("/")[-2:])


def _ingested(spark: SparkSession, catalog: str, schema: str) -> list[str]:
    ledger = INGESTED_FILES.of(catalog, schema)
    if not spark.catalog.tableExists(ledger):
        return []
    folder = F.regexp_extract("path", f"/((?:{'|'.join(table.name for table in RAW)})/{DATE})/", 1)
    rows = spark.table(ledger).select(folder.alias("folder")).distinct().collect()
    return [row.folder for row in rows]
