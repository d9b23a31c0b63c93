"""Spark on a laptop: the cluster's one session, and how another process attaches to it."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from java import Java, Launch
from pyspark import SparkConf, SparkContext
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

THOROUGH = (
    "-XX:+UseParallelGC -XX:ReservedCodeCacheSize=512m "
    "-XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 "
    "-XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000"
)
"""Java options for a whole plant: the full compiler, but only for what is called four times as often as usual, and room
for what is compiled.

On two cores a first run spends more time compiling the code that Spark generates than executing it. Java is kept, so
that later runs gain from what is compiled. In the third one the usual code cache is nearly full.
"""

WITHOUT_PROGRAMS = {
    "spark.hadoop.fs.file.impl": "com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
    "spark.delta.logStore.file.impl": "io.delta.storage.LocalLogStore",
}
"""Hadoop without its native library starts `chmod` for each file and folder; Delta's usual store starts `readlink` too,
eight times for each commit: a quarter of the time of a small one. This store also holds a lock where the usual one lets
a second writer replace a commit (delta-io/delta#7567)."""


ASKED_FOR = {
    "functions": ("col",),
    "org.apache.spark.sql.functions": ("coalesce", "col", "expr", "lit", "when"),
    "PythonUtils": ("toSeq",),
    "PythonSQLUtils": (),
    "org.apache.spark.sql.classic.SparkSession": ("getActiveSession",),
}
"""Classes of Java that PySpark looks up by name, and functions of them: each time anew, 2,500 times in a scoring, some
in all jars. A Py4J that is newer than Spark's keeps what it has found (py4j/py4j#596)."""


def start(
    warehouse: Path,
    *,
    java: Launch | Java,
    app: str,
    more: Mapping[str, str] | None = None,
) -> SparkSession:
    """Starts Spark in a Java of its own, or in one that is borrowed.

    Managed tables live under `warehouse`, landing blobs are read from Azurite. `more` are settings over the usual ones.
    """
    if isinstance(java, Java):
        _connect(java.port, java.secret)
    settings = {
        **(java.settings() if isinstance(java, Launch) else {}),
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.warehouse.dir": str(warehouse),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.adaptive.enabled": "false",  # to plan small stages again takes longer than to run them
        "spark.sql.inMemoryColumnarStorage.compressed": "false",
        "spark.sql.codegen.cache.maxEntries": "4000",  # one ingest compiles 250 classes, the default forgets after 100
        "spark.databricks.delta.snapshotPartitions": "2",
        "spark.python.sql.dataFrameDebugging.enabled": "false",  # a third of the calls to Java are for it
        **WITHOUT_PROGRAMS,
        "spark.hadoop.fs.azure.storage.emulator.account.name": "devstoreaccount1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        **(more or {}),
    }
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # otherwise Spark's workers are the PATH's python3
    builder = SparkSession.builder.master("local[*]").appName(app)
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    _keep_classes(spark.sparkContext._jvm)
    return spark


def stop(session: SparkSession) -> None:
    """Stops Spark and leaves its Java to another, whose tables may lie where those of this one lay."""
    java: Any = session.sparkContext._jvm
    session.stop()
    java.org.apache.spark.sql.delta.DeltaLog.clearCache()


def _keep_classes(java: Any) -> None:
    for name, functions in ASKED_FOR.items():
        found = getattr(java, name)
        setattr(java, name, found)
        for function in functions:
            setattr(found, function, getattr(found, function))


def _connect(port: int, secret: str) -> None:
    """From now on this process uses the Java behind `port`."""
    os.environ["PYSPARK_GATEWAY_PORT"], os.environ["PYSPARK_GATEWAY_SECRET"] = str(port), secret


def half_of_memory(limit: int = 8) -> str:
    """Half of this machine's memory, at most `limit` GiB, as Spark writes it (`"6g"`)."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{max(1, min(limit, physical // 2 // 2**30))}g"


def gateway(spark: SparkSession) -> tuple[int, str]:
    """Port and secret by which another process attaches to the Java process of `spark`."""
    java: Any = spark.sparkContext._gateway
    parameters = java.gateway_parameters
    return parameters.port, parameters.auth_token


def attach(port: int, secret: str, job_group: str) -> SparkSession:
    """A session of its own (temporary views, settings, current schema) in the Java process behind `port`.

    Its jobs belong to `job_group`, so that they can be cancelled when this process is killed.
    """
    _connect(port, secret)
    java = launch_gateway()  # type: ignore[no-untyped-call] # Spark has no types for it
    shared = java.jvm.org.apache.spark.SparkContext.getOrCreate()
    conf = SparkConf(_jvm=java.jvm, _jconf=shared.conf())
    context = SparkContext(conf=conf, gateway=java, jsc=java.jvm.JavaSparkContext.fromSparkContext(shared))
    first = java.jvm.org.apache.spark.sql.classic.SparkSession.getDefaultSession().get()
    context.setJobGroup(job_group, job_group, interruptOnCancel=True)
    _keep_classes(java.jvm)
    return SparkSession(context, first.newSession())
