"""How the Spark of the cluster writes to a disk, and what Python asks of it."""

import sys
from pathlib import Path

import pytest
from py4j.clientserver import ClientServerConnection
from pyspark.sql import functions as F


@pytest.mark.skipif(sys.platform != "linux", reason="SKIPPED: only Linux counts what a process started")
def test_a_commit_starts_no_other_program(spark, schema):
    java = spark.sparkContext._jvm.java.lang.ProcessHandle.current().pid()

    def faults_of_programs() -> int:
        """Page faults of the programs that Java started and that have ended; see proc(5)."""
        return int(Path(f"/proc/{java}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[8])

    spark.range(1).write.format("delta").saveAsTable(f"{schema}.plant")
    before = faults_of_programs()
    spark.range(1).write.format("delta").mode("append").saveAsTable(f"{schema}.plant")
    assert faults_of_programs() == before
    assert spark.table(f"{schema}.plant").count() == 2


def test_java_is_not_asked_again_for_the_classes_that_each_column_needs(spark, monkeypatch):
    asked = []
    send = ClientServerConnection.send_command

    def sending(connection, command):
        asked.append(command)
        return send(connection, command)

    monkeypatch.setattr(ClientServerConnection, "send_command", sending)
    rows = spark.range(1).withColumn("one", F.when(F.col("id") == 0, F.coalesce("id", F.lit(1))))
    assert rows.groupBy("id").agg(F.expr("max(one)")).columns == ["id", "max(one)"]
    # `r` asks for a class or for a function of one.
    assert asked and not [command for command in asked if command.startswith("r\n")]
