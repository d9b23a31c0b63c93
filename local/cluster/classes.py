"""An archive of the Java classes that a whole run needed: the next start maps it instead of loading them anew."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pyspark
from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

RUNTIME = Path(__file__).resolve().parents[2] / ".runtime"
JARS = sorted((RUNTIME / "jars").glob("*.jar"))


def _java() -> Path:
    home = os.environ.get("JAVA_HOME")
    return Path(f"{home}/bin/java" if home else shutil.which("java") or "java").resolve()


def archive() -> Path:
    """The archive of this Java with these jars; it need not exist."""
    files = [_java(), *JARS, *sorted((Path(pyspark.__file__).parent / "jars").glob("spark-core*.jar"))]
    content = [(str(file), file.stat().st_mtime_ns) for file in files if file.exists()]
    return RUNTIME / f"classes-{hashlib.sha256(repr(content).encode()).hexdigest()[:16]}.jsa"


def can_be_recorded() -> bool:
    """Whether there is no archive yet, and this Java has the one that ours would build on.

    A Java without it, such as the one from PyPI, refuses to start with records.
    """
    return not archive().exists() and (_java().parents[1] / "lib/server/classes.jsa").exists()


def java_options(*, record: bool) -> str:
    """Use of the archive, which Java passes over when it is absent, or the records for making it.

    Records make a start slower by more than an archive makes it quicker: they pay where there are many starts to come.
    """
    classes = "-XX:+RecordDynamicDumpInfo" if record else f"-XX:SharedArchiveFile={archive()}"
    return f"{classes} -Xlog:disable -Xlog:all=error:stderr"


def keep(session: SparkSession) -> bool:
    """Archives the recorded classes; False when this Java cannot."""
    target = archive()
    draft = target.with_suffix(f".{os.getpid()}")
    try:
        _dump(session, draft)
    except Py4JJavaError:
        return False
    for old in RUNTIME.glob("classes-*.jsa"):
        old.unlink()
    draft.rename(target)
    return True


def _dump(session: SparkSession, file: Path) -> None:
    """What `jcmd <pid> VM.cds dynamic_dump <file>` does; that command is only in a JDK."""
    jvm: Any = session.sparkContext._jvm
    gateway: Any = session.sparkContext._gateway
    java = jvm.java

    def array(kind: Any, *values: Any) -> Any:
        filled = gateway.new_array(kind, len(values))
        for index, value in enumerate(values):
            filled[index] = value
        return filled

    texts = "[Ljava.lang.String;"
    signature = ("javax.management.ObjectName", "java.lang.String", "[Ljava.lang.Object;", texts)
    types = array(java.lang.Class, *(java.lang.Class.forName(name) for name in signature))
    # By reflection on the interface: Java does not export the package of the server's class.
    invoke = java.lang.Class.forName("javax.management.MBeanServerConnection").getMethod("invoke", types)
    command = jvm.javax.management.ObjectName("com.sun.management:type=DiagnosticCommand")
    values = array(java.lang.Object, array(java.lang.String, "dynamic_dump", str(file)))
    arguments = array(java.lang.Object, command, "vmCds", values, array(java.lang.String, texts))
    invoke.invoke(java.lang.management.ManagementFactory.getPlatformMBeanServer(), arguments)
