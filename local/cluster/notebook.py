"""Runs notebooks in Databricks source format: cells in order, one namespace, errors at the notebook's own lines."""

import re
import shlex
import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dbutils import DbUtils, NotebookExit
from pyspark.sql import SparkSession
from screen import Screen, Terminal

SEPARATOR = re.compile(r"^# COMMAND -+[ \t]*$", re.MULTILINE)
MAGIC = "# MAGIC"
TITLES = ("# Databricks notebook source", "# DBTITLE")


@dataclass(frozen=True)
class Cell:
    """`line` is the line of the file at which `source` begins, counted from 0."""

    line: int
    source: str


def cells(text: str) -> Iterator[Cell]:
    start = 0
    for end, following in [*(match.span() for match in SEPARATOR.finditer(text)), (len(text), len(text))]:
        yield Cell(text.count("\n", 0, start), text[start:end])
        start = following


def magic(cell: Cell) -> tuple[int, str, str] | None:
    """Of a cell with a magic its line in the file, the command and what follows it."""
    lines = cell.source.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith(TITLES)), None)
    if first is None or not lines[first].startswith(MAGIC):
        return None
    text = [line.removeprefix(MAGIC).removeprefix(" ") for line in lines[first:] if line.startswith(MAGIC)]
    command, _, rest = text[0].strip().partition(" ")
    return cell.line + first, command, "\n".join([rest, *text[1:]])


def python(cell: Cell, folder: Path) -> str:
    """The cell as Python with the file's line numbers, a magic turned into the call that means the same."""
    found = magic(cell)
    if found is None:
        return "\n" * cell.line + cell.source
    line, command, body = found
    return "\n" * line + _translate(command, body, folder)


def readable(cell: Cell) -> tuple[str, str]:
    """The cell as its reader sees it: its language (python, markdown or sql) and its text without marks."""
    found = magic(cell)
    if found is None:
        lines = [line for line in cell.source.split("\n") if not line.startswith(TITLES)]
        return "python", "\n".join(lines).strip("\n")
    _, command, body = found
    match command:
        case "%md" | "%md-sandbox":
            return "markdown", body.strip("\n")
        case "%sql":
            return "sql", body.strip("\n")
        case "%python":
            return "python", body.strip("\n")
        case _:
            return "python", f"{command} {body}".strip()


def _translate(command: str, body: str, folder: Path) -> str:
    match command:
        case "%md" | "%md-sandbox" | "%matplotlib":
            return ""
        case "%python":
            return body
        case "%sql":
            statements = [part.strip() for part in re.split(r";[ \t]*(?:\n|$)", body) if part.strip()]
            return "; ".join(f"display(spark.sql({statement!r}))" for statement in statements)
        case "%run":
            path, *arguments = shlex.split(body) or [""]
            if arguments:
                return "raise ValueError('%run takes a path and nothing else on a laptop')"
            return f"__run__({path!r}, {str(folder)!r})"
        case _:
            message = f"{command or MAGIC} does not run on a laptop: %md, %python, %run and %sql do"
            return f"raise NotImplementedError({message!r})"


def resolve(path: str, folder: str | Path) -> Path:
    """The file of a notebook named as on Databricks: relative to `folder`, without the extension."""
    file = (Path(folder) / f"{path.removesuffix('.py')}.py").resolve()
    if not file.is_file():
        raise FileNotFoundError(f"no notebook {path!r} in {folder}")
    return file


def run(file: Path, spark: SparkSession, parameters: Mapping[str, str], screen: Screen | None = None) -> str | None:
    """Runs `file` as a notebook of its own: the value of its `dbutils.notebook.exit`, or None when it just ends.

    `parameters` are its widgets' values; what it shows goes to `screen`, by default the terminal. What a cell raises is
    passed on as it is.
    """
    screen = screen or Terminal()
    module = types.ModuleType("__main__")
    namespace = module.__dict__

    def execute_cell(cell: Cell, path: Path) -> None:
        exec(compile(python(cell, path.parent), str(path), "exec", dont_inherit=True), namespace)

    def execute(path: Path) -> None:
        for cell in cells(path.read_text(encoding="utf-8")):
            execute_cell(cell, path)

    def run_other(path: str, arguments: Mapping[str, str]) -> str | None:
        return run(resolve(path, file.parent), spark.newSession(), arguments)

    namespace |= {
        "__file__": str(file),
        "__run__": lambda path, folder: execute(resolve(path, folder)),
        "spark": spark,
        "sc": spark.sparkContext,
        "sql": spark.sql,
        "dbutils": DbUtils(spark, parameters, run_other),
        "display": screen.display,
        "displayHTML": screen.display_html,
    }
    # What a notebook defines is pickled, and looked up by dataclasses, as part of the main module.
    outer, sys.modules["__main__"] = sys.modules["__main__"], module
    try:
        for cell in cells(file.read_text(encoding="utf-8")):
            with screen.cell(*readable(cell)):
                execute_cell(cell, file)
    except NotebookExit as exit:
        return exit.value
    finally:
        sys.modules["__main__"] = outer
    return None
