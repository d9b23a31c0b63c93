"""What holds after the last catch-up, whatever happened before: nothing is lost, nothing doubled, nothing stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from faults.blobs import HEADERS, KEYS, Blob
from faults.world import World
from predictive_maintenance.features import point_in_time
from predictive_maintenance.predictions import current_view
from predictive_maintenance.scoring.scoring import SAID, predict
from predictive_maintenance.tables import PREDICTIONS
from predictive_maintenance.windows import WindowRange


def broken(world: World) -> list[str]:
    """What does not hold, a line each."""
    return [*_rows(world), *_quarantine(world), *_ledger(world), *_features(world), *_predictions(world)]


def current_versions(world: World) -> set[str]:
    """By which versions the current predictions are."""
    return {row.model_version for row in _current(world).values()}


def _table(world: World, name: str) -> DataFrame:
    return world.spark.table(f"spark_catalog.{world.schema}.{name}")


def _known(world: World) -> dict[str, object]:
    return dict.fromkeys(str(row.machineID) for row in _table(world, "machines").select("machineID").collect())


def _rows(world: World) -> Iterator[str]:
    """Every valid row of what lies there now is in its table once, as the blob says that landed last.

    What a blob held before it was replaced or deleted may have been loaded, or not.
    """
    known = _known(world)
    for table, header in HEADERS.items():
        found = Counter[tuple[str, ...]]()
        values: dict[tuple[str, ...], tuple[str, ...]] = {}
        blobs = sorted((blob for blob in world.landed if blob.table == table), key=lambda blob: blob.landed)
        by_blob = {blob: {_same(key): _same(row) for key, row in blob.rows(known).items()} for blob in blobs}
        for row in _table(world, table).select(*header.split(",")).collect():
            fields = _same(tuple(_text(value) for value in row))
            key = tuple(fields[place] for place in KEYS[table])
            found[key] += 1
            values[key] = fields
        yield from (f"{table} {key}: {count} times" for key, count in found.items() if count > 1)
        keys = {key for rows in by_blob.values() for key in rows}
        yield from (f"{table} {key}: of no blob" for key in found.keys() - keys)
        for key in keys:
            stays = [blob for blob in blobs if key in by_blob[blob] and world.present.get(blob.path) is blob]
            passed = [blob for blob in blobs if key in by_blob[blob] and blob not in stays]
            allowed = [
                by_blob[blob][key] for blob in (*stays[-1:], *passed) if not stays or blob.landed >= stays[-1].landed
            ]
            if key not in values:
                if stays:
                    yield f"{table} {key}: lost, it is in {stays[-1].path}"
            elif values[key] not in allowed:
                yield f"{table} {key}: is {values[key]}, allowed {allowed}"


def _text(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


def _same(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Fields that can be compared: 40 is 40.0."""
    return tuple(str(float(field)) if field.replace(".", "", 1).isdigit() else field for field in fields)


def _quarantine(world: World) -> Iterator[str]:
    """Every bad line of what lies there now is in quarantine once, with file, line and reason, and nothing else."""
    known = _known(world)
    rows = _table(world, "quarantine").select("path", "line", "raw", "reason").collect()
    root = world.root.as_uri().removeprefix("file://")
    found = Counter((unquote(row.path).split(f"{root}/")[-1], row.line, row.raw, row.reason) for row in rows)
    yield from (f"quarantine {key}: {count} times" for key, count in found.items() if count > 1)

    def is_of(row: tuple[str, int, str, str], blobs: Sequence[Blob]) -> bool:
        lines = {line for blob in blobs for line in blob.quarantined(known)}
        return any(row[:3] == line[:3] and line[3] in row[3] for line in lines)

    yield from (f"quarantine {row}: of no blob" for row in found if not is_of(row, world.landed))
    for blob in world.present.values():
        for path, number, text, reason in blob.quarantined(known):
            if not any((path, number, text) == row[:3] and reason in row[3] for row in found):
                yield f"quarantine {(path, number, text, reason)}: lost"


def _ledger(world: World) -> Iterator[str]:
    """Every blob that lies there now is in the ledger once, and nothing waits to be scored."""
    rows = _table(world, "ingested_files").selectExpr(
        "path", "size", "unix_seconds(modification_time) AS landed", "scored_by", "rows"
    )
    found = Counter[tuple[str, int]]()
    for row in rows.collect():
        if row.path.startswith("quarantine/"):
            continue
        found[(unquote(row.path).split(f"{world.root}/")[-1], row.landed)] += 1
        if row.scored_by is None:
            yield f"ledger {row.path}: waits to be scored"
    yield from (f"ledger {key}: {count} times" for key, count in found.items() if count > 1)
    present = {(blob.path, blob.landed) for blob in world.present.values()}
    yield from (f"ledger {key}: lost" for key in present - found.keys())
    yield from (
        f"ledger {key}: of no blob" for key in found.keys() - {(blob.path, blob.landed) for blob in world.landed}
    )


def _features(world: World) -> Iterator[str]:
    """The features are those of what is in the tables now."""
    raw = (_table(world, name) for name in ("telemetry", "errors", "maint", "machines"))
    expected = _by_window(point_in_time.compute(*raw, WindowRange(None, None)))
    found = _by_window(_table(world, "features").select(*point_in_time.COLUMNS))
    yield from _unlike("features", found, expected)


def _predictions(world: World) -> Iterator[str]:
    """Each window has one current prediction: what a version that was champion says of the features as they are."""
    found = _current(world)
    said = {
        version: _by_window(predict(model, _table(world, "features")).select("machineID", "window_end", *SAID))
        for version, model in world.models.items()
    }
    yield from _unlike(
        "predictions",
        {window: row[: len(SAID) + 2] for window, row in found.items()},
        {window: said[found[window][-2] if window in found else "1"][window] for window in said["1"]},
    )
    for window, row in found.items():
        if row.model_version not in world.champions[row.run_id]:
            yield f"predictions {window}: by version {row.model_version}, which was no champion in {row.run_id}"


def _current(world: World) -> dict[tuple[int, int], Row]:
    name = current_view("spark_catalog", world.schema, PREDICTIONS)
    return _by_window(world.spark.table(name).select("machineID", "window_end", *SAID, "model_version", "run_id"))


def _by_window(rows: DataFrame) -> dict[tuple[int, int], Row]:
    collected = rows.withColumn("window_end", F.unix_seconds("window_end")).collect()
    found = {(row.machineID, row.window_end): row for row in collected}
    if len(found) < len(collected):
        raise AssertionError(f"{len(collected) - len(found)} windows are doubled")
    return found


def _unlike(name: str, found: dict, expected: dict) -> Iterator[str]:
    yield from (f"{name} {window}: lost" for window in expected.keys() - found.keys())
    yield from (f"{name} {window}: of no telemetry" for window in found.keys() - expected.keys())
    for window in expected.keys() & found.keys():
        if tuple(found[window]) != tuple(expected[window]):
            yield f"{name} {window}: {tuple(found[window])[:7]} is stale, now {tuple(expected[window])[:7]}"
