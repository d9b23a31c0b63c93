"""Whether two Parquet data sets of different programs hold the same rows; what differs is one clear line."""

from collections.abc import Sequence

TOLERANCE = 1e-9
"""Of numbers: relative, and absolute below 1, such as for the deviation of three readings that are nearly equal."""


class Different(Exception):
    """The message says which column, and how far apart."""


def hold_equal(what: str, ours: str, theirs: str, keys: Sequence[str], numbers: Sequence[str] = ()) -> int:
    """Compares two patterns of Parquet files by `keys`, which are equal, and `numbers`, which are nearly so.

    Returns how many rows there are. Raises Different.
    """
    import duck  # not for who asks for help, before anything is set up

    connection = duck.connect()
    key = ", ".join(keys)
    counts = [connection.execute(f"SELECT count(*) FROM '{files}'").fetchone()[0] for files in (ours, theirs)]
    both = f"(SELECT {key} FROM '{ours}' INTERSECT ALL SELECT {key} FROM '{theirs}')"
    shared = connection.execute(f"SELECT count(*) FROM {both}").fetchone()[0]
    if {shared, *counts} != {shared}:
        raise Different(f"{what}: {counts[0]} rows against {counts[1]}, {shared} of them with the same {key}")
    if numbers:
        distances = ", ".join(
            f"max(CASE WHEN a.{n} IS NULL AND b.{n} IS NULL THEN 0 WHEN a.{n} IS NULL OR b.{n} IS NULL THEN 'inf' "
            f"ELSE abs(a.{n} - b.{n}) / greatest(1, abs(a.{n}), abs(b.{n})) END)"
            for n in numbers
        )
        found = connection.execute(f"SELECT {distances} FROM '{ours}' a JOIN '{theirs}' b USING ({key})").fetchone()
        worst, column = max(zip(found, numbers))
        if worst > TOLERANCE:
            raise Different(f"{what}: {column} differs by {worst:.1e}, more than {TOLERANCE:.0e}")
    return shared
