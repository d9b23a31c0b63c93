"""Notebooks in Databricks source format: cells, magics, and errors at the notebook's own lines."""

from pathlib import Path

import failure
import notebook
import pytest


@pytest.fixture
def run(spark, tmp_path: Path):
    def run_text(text: str, **parameters: str) -> str | None:
        file = tmp_path / "sample.py"
        file.write_text(text)
        return notebook.run(file, spark, parameters)

    return run_text


def test_cells_begin_where_the_separator_stands_alone_on_its_line():
    text = "a = 1\n# COMMAND ----------\nb = '''\n # COMMAND ----------\n'''\n# COMMAND ---------- \t\nc = 2\n"
    assert [(cell.line, cell.source) for cell in notebook.cells(text)] == [
        (0, "a = 1\n"),
        (1, "\nb = '''\n # COMMAND ----------\n'''\n"),
        (5, "\nc = 2\n"),
    ]


def test_the_exit_value_is_what_dbutils_notebook_exit_was_given(run):
    assert run('dbutils.notebook.exit("done")\nraise ValueError("not reached")') == "done"


def test_a_notebook_that_just_ends_has_no_exit_value(run):
    assert run("x = 1") is None


def test_except_exception_does_not_swallow_the_exit(run):
    assert run('try:\n    dbutils.notebook.exit("out")\nexcept Exception:\n    pass') == "out"


def test_an_exit_value_that_is_no_string_is_refused(run):
    with pytest.raises(TypeError, match="takes a string, not dict"):
        run("dbutils.notebook.exit({})")


def test_cells_share_one_namespace_and_spark(run):
    text = "n = 3\n# COMMAND ----------\nassert __name__ == '__main__' and __file__.endswith('sample.py')\n"
    assert run(text + "# COMMAND ----------\ndbutils.notebook.exit(str(spark.range(n).count()))") == "3"


def test_a_dataclass_with_annotations_as_strings_finds_its_module(run):
    imports = "from __future__ import annotations\nfrom dataclasses import dataclass\n"
    text = f"{imports}@dataclass\nclass Point:\n    x: int\n"
    assert run(text + "dbutils.notebook.exit(str(Point(1).x))") == "1"


def test_markdown_is_skipped_and_python_magic_is_run(run):
    text = "# MAGIC %md\n# MAGIC # Title (not Python\n# COMMAND ----------\n# MAGIC %python\n# MAGIC x = 4\n"
    assert run(text + "# COMMAND ----------\ndbutils.notebook.exit(str(x))") == "4"


def test_sql_statements_run_in_turn_and_show_their_rows(run, capsys):
    text = "# DBTITLE 1,Numbers\n# MAGIC %sql\n# MAGIC create or replace temp view numbers as select 41 + 1 as n;\n"
    run(text + "# MAGIC select * from numbers")
    assert "|42 |" in capsys.readouterr().out


def test_run_magic_shares_the_namespace_of_another_notebook(run, tmp_path: Path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "one.py").write_text("# MAGIC %run ./two")
    (tmp_path / "lib" / "two.py").write_text("def answer():\n    return 'from two'\n")
    text = "# MAGIC %run ./lib/one\n# COMMAND ----------\ndbutils.notebook.exit(answer())"
    assert run(text) == "from two"


def test_an_unsupported_magic_says_so_at_its_line(run):
    with pytest.raises(NotImplementedError) as caught:
        run("x = 1\n# COMMAND ----------\n# MAGIC %sh\n# MAGIC ls\n")
    message, text = failure.describe(caught.value)
    assert message == "NotImplementedError: %sh does not run on a laptop: %md, %python, %run and %sql do"
    assert 'sample.py", line 3, in <module>' in text


def test_a_traceback_begins_at_the_notebooks_own_line(run, tmp_path: Path):
    with pytest.raises(ValueError) as caught:
        run("def f():\n    raise ValueError('no pressure\\nat all')\n# COMMAND ----------\n\n\nf()\n")
    message, text = failure.describe(caught.value)
    assert message == "ValueError: no pressure"
    own = [line for line in text.splitlines() if str(tmp_path) in line]
    assert own == [
        f'  File "{tmp_path / "sample.py"}", line 6, in <module>',
        f'  File "{tmp_path / "sample.py"}", line 2, in f',
    ]
    assert failure.HOST not in text


def test_a_traceback_of_spark_has_neither_its_frames_nor_javas(run):
    with pytest.raises(Exception) as caught:
        run("# COMMAND ----------\nspark.range(3).selectExpr('raise_error(\"boom\")').collect()")
    message, text = failure.describe(caught.value)
    assert "boom" in message
    assert 'sample.py", line 2, in <module>' in text
    assert "py4j" not in text and "\tat " not in text
    assert len(text.splitlines()) < 15


def test_a_java_error_is_named_by_its_own_message(run):
    with pytest.raises(Exception) as caught:
        run("sc._jvm.java.util.ArrayList().get(3)")
    message, text = failure.describe(caught.value)
    assert "Index 3 out of bounds for length 0" in message
    assert "\tat " not in text


def test_the_error_that_led_to_an_error_is_told_without_the_hosts_frames_too(run):
    with pytest.raises(RuntimeError) as caught:
        run("try:\n    dbutils.widgets.get('nope')\nexcept ValueError as e:\n    raise RuntimeError('wrapped') from e")
    _, text = failure.describe(caught.value)
    assert "ValueError: no widget 'nope'" in text and "RuntimeError: wrapped" in text
    assert failure.HOST not in text


def test_a_syntax_error_names_the_line_and_earlier_cells_have_run(run, tmp_path: Path):
    with pytest.raises(SyntaxError) as caught:
        run(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n# COMMAND ----------\nx = = 1\n")
    message, text = failure.describe(caught.value)
    assert message.startswith("SyntaxError: invalid syntax")
    assert 'sample.py", line 3' in text
    assert (tmp_path / "ran").exists()


def test_sys_exit_is_a_failure_that_names_the_way_to_end_a_notebook(run):
    with pytest.raises(SystemExit) as caught:
        run("import sys\nsys.exit(0)")
    assert failure.describe(caught.value)[0] == "SystemExit: 0 (a notebook ends with dbutils.notebook.exit)"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if True print(1)", True),
        ("import no_such_module", True),
        ("ingestt()", True),
        ("len(1)", True),
        ("spark.no_such_method()", True),
        ("spark.sql('SELEC 1')", True),
        ("spark.range(1).select('idd')", True),
        ("# MAGIC %scala", True),
        ("spark.table('not_made_yet')", False),
        ("raise ConnectionError('the lake is away')", False),
        ("open('not_there_yet')", False),
        ("raise ValueError('no rows yet')", False),
    ],
)
def test_only_errors_of_the_program_are_final(run, source, expected):
    with pytest.raises(BaseException) as caught:
        run(source)
    assert failure.is_final(caught.value) is expected
