"""Entries of the ledger, for tests."""

from datetime import datetime, timezone

from predictive_maintenance.landing.files import LandedFile
from predictive_maintenance.landing.ledger import Entry


def micros(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=timezone.utc).timestamp()) * 1_000_000


LANDED = micros("2020-01-01")


def entry(table: str, first: str, last: str = "", rows: int = 1, path: str = "a.csv", *, landed: int = LANDED) -> Entry:
    file = LandedFile(table, f"{table}/{path}", 10, landed)
    return Entry(file, rows, 0, micros(first), micros(last or first)) if rows else Entry(file, 0, 0, None, None)
