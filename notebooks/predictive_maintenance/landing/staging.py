"""The lines of a table's new files, validated once and cached: no file is read again to count, load or quarantine."""

import time
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce

from pyspark.sql import DataFrame, Row, SparkSession, Window
from pyspark.sql import functions as F

from predictive_maintenance.landing import files as landing
from predictive_maintenance.landing import quarantine
from predictive_maintenance.landing.files import LandedFile
from predictive_maintenance.landing.quarantine import FileFault
from predictive_maintenance.landing.schemas import FileSchema
from predictive_maintenance.landing.validation import LONGEST_LINE, explained, validated
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.tables import MACHINES
from predictive_maintenance.windows import month_of

Blocks = Mapping[tuple[str, str], Sequence[Row]]
"""The counts of `_blocks` by table and path."""


@dataclass(frozen=True)
class FileSummary:
    """The good and the bad rows of a file; `first` and `last` are the moments of the good ones, in µs since 1970."""

    good: int
    bad: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Staged:
    """What is to be loaded into one table.

    `rows` are cached: the typed columns, whether the row is `good`, `path`, `landed_at`, `position` within `block`
    (null for a row that was in quarantine), and `raw` unless the row is good. `loaded` are the files that have the
    columns of the schema, `rearranged` those with the same columns otherwise, to be staged by that schema, and
    `faults` all others. Rows that leave quarantine count as one file of `loaded`.
    """

    schema: FileSchema
    rows: DataFrame
    loaded: Mapping[LandedFile, FileSummary]
    faults: Sequence[FileFault]
    rearranged: Mapping[FileSchema, Sequence[LandedFile]]

    @property
    def released(self) -> DataFrame | None:
        """The rows that leave quarantine, as `quarantine.release` takes them."""
        if not any(_was_waiting(file) for file in self.loaded):
            return None
        rows = self.rows.where(F.col("block").isNull())
        return rows.select(F.lit(self.schema.table.name).alias("table"), "path", F.col("position").alias("line"), "raw")

    @property
    def bad(self) -> DataFrame | None:
        """The bad rows, as `quarantine.add` takes them.

        The line is known in the first block of a file, which is all of it up to 128 MB.
        """
        if not any(summary.bad for summary in self.loaded.values()):
            return None
        first = self.rows.groupBy("path", "block").agg(F.min("position").alias("first"))
        header = (F.col("block") == 0) & (F.col("position") == F.col("first"))
        rows = self._sound.where(~F.col("good")).join(F.broadcast(first), ["path", "block"]).where(~header)
        return explained(rows, self.schema).select(
            F.lit(self.schema.table.name).alias("table"),
            "path",
            F.when(F.col("block") == 0, F.col("position") - F.col("first") + 1).alias("line"),
            F.substring("raw", 1, LONGEST_LINE).alias("raw"),
            "reason",
            "landed_at",
        )

    @property
    def good(self) -> DataFrame:
        """The good rows with the columns of the table, one per natural key: of several, the one that landed last."""
        table = self.schema.table
        latest = [F.col(column).desc() for column in ("landed_at", "path", "block", "position")]
        rank = F.row_number().over(Window.partitionBy(*table.keys).orderBy(*latest))
        rows = self._sound.where("good").withColumn("rank", rank).where("rank = 1")
        if table.partition:
            rows = rows.withColumn(table.partition, month_of(F.col("datetime")))
        return rows.drop("rank", "good", "path", "block", "position", "raw", "mark")

    @property
    def _sound(self) -> DataFrame:
        others = [file for files in self.rearranged.values() for file in files]
        wrong = [file.path for file in (*others, *(fault.file for fault in self.faults))]
        return self.rows.where(F.col("block").isNull() | ~F.col("path").isin(wrong)) if wrong else self.rows


def stage(
    spark: SparkSession,
    catalog: str,
    schema: str,
    sources: Mapping[FileSchema, Sequence[LandedFile]],
    waiting: Collection[str],
) -> list[Staged]:
    """Reads the files of each schema, and the rows in quarantine of the tables `waiting`, in one Spark job.

    The caller unpersists `rows`.
    """
    # Spark takes a plan over the same paths for the same data: without a mark, the cache of a run that was killed would
    # hide that a file has been replaced since.
    mark = uuid.uuid4().hex
    known = _known_machines(spark, catalog, schema) if any(of.table != MACHINES for of in sources) else None
    planned = in_parallel(
        spark,
        [
            partial(_rows, spark, catalog, schema, of, files, known, waiting=of.table.name in waiting)
            for of, files in sources.items()
        ],
    )
    cached = {of: rows.withColumn("mark", F.lit(mark)).persist() for of, rows in zip(sources, planned)}
    try:
        blocks = reduce(DataFrame.unionByName, (_blocks(of, rows) for of, rows in cached.items())).collect()
    except Exception:
        for rows in cached.values():
            rows.unpersist()
        raise
    found: dict[tuple[str, str], list[Row]] = {}
    for block in blocks:
        found.setdefault((block.table, block.path), []).append(block)
    return [_staged(of, cached[of], files, found) for of, files in sources.items()]


