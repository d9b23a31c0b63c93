"""How the cluster's Spark writes to a disk."""

import sys
from pathlib import Path

import pytest


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
