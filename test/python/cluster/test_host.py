"""The host: a process per notebook on one Spark, apart from each other and gone when killed."""

import io
import json
import queue
import time
from pathlib import Path

import host
import process
import protocol
import pytest
import warehouse


class Answers(io.TextIOBase):
    """The answers of a host, per notebook."""

    def __init__(self) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        self._kept: list[dict] = []

    def write(self, text: str) -> int:
        if text.strip():
            self._lines.put(text)
        return len(text)

    def next(self, id: int, *types: str) -> dict:
        """The next answer of these types about notebook `id`; what others answer is kept for them."""
        while True:
            found = next((a for a in self._kept if a["id"] == id and a["type"] in types), None)
            if found:
                self._kept.remove(found)
                return found
            self._kept.append(json.loads(self._lines.get(timeout=60)))

    def end(self, id: int) -> dict:
        return self.next(id, "succeeded", "failed", "cancelled")

    def lines(self, id: int) -> list[str]:
        return [a["line"] for a in self._kept if a["id"] == id and a["type"] == "output"]


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers()


@pytest.fixture(scope="module")
def cluster(spark, answers: Answers):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", process.HERE)
        patch.setattr(host, "PRELOADED", ["process"])
        yield host.Host(spark, host.fork_server(), answers)


@pytest.fixture
def run(cluster, tmp_path: Path):
    def start(id: int, text: str, **parameters: str) -> None:
        file = tmp_path / f"notebook_{id}.py"
        file.write_text(text)
        cluster.obey(protocol.Run(id, str(file), parameters))

    return start


def test_output_is_streamed_and_the_exit_value_returned(run, answers: Answers):
    text = "import os, sys\nprint('one')\nprint('two', file=sys.stderr)\nos.system('echo three')\n"
    run(1, text + "dbutils.notebook.exit(dbutils.widgets.get('a'))", a="ä")
    ended = answers.end(1)
    assert (ended["type"], ended["exitValue"]) == ("succeeded", "ä")
    assert answers.lines(1) == ["one", "two", "three"]


def test_the_notebooks_folder_is_imported_from_and_the_hosts_modules_are_not(run, answers: Answers, tmp_path: Path):
    (tmp_path / "spark_like.py").write_text("value = 'mine'")
    run(2, "import os, spark_like\nassert os.path.samefile(os.getcwd(), os.path.dirname(__file__))\nimport process")
    ended = answers.end(2)
    assert (ended["message"], ended["isFinal"]) == ("ModuleNotFoundError: No module named 'process'", True)


def test_an_error_is_told_from_the_notebooks_own_line_on(run, answers: Answers, tmp_path: Path):
    run(3, "# COMMAND ----------\n\nraise ValueError('bad day')")
    ended = answers.end(3)
    assert (ended["message"], ended["isFinal"]) == ("ValueError: bad day", False)
    assert ended["traceback"].splitlines()[1] == f'  File "{tmp_path / "notebook_3.py"}", line 3, in <module>'


def test_two_notebooks_at_once_do_not_see_each_other(run, answers: Answers, schema: str, tmp_path: Path):
    text = f"""
import time
from pathlib import Path
me, other = dbutils.widgets.get("me"), dbutils.widgets.get("other")
spark.conf.set("spark.sql.shuffle.partitions", dbutils.widgets.get("partitions"))
spark.range(int(dbutils.widgets.get("partitions"))).createOrReplaceTempView("shared_name")
if me == "left":
    spark.sql("USE {schema}")
Path("{tmp_path}", me).touch()
deadline = time.time() + 30
while not Path("{tmp_path}", other).exists() and time.time() < deadline:
    time.sleep(0.05)
partitions = spark.conf.get("spark.sql.shuffle.partitions")
dbutils.notebook.exit(str((spark.table("shared_name").count(), partitions, spark.catalog.currentDatabase())))
"""
    run(4, text, me="left", other="right", partitions="3")
    run(5, text, me="right", other="left", partitions="5")
    assert answers.end(4)["exitValue"] == f"(3, '3', '{schema}')"
    assert answers.end(5)["exitValue"] == "(5, '5', 'default')"


def test_settings_of_the_cluster_hold_in_every_notebook(run, answers: Answers):
    run(6, "dbutils.notebook.exit(str(spark.sql('select current_timezone()').first()[0]))")
    assert answers.end(6)["exitValue"] == "UTC"


def test_a_cancelled_notebook_is_killed_with_its_spark_job_and_the_next_one_runs(cluster, run, answers: Answers, spark):
    run(7, "print('up')\nspark.range(4).selectExpr(\"java_method('java.lang.Thread', 'sleep', 60000L)\").collect()")
    answers.next(7, "output")
    tracker = spark.sparkContext.statusTracker()
    _until(lambda: tracker.getActiveStageIds())
    cluster.obey(protocol.Cancel(7))
    assert answers.end(7) == {"type": "cancelled", "id": 7}
    _until(lambda: not tracker.getActiveStageIds())
    run(8, "dbutils.notebook.exit(str(spark.range(3).count()))")
    assert answers.end(8)["exitValue"] == "3"


def test_a_notebook_whose_process_dies_has_failed(run, answers: Answers):
    run(9, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    ended = answers.end(9)
    assert ended["type"] == "failed"
    assert ended["message"] == "the notebook's process ended with SIGKILL before the notebook did"


def test_java_has_nothing_left_to_do_once_notebooks_have_ended_unless_one_was_killed(
    answers: Answers, run, cluster, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cluster, "_has_abandoned", False)
    run(10, "raise ValueError('an error is an end')")
    assert answers.end(10)["type"] == "failed"
    assert cluster.is_idle()
    run(11, "print('up')\nimport time; time.sleep(60)")
    answers.next(11, "output")
    assert not cluster.is_idle()
    cluster.obey(protocol.Cancel(11))
    assert answers.end(11)["type"] == "cancelled"
    assert not cluster.is_idle()


def test_tables_in_the_warehouse_are_registered_again(spark, tmp_path: Path):
    tmp_path = tmp_path / "it's a place"
    table = tmp_path / "resumed.db" / "kept"
    spark.range(5).write.format("delta").save(str(table))
    (tmp_path / "resumed.db" / "unborn" / "_delta_log").mkdir(parents=True)
    warehouse.register_tables(spark, tmp_path)
    assert spark.table("resumed.kept").count() == 5
    assert [row.tableName for row in spark.sql("SHOW TABLES IN resumed").collect() if not row.isTemporary] == ["kept"]
    assert not (tmp_path / "resumed.db" / "unborn").exists()
    spark.sql("DROP TABLE resumed.kept")
    assert not table.exists(), "a table that was managed is managed again: its files go with it"


def _until(condition) -> None:
    deadline = time.time() + 20
    while not condition():
        assert time.time() < deadline, "waited 20 s"
        time.sleep(0.1)