def _known_machines(spark: SparkSession, catalog: str, schema: str) -> DataFrame:
    """As they are now. Spark forgets what it has cached of a table when another run writes to it: a row that waits for
    its machine would be a good one when it is read again, and neither be loaded nor be in quarantine."""
    machines = spark.table(MACHINES.of(catalog, schema)).select("machineID").collect()
    return spark.createDataFrame(machines, "machineID int").withColumn("known", F.lit(True))


def _rows(
    spark: SparkSession,
    catalog: str,
    schema: str,
    of: FileSchema,
    files: Sequence[LandedFile],
    known: DataFrame | None,
    *,
    waiting: bool,
) -> DataFrame:
    sources = [landing.lines(spark, files)] if files else []
    if waiting:
        sources.append(quarantine.waiting_lines(spark, catalog, schema, of.table.name))
    rows = validated(reduce(DataFrame.unionByName, sources), of).withColumnRenamed("valid", "good")
    if known is not None and of.table != MACHINES:
        rows = rows.join(F.broadcast(known), "machineID", "left")
        rows = rows.withColumn("good", F.col("good") & F.col("known").isNotNull()).drop("known")
    good, was_waiting = F.col("good"), F.col("block").isNull()
    raw = F.when(~good | was_waiting, F.substring("raw", 1, LONGEST_LINE + 1))  # still too long, and not without bounds
    return rows.where(good | ~was_waiting).withColumn("raw", raw)


def _blocks(of: FileSchema, rows: DataFrame) -> DataFrame:
    """Counts per block of a file; `header` is its first line, null where that is a good row."""
    good = F.col("good")
    moment = F.when(good, F.col("datetime")) if "datetime" in rows.columns else F.lit(None).cast("timestamp")
    keyed = rows.withColumn("path", F.when(F.col("block").isNull(), "").otherwise(F.col("path")))
    counts = keyed.groupBy("path", "block").agg(
        F.min("position").alias("start"),
        F.count_if(good).alias("good"),
        F.count_if(~good).alias("bad"),
        F.unix_micros(F.min(moment)).alias("first_"),
        F.unix_micros(F.max(moment)).alias("last_"),
    )
    # A string aggregated over all rows would sort them all; a header is among the few bad ones.
    headers = (
        keyed.where(~good)
        .groupBy("path", "block")
        .agg(F.min("position").alias("start"), F.min_by("raw", "position").alias("header"))
    )
    return counts.join(F.broadcast(headers), ["path", "block", "start"], "left").select(
        F.lit(of.table.name).alias("table"), "path", "block", "header", "good", "bad", "first_", "last_"
    )


def _staged(of: FileSchema, rows: DataFrame, files: Sequence[LandedFile], found: Blocks) -> Staged:
    loaded: dict[LandedFile, FileSummary] = {}
    rearranged: dict[FileSchema, list[LandedFile]] = {}
    faults = []
    for file in files:
        blocks = found.get((of.table.name, file.path), [])
        line, fault = _first_line(blocks, of)
        arranged = None if fault or line is None else of.arranged(_without_mark(line))
        if arranged is None:
            faults.append(FileFault(file, line, fault or f"wrong header; expected {of.header}"))
        elif arranged == of:
            loaded[file] = _summary(blocks, headers=1)
        else:
            rearranged.setdefault(arranged, []).append(file)
    if waiting := found.get((of.table.name, "")):
        summary = _summary(waiting, headers=0)
        loaded[_leaving_quarantine(of, summary.good)] = summary
    return Staged(of, rows, loaded, faults, rearranged)


def _summary(blocks: Sequence[Row], headers: int) -> FileSummary:
    moments = [moment for block in blocks for moment in (block.first_, block.last_) if moment is not None]
    bad = sum(block.bad for block in blocks) - headers
    return FileSummary(sum(block.good for block in blocks), bad, min(moments, default=None), max(moments, default=None))


def _first_line(blocks: Sequence[Row], of: FileSchema) -> tuple[str | None, str | None]:
    """The first line of a file, and why it cannot be a header."""
    if not blocks:
        return None, "the file is empty"
    line = next(block.header for block in blocks if block.block == 0)
    if line is None:
        return None, f"no header: the first line is data; expected {of.header}"
    text = _without_mark(line)
    return line, "not text" if "\ufffd" in text or not text.replace("\t", " ").isprintable() else None


def _without_mark(line: str) -> str:
    return line.lstrip("\ufeff")  # the byte order mark that spreadsheets write


def _leaving_quarantine(of: FileSchema, rows: int) -> LandedFile:
    """The ledger knows rows that leave quarantine as a file of their own: their first file may be scored already."""
    return LandedFile(of.table.name, f"quarantine/{of.table.name}", rows, time.time_ns() // 1000)


def _was_waiting(file: LandedFile) -> bool:
    return file.path.startswith("quarantine/")
