"""`dbutils` behaves as on Databricks, or says that it does not."""

import time
from pathlib import Path

import notebook
import pytest
from dbutils import DbUtils, NotebookExit, Widgets


@pytest.fixture
def dbutils(spark, tmp_path: Path) -> DbUtils:
    def run(path: str, arguments):
        return notebook.run(notebook.resolve(path, tmp_path), spark.newSession(), arguments)

    return DbUtils(spark, {}, run)


def test_a_passed_value_wins_over_the_default():
    widgets = Widgets({"schema": "plant"})
    widgets.text("schema", "default")
    widgets.text("start_date", "")
    assert (widgets.get("schema"), widgets.get("start_date")) == ("plant", "")
    assert widgets.getAll() == {"schema": "plant", "start_date": ""}


def test_an_unknown_widget_is_an_error_that_lists_the_known_ones():
    widgets = Widgets({"b": "1"})
    widgets.text("a", "")
    with pytest.raises(ValueError, match="no widget 'c': defined are a, b"):
        widgets.get("c")


def test_a_default_must_be_a_string():
    with pytest.raises(TypeError, match="widget 'n': the default 3 is not a string"):
        Widgets({}).text("n", 3)


def test_a_dropdown_takes_its_choices_only():
    with pytest.raises(ValueError, match="widget 'model': 'SVM' is not one of RandomForest, DecisionTree"):
        Widgets({"model": "SVM"}).dropdown("model", "RandomForest", ["RandomForest", "DecisionTree"])


def test_a_combobox_takes_anything_and_a_multiselect_several_choices():
    widgets = Widgets({"free": "own", "several": "a,c"})
    widgets.combobox("free", "x", ["x", "y"])
    widgets.multiselect("several", "a", ["a", "b", "c"])
    assert (widgets.get("free"), widgets.get("several")) == ("own", "a,c")
    with pytest.raises(ValueError, match="'d' is not one of"):
        Widgets({"several": "a,d"}).multiselect("several", "a", ["a", "b"])


def test_a_removed_widget_is_unknown():
    widgets = Widgets({"a": "1", "b": "2", "c": "3"})
    widgets.remove("a")
    assert list(widgets.getAll()) == ["b", "c"]
    widgets.removeAll()
    assert widgets.getAll() == {}


def test_notebook_run_returns_the_exit_value_of_a_notebook_with_its_own_session(dbutils, spark, tmp_path: Path):
    spark.range(1).createOrReplaceTempView("mine")
    (tmp_path / "child.py").write_text(
        "seen = spark.catalog.tableExists('mine')\ndbutils.notebook.exit(f\"{dbutils.widgets.get('n')} {seen}\")"
    )
    assert dbutils.notebook.run("./child", 0, {"n": "7"}) == "7 False"


def test_notebook_run_stops_at_its_timeout(dbutils, tmp_path: Path):
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(30)")
    started = time.monotonic()
    with pytest.raises(TimeoutError, match="notebook 'slow' did not end within 1 s"):
        dbutils.notebook.run("slow", 1)
    assert time.monotonic() - started < 5


def test_notebook_run_of_a_missing_notebook_names_it(dbutils):
    with pytest.raises(FileNotFoundError, match="no notebook 'nowhere'"):
        dbutils.notebook.run("nowhere", 0)


def test_notebook_exit_carries_its_value(dbutils):
    with pytest.raises(NotebookExit) as caught:
        dbutils.notebook.exit("{}")
    assert caught.value.value == "{}"


def test_files_are_written_listed_read_copied_moved_and_removed(dbutils, tmp_path: Path):
    root = f"file:{tmp_path}/fs"
    fs = dbutils.fs
    assert fs.mkdirs(f"{root}/inner") and fs.exists(f"{root}/inner")
    assert fs.put(f"{root}/a.txt", "Grüße")
    assert fs.head(f"{root}/a.txt") == "Grüße"
    assert fs.head(f"{root}/a.txt", 3) == "Gr"
    listed = fs.ls(root)
    assert [(info.name, info.size, info.isDir()) for info in listed] == [("a.txt", 7, False), ("inner/", 0, True)]
    assert abs(listed[0].modificationTime / 1000 - time.time()) < 60
    assert fs.cp(f"{root}/a.txt", f"{root}/inner/b.txt")
    assert fs.mv(f"{root}/a.txt", f"{root}/c.txt") and not fs.exists(f"{root}/a.txt")
    assert fs.cp(root, f"file:{tmp_path}/copy", recurse=True)
    assert fs.head(f"file:{tmp_path}/copy/inner/b.txt") == "Grüße"
    assert fs.rm(root, recurse=True) and not fs.rm(root)


def test_fs_refuses_what_would_lose_data_or_is_not_there(dbutils, tmp_path: Path):
    path = f"file:{tmp_path}/a.txt"
    dbutils.fs.put(path, "1")
    with pytest.raises(FileExistsError, match="pass overwrite=True"):
        dbutils.fs.put(path, "2")
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        dbutils.fs.ls(f"file:{tmp_path}/none")
    with pytest.raises(IsADirectoryError, match="pass recurse=True"):
        dbutils.fs.cp(f"file:{tmp_path}", f"file:{tmp_path}/../other")


def test_secrets_and_jobs_say_that_a_laptop_has_none(dbutils):
    with pytest.raises(NotImplementedError, match="no secret scope on a laptop"):
        dbutils.secrets.get("scope", "key")
    with pytest.raises(NotImplementedError, match="run by Data Factory"):
        dbutils.jobs.taskValues.set("a", "b")
