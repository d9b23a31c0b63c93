"""Records what a notebook shows, in order, for a page of it.

Items: `{"cell": "python" | "markdown" | "sql", "source"}` begins a cell; what follows is shown by it: `{"text"}` (a
part of what it prints), `{"table": {"columns", "rows", "isComplete"}}` (texts, null for what is missing), `{"picture"}`
(PNG in base64) and `{"html"}`.
"""

import base64
import io
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import pandas
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import BooleanType, NumericType, StringType

ROWS = 50
"""Of a table; what is beyond is left out."""
DOTS_PER_INCH = 120
BACKEND = "notebook_page"

Item = dict[str, Any]


class Recorder(io.TextIOBase):
    """A screen, and the notebook's standard output while a cell runs."""

    def __init__(self, send: Callable[[Item], None]) -> None:
        self._send = send
        self._lock = threading.Lock()
        self._draw_pyplot_here()

    @contextmanager
    def cell(self, language: str, source: str) -> Iterator[None]:
        if source:
            self._add({"cell": language, "source": source})
        with redirect_stdout(self), redirect_stderr(self):
            try:
                yield
            finally:
                self._show_open_figures()

    def write(self, text: str) -> int:
        self._add({"text": text})
        return len(text)

    def display(self, value: Any) -> None:
        if isinstance(value, DataFrame):
            self._add({"table": _of_spark(value)})
        elif isinstance(value, pandas.DataFrame):
            self._add({"table": _of_pandas(value)})
        elif hasattr(value, "savefig"):
            self._add({"picture": _png(value)})
        elif hasattr(value, "_repr_html_"):
            self.display_html(value._repr_html_())
        else:
            self.write(f"{value}\n")

    def display_html(self, text: str) -> None:
        self._add({"html": text})

    def _add(self, item: Item) -> None:
        with self._lock:
            self._send(item)

    def _draw_pyplot_here(self) -> None:
        """Makes `plt.show()` show its figures on the page."""
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        backend = types.ModuleType(BACKEND)
        vars(backend).update(FigureCanvas=FigureCanvasAgg, show=lambda *_, **__: self._show_open_figures())
        sys.modules[BACKEND] = backend
        matplotlib.use(f"module://{BACKEND}")

    def _show_open_figures(self) -> None:
        """Shows and closes the figures of pyplot, as the end of a cell does on Databricks too."""
        pyplot: Any = sys.modules.get("matplotlib.pyplot")
        for number in pyplot.get_fignums() if pyplot else ():
            self.display(pyplot.figure(number))
            pyplot.close(number)


def _png(figure: Any) -> str:
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DOTS_PER_INCH)
    return base64.b64encode(picture.getvalue()).decode()


def _of_spark(rows: DataFrame) -> Item:
    plain = (NumericType, StringType, BooleanType)
    numbered = rows.toDF(*(str(place) for place in range(len(rows.columns))))
    # As text: Python would show times in this machine's time zone.
    values = [
        F.col(field.name) if isinstance(field.dataType, plain) else F.col(field.name).cast("string")
        for field in numbered.schema.fields
    ]
    return _table(rows.columns, [tuple(row) for row in numbered.select(*values).limit(ROWS + 1).collect()])


def _of_pandas(rows: pandas.DataFrame) -> Item:
    shown = rows.head(ROWS + 1)
    missing = shown.isna()
    values = [
        [None if gone else value for value, gone in zip(row, gaps)]
        for row, gaps in zip(shown.itertuples(index=False), missing.itertuples(index=False))
    ]
    return _table([str(column) for column in rows.columns], values)


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Item:
    return {
        "columns": list(columns),
        "rows": [[_text(value) for value in row] for row in rows[:ROWS]],
        "isComplete": len(rows) <= ROWS,
    }


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) >= 0.001 or value == 0 else f"{value:.3g}"
    return str(value)
