"""`dbutils.fs` over Hadoop's file systems: local folders and the landing container alike."""

from typing import Any, NamedTuple

from pyspark.sql import SparkSession


class FileInfo(NamedTuple):
    """`size` in bytes, `modificationTime` in milliseconds since 1970; a folder's path and name end with `/`."""

    path: str
    name: str
    size: int
    modificationTime: int

    def isDir(self) -> bool:
        return self.path.endswith("/")

    def isFile(self) -> bool:
        return not self.isDir()


class FileSystem:
    def __init__(self, spark: SparkSession) -> None:
        self._java: Any = spark.sparkContext._jvm
        self._conf = spark.sparkContext._jsc.hadoopConfiguration()

    def ls(self, path: str) -> list[FileInfo]:
        system, place = self._system(path)
        try:
            infos = [self._info(status) for status in system.listStatus(place)]
        except Exception as error:  # Java's, as the text of Py4J's; to ask first would be one more request to the store
            if "FileNotFoundException" not in str(error):
                raise
            raise _missing(path) from None
        return sorted(infos, key=lambda info: info.path)

    def head(self, path: str, max_bytes: int = 65536) -> str:
        """The first `max_bytes` bytes as UTF-8; a character cut in two at the end is left out."""
        system, place = self._existing(path)
        stream = system.open(place)
        try:
            content = self._java.org.apache.commons.io.input.BoundedInputStream(stream, max_bytes)
            return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(content)).decode("utf-8", errors="ignore")
        finally:
            stream.close()

    def put(self, path: str, contents: str, overwrite: bool = False) -> bool:
        system, place = self._system(path)
        if not overwrite and system.exists(place):
            raise FileExistsError(f"{path} exists; pass overwrite=True to replace it")
        stream = system.create(place, True)
        try:
            stream.write(bytearray(contents, "utf-8"))
        finally:
            stream.close()
        return True

    def cp(self, from_: str, to: str, recurse: bool = False) -> bool:
        return self._copy(from_, to, recurse, delete=False)

    def mv(self, from_: str, to: str, recurse: bool = False) -> bool:
        return self._copy(from_, to, recurse, delete=True)

    def rm(self, path: str, recurse: bool = False) -> bool:
        """Whether something was removed."""
        system, place = self._system(path)
        return bool(system.exists(place) and system.delete(place, recurse))

    def mkdirs(self, path: str) -> bool:
        system, place = self._system(path)
        return bool(system.mkdirs(place))

    def exists(self, path: str) -> bool:
        system, place = self._system(path)
        return bool(system.exists(place))

    def _system(self, path: str) -> tuple[Any, Any]:
        place = self._java.org.apache.hadoop.fs.Path(path.removeprefix("dbfs:"))
        return place.getFileSystem(self._conf), place

    def _existing(self, path: str) -> tuple[Any, Any]:
        system, place = self._system(path)
        if not system.exists(place):
            raise _missing(path)
        return system, place

    def _copy(self, from_: str, to: str, recurse: bool, delete: bool) -> bool:
        source, place = self._existing(from_)
        if source.getFileStatus(place).isDirectory() and not recurse:
            raise IsADirectoryError(f"{from_} is a folder; pass recurse=True")
        target, destination = self._system(to)
        files = self._java.org.apache.hadoop.fs.FileUtil
        return bool(files.copy(source, place, target, destination, delete, True, self._conf))

    @staticmethod
    def _info(status: Any) -> FileInfo:
        path, modified = status.getPath(), status.getModificationTime()
        if status.isDirectory():
            return FileInfo(f"{path}/", f"{path.getName()}/", 0, modified)
        return FileInfo(str(path), path.getName(), status.getLen(), modified)


def _missing(path: str) -> FileNotFoundError:
    return FileNotFoundError(f"no such file or folder: {path}")
