"""What a recorded notebook shows, cell by cell: markdown, code, text, tables, pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import notebook
import pytest
from recorder import ROWS, Recorder

PNG = b"\x89PNG"


@pytest.fixture
def record(spark, tmp_path: Path) -> Iterator:
    """Runs a text as a notebook and returns the items that it shows."""
    before = matplotlib.get_backend()

    def record_text(text: str) -> list[dict]:
        file, items = tmp_path / "sample.py", []
        file.write_text(text)
        try:
            notebook.run(file, spark, {}, Recorder(items.append))
        except ValueError:
            items.append({"raised": True})
        return items

    yield record_text
    matplotlib.use(before)


def shown(items: list[dict]) -> list[str]:
    return [next(iter(item)) for item in items]


def test_cells_are_recorded_as_their_reader_sees_them(record):
    header = "# Databricks notebook source\n# MAGIC %md\n# MAGIC # Title\n# MAGIC\n# MAGIC Text\n"
    code = "# COMMAND ----------\n\n# DBTITLE 1,Sum\nx = 1\n\nx + 1\n# COMMAND ----------\n"
    assert record(header + code + "# MAGIC %sql\n# MAGIC create or replace temp view one as select 1;\n") == [
        {"cell": "markdown", "source": "# Title\n\nText"},
        {"cell": "python", "source": "x = 1\n\nx + 1"},
        {"cell": "sql", "source": "create or replace temp view one as select 1;"},
        {"table": {"columns": [], "rows": [], "isComplete": True}},
    ]


def test_what_is_printed_belongs_to_its_cell_and_errors_too(record):
    items = record("print('one')\n# COMMAND ----------\nimport sys\nprint('two', file=sys.stderr)\nraise ValueError\n")
    assert shown(items) == ["cell", "text", "text", "cell", "text", "text", "raised"]
    assert [item["text"] for item in items if "text" in item] == ["one", "\n", "two", "\n"]


def test_a_table_has_texts_without_the_zone_of_the_machine_and_null_for_what_is_missing(record):
    query = "select 1 as n, 0.5D as x, timestamp'2015-01-01 06:00:00' as at, null as gone, array(1, 2) as a, 'é' as a"
    [_, table] = record(f'display(spark.sql("{query}"))')
    assert table["table"] == {
        "columns": ["n", "x", "at", "gone", "a", "a"],
        "rows": [["1", "0.5", "2015-01-01 06:00:00", None, "[1, 2]", "é"]],
        "isComplete": True,
    }


def test_a_long_table_is_cut_and_says_so(record):
    [_, whole, cut] = record(f"display(spark.range({ROWS}))\ndisplay(spark.range({ROWS + 1}))")
    assert (len(whole["table"]["rows"]), whole["table"]["isComplete"]) == (ROWS, True)
    assert (len(cut["table"]["rows"]), cut["table"]["isComplete"]) == (ROWS, False)


def test_a_pandas_table_is_a_table(record):
    text = "import pandas\ndisplay(pandas.DataFrame({'a': [1.0, None], 'b': ['x', None], 3: [1234567.0, 0.00012345]}))"
    [_, table] = record(text)
    assert table["table"]["columns"] == ["a", "b", "3"]
    assert table["table"]["rows"] == [["1", "x", "1234567"], [None, None, "0.000123"]]


def test_html_and_anything_else_are_shown_as_they_are(record):
    assert record("displayHTML('<b>bold</b>')\ndisplay({'a': 1})")[1:] == [
        {"html": "<b>bold</b>"},
        {"text": "{'a': 1}\n"},
    ]


def test_a_figure_is_a_picture(record):
    text = "from matplotlib.figure import Figure\nfigure = Figure()\nfigure.subplots().plot([1, 2])\ndisplay(figure)"
    [_, picture] = record(text)
    assert base64.b64decode(picture["picture"]).startswith(PNG)


def test_show_of_pyplot_shows_its_figures_and_the_end_of_a_cell_those_that_are_left(record):
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('between')\nplt.plot([2, 1])\n"
    items = record(f"# MAGIC %matplotlib inline\n# COMMAND ----------\n{plot}# COMMAND ----------\nplt.show()\n")
    assert shown(items) == ["cell", "cell", "picture", "text", "text", "picture", "cell"]


def test_a_figure_of_a_cell_that_raises_is_still_shown(record):
    items = record("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nraise ValueError\n")
    assert shown(items) == ["cell", "picture", "raised"]
