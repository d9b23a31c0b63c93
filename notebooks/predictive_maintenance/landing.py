"""The landed files, `<landing_root>/<table>/<delivery>/<any name>`: CSV, compressed or not, never changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlparse

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

LISTING_TASKS = "spark.sql.sources.parallelPartitionDiscovery.parallelism"
"""Spark starts a task per folder (12 s for 2,000 folders on two cores, 1 s with this bounded)."""


@dataclass(frozen=True)
class LandedFile:
    """A file as listed; `path` is URL-encoded as Spark names the source of a row, `modified` is in µs since 1970."""

    table: str
    path: str
    size: int
    modified: int | None

    @property
    def location(self) -> str:
        """What Spark reads: the plain path, with the characters of a glob escaped."""
        return glob_free(unquote(self.path))


def glob_free(path: str) -> str:
    """`path` with the characters of a glob escaped, as Spark's readers want it."""
    return re.sub(r"([{}\[\]*?\\])", r"\\\1", path)


def listed(spark: SparkSession, paths: Sequence[str]) -> DataFrame | None:
    """`path`, `size` (bytes) and `modification_time` of every file in or below `paths`; None before anything landed.

    Contents are not read. Spark's readers pass over files without a byte, so these come without modification time.
    """
    spark.conf.set(LISTING_TASKS, "16")
    try:
        files = (
            spark.read.format("binaryFile")
            .option("recursiveFileLookup", "true")
            .load([glob_free(path) for path in paths])
        )
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error):
            return None
        raise
    names = [(re.sub("^file:/+", "file:/", name),) for name in files.inputFiles()]
    filled = files.select(
        F.col("_metadata.file_path").alias("path"),
        F.col("length").alias("size"),
        F.col("modificationTime").alias("modification_time"),
    )
    return spark.createDataFrame(names, "path string").join(filled, "path", "left").fillna(0, ["size"])


def table_of(path: str, landing_root: str) -> str:
    """The folder below the landing root that the file `path` lies in; empty for a file outside of any."""
    below = unquote(urlparse(path).path).removeprefix(urlparse(landing_root).path.rstrip("/")).strip("/")
    return below.split("/")[0] if "/" in below else ""


def lines(spark: SparkSession, files: Sequence[LandedFile]) -> DataFrame:
    """Every line of `files`: `raw`, `path`, `landed_at`, and `position` which counts up within a `block` of a file.

    A block starts at that byte of its file; the first line of block 0 is the file's first line.
    """
    return spark.read.text([file.location for file in files]).select(
        F.col("value").alias("raw"),
        F.col("_metadata.file_path").alias("path"),
        F.col("_metadata.file_modification_time").alias("landed_at"),
        F.col("_metadata.file_block_start").alias("block"),
        F.monotonically_increasing_id().alias("position"),
    )


def is_read_failure(error: Exception) -> bool:
    """Whether a job failed because a file is corrupt or no longer there."""
    return any(condition in str(error) for condition in ("FAILED_READ_FILE", "PATH_NOT_FOUND"))


def unreadable(spark: SparkSession, files: Sequence[LandedFile]) -> dict[str, str | None]:
    """Which of `files` cannot be read, by path: the reason, or None for a file that is no longer there.

    Any other failure to read, such as a storage account that does not answer, is raised.
    """
    try:
        spark.read.text([file.location for file in files]).count()
        return {}
    except Exception as error:
        if not is_read_failure(error):
            raise
        if len(files) > 1:
            half = len(files) // 2
            return unreadable(spark, files[:half]) | unreadable(spark, files[half:])
        if "PATH_NOT_FOUND" in str(error) or "FILE_NOT_EXIST" in str(error):
            return {files[0].path: None}
        # A storage that does not answer fails in its client; only damaged contents fail in the decompressor itself.
        if re.search(r"Caused by: [^\n]*\n\s+at (org\.apache\.hadoop\.io\.compress|java\.util\.zip)", str(error)):
            return {files[0].path: "the compressed file is damaged or cut off"}
        raise
