"""What holds after the last catch-up, whatever happened before: nothing is lost, nothing doubled, nothing stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from urllib.parse import unquote

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from faults.blobs import HEADERS, KEYS, Blob
from faults.plants import SUMMARY
from faults.world import World
from predictive_maintenance.features import point_in_time
from predictive_maintenance.predictions import current_view
from predictive_maintenance.scoring.predict import SAID, predict
from predictive_maintenance.tables import FAILURES, MAINT, PREDICTIONS, WORK_LIST
from predictive_maintenance.windows import WindowRange, moment
from predictive_maintenance.work.changes import EVER, Foresight, Read, changes
from predictive_maintenance.work.work_list import WorkList

WINDOW = ("machineID", "window_end")
BadLine = tuple[str, int, str, str]
"""path, line, text and reason"""


def broken(world: World) -> list[str]:
    """What does not hold, a line each."""
    known = {str(row.machineID) for row in _table(world, "machines").select("machineID").collect()}
    raw = [*_rows(world, known), *_quarantine(world, known), *_ledger(world)]
    return [*raw, *_features(world), *_predictions(world), *_work(world)]


def current_versions(world: World) -> set[str]:
    """By which versions the current predictions are."""
    return {row.model_version for row in _current(world).values()}


def _table(world: World, name: str) -> DataFrame:
    return world.spark.table(f"spark_catalog.{world.schema}.{name}")


def _rows(world: World, known: Collection[str]) -> Iterator[str]:
    """Every valid row of what lies there now is in its table once, as the blob says that landed last.

    What a blob held before it was replaced or deleted may have been loaded, or not.
    """
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


def _quarantine(world: World, known: Collection[str]) -> Iterator[str]:
    """Every bad line of what lies there now is in quarantine once, with file, line and reason, and nothing else."""
    rows = _table(world, "quarantine").select("path", "line", "raw", "reason").collect()
    found = Counter((_below(world, row.path), row.line, row.raw, row.reason) for row in rows)
    yield from (f"quarantine {key}: {count} times" for key, count in found.items() if count > 1)

    def lines(blobs: Iterable[Blob]) -> set[BadLine]:
        return {line for blob in blobs for line in blob.quarantined(known)}

    def is_of(row: BadLine, line: BadLine) -> bool:
        return row[:3] == line[:3] and line[3] in row[3]

    allowed, needed = lines(world.landed), lines(world.present.values())
    yield from (f"quarantine {row}: of no blob" for row in found if not any(is_of(row, line) for line in allowed))
    yield from (f"quarantine {line}: lost" for line in needed if not any(is_of(row, line) for row in found))


def _below(world: World, path: str) -> str:
    """The path of a blob, of one that Spark names."""
    return unquote(path).split(f"{world.root}/")[-1]


def _ledger(world: World) -> Iterator[str]:
    """Every blob that lies there now is in the ledger once, and nothing waits to be scored."""
    rows = _table(world, "ingested_files").selectExpr("path", "unix_seconds(modification_time) AS landed", "scored_by")
    found = Counter[tuple[str, int]]()
    for row in rows.collect():
        if row.path.startswith("quarantine/"):
            continue
        found[(_below(world, row.path), row.landed)] += 1
        if row.scored_by is None:
            yield f"ledger {row.path}: waits to be scored"
    yield from (f"ledger {key}: {count} times" for key, count in found.items() if count > 1)
    present = {(blob.path, blob.landed) for blob in world.present.values()}
    yield from (f"ledger {key}: lost" for key in present - found.keys())
    yield from (
        f"ledger {key}: of no blob" for key in found.keys() - {(blob.path, blob.landed) for blob in world.landed}
    )


def _features(world: World) -> Iterator[str]:
    """The features are those of what is in the tables now; the machine may be as it was announced before."""
    raw = (_table(world, name) for name in ("telemetry", "errors", "maint", "machines"))
    expected = _by_window(point_in_time.compute(*raw, WindowRange(None, None)))
    found = _by_window(_table(world, "features").select(*point_in_time.COLUMNS))
    announced = {line.fields for blob in world.landed if blob.table == "machines" for line in blob.lines}
    for window in expected.keys() & found.keys():
        model, age = found[window].model, found[window].age
        if (str(window[0]), model, f"{age:g}") in announced:
            expected[window] = Row(**expected[window].asDict() | {"model": model, "age": age})
    yield from _unlike("features", found, expected)


def _predictions(world: World) -> Iterator[str]:
    """Each window has one current prediction: what a version that was champion says of the features as they are."""
    found = _current(world)
    said = {
        version: _by_window(predict(world.models[version], _table(world, "features")).select(*WINDOW, *SAID))
        for version in {row.model_version for row in found.values()} or {"1"}
    }
    some = next(iter(said))  # all say something of every window
    yield from _unlike(
        "predictions",
        {window: row[: len(WINDOW) + len(SAID)] for window, row in found.items()},
        {window: said[found[window].model_version if window in found else some][window] for window in said[some]},
    )
    for window, row in found.items():
        if row.model_version not in world.champions[row.run_id]:
            yield f"predictions {window}: by version {row.model_version}, which was no champion in {row.run_id}"


def _work(world: World) -> Iterator[str]:
    """The work list is what follows from the other tables, once scoring has looked for failures that landed alone."""
    work = WorkList(world.spark, "spark_catalog", world.schema, "last")
    sees = Foresight(SUMMARY["horizon_hours"], SUMMARY["window_hours"])
    [last] = _table(world, "predictions").agg(F.unix_seconds(F.max("window_end"))).first()
    if last is None:
        return
    work.keep(work.look(WindowRange(moment(last), moment(last))), PREDICTIONS, sees, alerts=0, costs={})
    read = Read(*(_table(world, table.name) for table in (PREDICTIONS, MAINT, FAILURES, WORK_LIST)))
    differing, _ = changes(read, WindowRange(*EVER), [], sees, "anew", {})
    yield from (f"work_list {row}: not what follows" for row in differing.collect())


def _current(world: World) -> dict[tuple[int, int], Row]:
    name = current_view("spark_catalog", world.schema, PREDICTIONS)
    return _by_window(world.spark.table(name).select(*WINDOW, *SAID, "model_version", "run_id"))


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
