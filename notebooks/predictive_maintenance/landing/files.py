"""The landed files, `<landing_root>/<table>/<delivery>/<any name>`: CSV, compressed or not, never changed."""

import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from typing import Protocol
from urllib.parse import quote, unquote, urlparse

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.parallel import in_parallel

MARKERS = ("_SUCCESS", "_started_*", "_committed_*", "_temporary", "*.crc", "*.part", "*_$folder$", ".DS_Store")
"""Names that writers leave beside what they deliver, or give it until it is whole: such a file is left alone, and so is
all that lies below a folder of such a name."""
LISTERS = 16
"""Folders that are listed at once."""
SETTLED = 2_000_000
"""Microseconds. Storage knows the second of a write: until it has passed, another file of the same size may come into
the place of this one, and nothing tells the two apart."""
GLOB = re.compile(r"[{}\[\]*?\\]")
KEPT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/;:@&=+$,_-!.~'()*")
"""The ASCII characters of a path that Spark does not encode."""


class Entry(Protocol):
    """What `dbutils.fs.ls` returns: a folder's `name` and `path` end with a slash; `modificationTime` is in ms."""

    path: str
    name: str
    size: int
    modificationTime: int


List = Callable[[str], Iterable[Entry]]


@dataclass(frozen=True)
class LandedFile:
    """A file as listed; `path` is URL-encoded as Spark names the source of a row, `modified` is in µs since 1970."""

    table: str
    path: str
    size: int
    modified: int

    @property
    def location(self) -> str:
        """What Spark reads: the plain path, with the characters of a glob escaped."""
        return glob_free(unquote(self.path))

    @property
    def name_fault(self) -> str | None:
        """Why Spark's readers do not read the file, even when it is named. A folder may begin with _ or . though."""
        path = unquote(self.path)
        if re.fullmatch(r"[_.].*|.*\._COPYING_", path.split("/")[-1], re.DOTALL):
            return "Spark passes over a name that begins with _ or . or ends in ._COPYING_: land the file under another"
        if GLOB.search(path) and ":" in path.split(":", 1)[1]:
            return "Spark takes no path with both a colon and one of {}[]*?\\: land the file under another name"
        if codec := re.search(r"\.(lz4|snappy|zst)$", path):
            return f"compressed as {codec[1]}, which Spark knows in Hadoop's own form only: land CSV, gzip or bzip2"
        return None


def glob_free(path: str) -> str:
    """`path` with the characters of a glob escaped, as Spark's readers want it."""
    return GLOB.sub(r"\\\g<0>", path)


def entries(ls: List, path: str) -> list[Entry]:
    """What lies in the folder `path`, or the file `path` itself, without `MARKERS`; nothing where there is neither."""
    try:
        found = list(ls(path))
    except Exception as error:  # Databricks raises an error of its own, with Java's inside
        if isinstance(error, FileNotFoundError) or "FileNotFoundException" in str(error):
            return []
        raise
    return [entry for entry in found if not any(fnmatchcase(entry.name.rstrip("/"), name) for name in MARKERS)]


def listed(spark: SparkSession, ls: List, paths: Sequence[str], landing_root: str) -> list[LandedFile]:
    """Every file in or below `paths`, whatever its name, without `MARKERS`.

    Not by Spark's own listing, which leaves out every name that begins with `_` or `.`, and all below such a folder.
    """
    files: list[LandedFile] = []
    folders = list(paths)
    while folders:
        shares = [folders[first::LISTERS] for first in range(min(LISTERS, len(folders)))]
        below = [entry for share in in_parallel(spark, [partial(_all, ls, one) for one in shares]) for entry in share]
        files += [_landed(entry, landing_root) for entry in below if not entry.name.endswith("/")]
        folders = [entry.path for entry in below if entry.name.endswith("/")]
    return files


def settled(files: Callable[[], Sequence[LandedFile]]) -> list[LandedFile]:
    """The `files` that are there now, listed once more if one of them is not `SETTLED` yet."""
    found = list(files())
    left = max((file.modified for file in found), default=0) + SETTLED - time.time_ns() // 1000
    if left <= 0:
        return found
    time.sleep(min(left, SETTLED) / 1_000_000)  # no longer where the clock of the storage is ahead
    paths = {file.path for file in found}
    return [file for file in files() if file.path in paths]


def _all(ls: List, folders: Sequence[str]) -> list[Entry]:
    return [entry for folder in folders for entry in entries(ls, folder)]


def _landed(entry: Entry, landing_root: str) -> LandedFile:
    path = encoded(entry.path)
    return LandedFile(table_of(path, landing_root), path, entry.size, entry.modificationTime * 1000)


def encoded(path: str) -> str:
    """The plain `path` as Spark names it in `_metadata.file_path`, which is Java's encoding of a URI: letters of any
    language stay as they are."""
    [(store, below)] = re.findall(r"\A([a-z]+:(?://[^/]*)?)?(.*)\Z", path, re.DOTALL)
    return str(store) + "".join(char if _is_kept(char) else quote(char) for char in below)


def _is_kept(char: str) -> bool:
    return char in KEPT if char.isascii() else unicodedata.category(char) not in ("Cc", "Zl", "Zp", "Zs")


def table_of(path: str, landing_root: str) -> str:
    """The folder below the landing root that the file `path` lies in; empty for a file outside of any."""
    below = unquote(urlparse(path).path).removeprefix(urlparse(landing_root).path.rstrip("/")).strip("/")
    return below.split("/")[0] if "/" in below else ""


def lines(spark: SparkSession, files: Sequence[LandedFile]) -> DataFrame:
    """Every line of `files`: `raw`, `path`, `landed_at`, and `position` which counts up within a `block` of a file.

    A block starts at that byte of its file; the first line of block 0 is the file's first line.
    """
    return _texts(spark, files).select(
        F.col("value").alias("raw"),
        F.col("_metadata.file_path").alias("path"),
        F.col("_metadata.file_modification_time").alias("landed_at"),
        F.col("_metadata.file_block_start").alias("block"),
        F.monotonically_increasing_id().alias("position"),
    )


def list_in_few_tasks(spark: SparkSession) -> None:
    """Bounds how many tasks of this session list folders.

    Otherwise reading starts one per path that it is given (12 s for 2,000 on two cores, 1 s with this bounded), and
    VACUUM 10,000, however few the files of its table are.
    """
    spark.conf.set("spark.sql.sources.parallelPartitionDiscovery.parallelism", str(LISTERS))


def _texts(spark: SparkSession, files: Sequence[LandedFile]) -> DataFrame:
    list_in_few_tasks(spark)
    # By the plain path alone: folders such as date=2015-01-31 would become columns, or be refused where they differ.
    return spark.read.option("recursiveFileLookup", "true").text([file.location for file in files])


def is_read_failure(error: Exception) -> bool:
    """Whether a job failed because a file is corrupt or no longer there."""
    return any(condition in str(error) for condition in ("FAILED_READ_FILE", "PATH_NOT_FOUND"))


def unreadable(spark: SparkSession, files: Sequence[LandedFile]) -> dict[str, str | None]:
    """Which of `files` cannot be read, by path: the reason, or None for a file that is no longer there.

    Any other failure to read, such as a storage account that does not answer, is raised.
    """
    try:
        _texts(spark, files).count()
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
