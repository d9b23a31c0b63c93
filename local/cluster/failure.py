"""What went wrong in a notebook, told as the notebook's author needs it: no frames of the host, of Spark or of Java."""

import re
import signal
import traceback
from pathlib import Path

from pyspark.errors import AnalysisException, ParseException

HOST = str(Path(__file__).resolve().parent)
LIBRARIES = re.compile(r"[/\\](py4j|pyspark)[/\\]")
JAVA_FRAME = re.compile(r"^(\tat |\t\.\.\. \d+ more|\tSuppressed: ).*\n?", re.MULTILINE)
PROGRAMMING = (SyntaxError, ImportError, NameError, TypeError, AttributeError, NotImplementedError, ParseException)
JAVA_PREAMBLE = re.compile(r"An error occurred while (calling|trying to connect)[^\n]*\n: ")


def describe(error: BaseException) -> tuple[str, str]:
    """One line that names the error, and its traceback from the notebook's own line on."""
    summary = traceback.TracebackException.from_exception(error)
    _trim(summary)
    text = JAVA_FRAME.sub("", "".join(summary.format()))
    detail = next((line.strip() for line in JAVA_PREAMBLE.sub("", str(error)).splitlines() if line.strip()), "")
    message = f"{type(error).__name__}: {detail}" if detail else type(error).__name__
    if isinstance(error, SystemExit):
        message += " (a notebook ends with dbutils.notebook.exit)"
    return message, text.rstrip("\n")


def exit_text(code: int | None) -> str:
    """How a process ended, by its exit code as Python gives it: `"SIGKILL"`, or `"exit code 1"`."""
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def is_final(error: BaseException) -> bool:
    """Whether the error is one of the program, which waiting does not mend."""
    if isinstance(error, AnalysisException) and (error.getCondition() or "").startswith("UNRESOLVED_COLUMN"):
        return True
    return isinstance(error, PROGRAMMING)


def _trim(summary: traceback.TracebackException) -> None:
    """Drops the frames that are not the notebook's or its package's, in the error and in those that led to it."""
    summary.stack = traceback.StackSummary.from_list(
        frame for frame in summary.stack if not frame.filename.startswith(HOST) and not LIBRARIES.search(frame.filename)
    )
    for earlier in (summary.__cause__, summary.__context__):
        if earlier is not None:
            _trim(earlier)
