"""`dbutils` as notebooks know it on Databricks: widgets, notebook, fs, and an honest refusal of secrets."""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from filesystem import FileSystem
from pyspark.sql import SparkSession

RunNotebook = Callable[[str, Mapping[str, str]], "str | None"]


class NotebookExit(BaseException):
    """Ends a notebook with a value. No `except Exception` of a notebook takes it for an error."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.value = value


class Widgets:
    """Parameters of the notebook: strings, by name. A value passed to the run wins over the widget's default."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._passed = dict(parameters)
        self._defaults: dict[str, str] = {}

    def text(self, name: str, defaultValue: str, label: str = "") -> None:
        if not isinstance(defaultValue, str):
            raise TypeError(f"widget {name!r}: the default {defaultValue!r} is not a string")
        self._defaults[name] = defaultValue

    def combobox(self, name: str, defaultValue: str, choices: Sequence[str], label: str = "") -> None:
        self.text(name, defaultValue)

    def dropdown(self, name: str, defaultValue: str, choices: Sequence[str], label: str = "") -> None:
        for value in (defaultValue, self._passed.get(name, defaultValue)):
            if value not in choices:
                raise ValueError(f"widget {name!r}: {value!r} is not one of {', '.join(choices)}")
        self.text(name, defaultValue)

    def multiselect(self, name: str, defaultValue: str, choices: Sequence[str], label: str = "") -> None:
        for value in (defaultValue, *self._passed.get(name, defaultValue).split(",")):
            if value not in choices:
                raise ValueError(f"widget {name!r}: {value!r} is not one of {', '.join(choices)}")
        self.text(name, defaultValue)

    def get(self, name: str) -> str:
        values = self.getAll()
        if name not in values:
            raise ValueError(f"no widget {name!r}: defined are {', '.join(sorted(values)) or 'none'}")
        return values[name]

    def getAll(self) -> dict[str, str]:
        return {**self._defaults, **self._passed}

    def remove(self, name: str) -> None:
        self._defaults.pop(name, None)
        self._passed.pop(name, None)

    def removeAll(self) -> None:
        self._defaults.clear()
        self._passed.clear()


class Notebook:
    def __init__(self, run_notebook: RunNotebook) -> None:
        self._run_notebook = run_notebook

    def exit(self, value: str) -> NoReturn:
        """Ends the notebook; `value` is what the Data Factory activity sees as `output.runOutput`."""
        if not isinstance(value, str):
            raise TypeError(f"dbutils.notebook.exit takes a string, not {type(value).__name__}: {value!r}")
        raise NotebookExit(value)

    def run(self, path: str, timeout_seconds: int, arguments: Mapping[str, str] | None = None) -> str | None:
        """Runs another notebook in a session of its own; 0 seconds is no timeout."""
        with _time_limit(timeout_seconds, path):
            return self._run_notebook(path, arguments or {})


@contextmanager
def _time_limit(seconds: int, path: str) -> Iterator[None]:
    def expire(*_: object) -> NoReturn:
        raise TimeoutError(f"notebook {path!r} did not end within {seconds} s")

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


class _Missing:
    """A part of dbutils that a laptop does not have: any use says why."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotImplementedError(self._reason)


class DbUtils:
    def __init__(self, spark: SparkSession, parameters: Mapping[str, str], run_notebook: RunNotebook) -> None:
        self.widgets = Widgets(parameters)
        self.notebook = Notebook(run_notebook)
        self.fs = FileSystem(spark)
        self.secrets = _Missing("dbutils.secrets: there is no secret scope on a laptop; pass the value as a parameter")
        self.jobs = _Missing("dbutils.jobs: the notebook is run by Data Factory, not by a Databricks job")
