"""Where a notebook shows things: its cells, and what it gives to `display`."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from pyspark.sql import DataFrame


class Screen(Protocol):
    def cell(self, language: str, source: str) -> AbstractContextManager[None]:
        """Shows a cell (python, markdown or sql); while the context is open, the cell runs."""

    def display(self, value: Any) -> None: ...

    def display_html(self, text: str) -> None: ...


class Terminal:
    """Standard output: the first 20 rows of a DataFrame as a table of text, anything else as it is; no cells."""

    def cell(self, language: str, source: str) -> AbstractContextManager[None]:
        return nullcontext()

    def display(self, value: Any) -> None:
        if not isinstance(value, DataFrame):
            print(value)
        elif value.columns:
            value.show(20, truncate=False)

    def display_html(self, text: str) -> None:
        print(text)
