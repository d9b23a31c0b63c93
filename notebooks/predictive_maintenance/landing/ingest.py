"""Ingest: whatever landed since the last time, validated, into the tables; the ledger says what is to be scored."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial, reduce
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from predictive_maintenance import tables
from predictive_maintenance.contract import IngestExit
from predictive_maintenance.landing import deliveries, ledger, quarantine, schemas
from predictive_maintenance.landing import files as landing
from predictive_maintenance.landing.files import LandedFile
from predictive_maintenance.landing.ledger import Entry
from predictive_maintenance.landing.quarantine import FileFault
from predictive_maintenance.landing.schemas import FileSchema, parse_ahead_hours, parse_limits
from predictive_maintenance.landing.staging import Staged, stage
from predictive_maintenance.merge import merge, within
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.tables import INGESTED_FILES, MACHINES, QUARANTINE, RAW
from predictive_maintenance.windows import from_micros, parse_window_hours

TABLES = sorted(table.name for table in RAW)


def ingest(
    spark: SparkSession,
    ls: landing.List,
    landing_root: str,
    catalog: str,
    schema: str,
    run_id: str,
    window_hours: str = "",
    limits: str = "",
    look_back_days: str = "",
    ahead_hours: str = "",
) -> IngestExit:
    """Loads every file below `landing_root` that the ledger does not know and claims what is not scored yet.

    They are listed by `ls`, which is `dbutils.fs.ls`; with `look_back_days` only the recent deliveries (see
    `deliveries.recent`).
    A row whose moment is more than `ahead_hours` after the landing of its file is quarantined.
    Returns the new files, the rows loaded, the rows and whole files quarantined, and the windows that are now to be
    scored. A repeated run changes nothing: rows are merged by natural key, where the file
    that landed last wins, and a file enters the ledger only after its rows are in.
    """
    hours, files_of = (
        parse_window_hours(window_hours),
        schemas.files(parse_limits(limits), parse_ahead_hours(ahead_hours)),
    )
    days = deliveries.parse_look_back(look_back_days)

    def listed() -> list[LandedFile]:
        paths = deliveries.recent(spark, catalog, schema, ls, landing_root, days) if days else [landing_root]
        return landing.settled(lambda: landing.listed(spark, ls, paths, landing_root))

    used = (*RAW, QUARANTINE, INGESTED_FILES)
    first: list[Callable[[], Any]] = [listed, partial(tables.ensure, spark, catalog, schema, *used)]
    found, _ = in_parallel(spark, first)
    reads: list[Callable[[], Any]] = [
        partial(ledger.not_ingested, spark, catalog, schema, found),
        partial(quarantine.waiting_tables, spark, catalog, schema),
    ]
    files, waiting = in_parallel(spark, reads)
    damaged: dict[str, str] = {}
    while True:
        try:
            entries = _load(spark, catalog, schema, run_id, files, waiting, damaged, files_of, hours)
            break
        except Exception as error:
            if not landing.is_read_failure(error):
                raise
            faulty = landing.unreadable(spark, [file for file in files if not _unusable(file, damaged)])
            if not faulty:
                raise
            damaged |= {path: reason for path, reason in faulty.items() if reason}
            files = [file for file in files if file.path not in faulty or file.path in damaged]
    claimed = ledger.claim(spark, catalog, schema, run_id, hours)
    rows, quarantined = sum(entry.rows for entry in entries), sum(entry.quarantined for entry in entries)
    return {
        "files": len(files),
        "rows": rows,
        "quarantined": quarantined,
        "start_date": claimed.start_date,
        "to_date": claimed.to_date,
    }


def _load(
    spark: SparkSession,
    catalog: str,
    schema: str,
    run_id: str,
    files: Sequence[LandedFile],
    waiting: Collection[str],
    damaged: Mapping[str, str],
    files_of: Mapping[str, FileSchema],
    window_hours: int,
) -> list[Entry]:
    """Loads or quarantines `files`, and the rows in quarantine of the tables `waiting`, then records them.

    `damaged` has the reason why a path cannot be read.
    """
    faults = [FileFault(file, None, reason) for file in files if (reason := _unusable(file, damaged))]
    sound = [file for file in files if not _unusable(file, damaged)]
    staged: list[Staged] = []

    def staging(names: Collection[str]) -> list[Staged]:
        landed = {files_of[name]: [file for file in sound if file.table == name] for name in names}
        used: dict[FileSchema, Sequence[LandedFile]]
        used = {of: files for of, files in landed.items() if files or of.table.name in waiting}
        fresh: list[Staged] = []
        while used:
            found = stage(spark, catalog, schema, used, () if fresh else waiting)
            staged.extend(found)
            fresh += found
            used = {of: files for table in found for of, files in table.rearranged.items()}
        return fresh

    try:
        _merge(catalog, schema, staging([MACHINES.name]))  # before the others: rows of their own delivery know them
        others = staging([name for name in files_of if name != MACHINES.name])
        faults += [fault for table in staged for fault in table.faults]
        rejected = [table.bad for table in staged] + [quarantine.whole_files(spark, faults) if faults else None]
        of_tables = [[one for one in others if one.schema.table.name == name] for name in files_of]
        writes = [partial(_merge, catalog, schema, table) for table in of_tables if table]
        if present := [rows for rows in rejected if rows is not None]:
            rows = reduce(DataFrame.unionByName, present)
            writes.append(partial(quarantine.add, spark, catalog, schema, run_id, rows))
        in_parallel(spark, writes)
        entries = [Entry(fault.file, 0, 1, None, None) for fault in faults]
        for table in staged:
            entries += [Entry(file, of.good, of.bad, of.first, of.last) for file, of in table.loaded.items()]
        if entries:
            ledger.record(spark, catalog, schema, run_id, entries, window_hours)
        for table in staged:
            if table.released is not None:
                quarantine.release(spark, catalog, schema, table.released)
        return entries
    finally:
        for table in staged:
            table.rows.unpersist()


def _unusable(file: LandedFile, damaged: Mapping[str, str]) -> str | None:
    if file.table not in TABLES:
        return f"not in the folder of a table: {', '.join(TABLES)}"
    return file.name_fault or damaged.get(file.path) or (None if file.size else "the file is empty")


def _merge(catalog: str, schema: str, staged: Sequence[Staged]) -> None:
    for rows in staged:  # of one table, so that one merge does not lose to the next
        if any(summary.good for summary in rows.loaded.values()):
            _merge_rows(catalog, schema, rows)


def _merge_rows(catalog: str, schema: str, staged: Staged) -> None:
    table = staged.schema.table
    moments = [at for of in staged.loaded.values() for at in (of.first, of.last) if at is not None]
    bounds = "true"
    if moments:
        first, last = (from_micros(at) for at in (min(moments), max(moments)))
        bounds = within("datetime", first, last, month=table.partition is not None)
    values = [field.name for field in staged.schema.fields if field.name not in table.keys]
    merge(
        table.of(catalog, schema),
        staged.good,
        table.keys,
        bounds=bounds,
        compare=values,
        update_when="s.landed_at >= t.landed_at",
    )
