"""The statements of a run: its calls to Spark, to the storage and to the registry, and what strikes at one of them.

A run that is killed sends nothing any more, from none of its threads, as a process that is gone. What Java does for it
at that moment it does to its end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from py4j.java_gateway import JavaMember

WRITES = frozenset(["execute", "update"])
"""The methods in Java that change a table: MERGE and UPDATE."""
STATEMENTS = WRITES | {"sql", "collectToPython", "count", "persist", "tableExists", "databaseExists", "listStatus"}
"""The methods in Java that read or write. Planning alone changes nothing: to be killed there is to be killed before."""


class Killed(BaseException):
    """The process of the run is gone."""


@dataclass
class Run:
    """What `statement` counts. `strike(statements, writes, call)` makes the call, which is the last that is counted in
    the two, or does something else. `writes` is 0 for a call that only reads."""

    strike: Callable[[int, int, Callable[[], Any]], Any]
    statements: int = 0
    writes: int = 0
    is_killed: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def statement(self, call: Callable[[], Any], *, writes: bool = False) -> Any:
        if self.is_killed:
            raise Killed
        with self.lock:
            self.statements += 1
            self.writes += writes
            counted = self.statements, self.writes if writes else 0
        return self.strike(*counted, call)

    def kill(self) -> None:
        self.is_killed = True
        raise Killed


def unstruck(_statements: int, _writes: int, call: Callable[[], Any]) -> Any:
    """A `Run.strike` that makes every call."""
    return call()


def current() -> Run | None:
    """The run that this thread works for."""
    return getattr(threading.current_thread(), "run_of_faults", None)


@contextmanager
def running(run: Run | None) -> Iterator[None]:
    """This thread, and each that it starts, works for `run`, or for none."""
    thread, before = threading.current_thread(), current()
    thread.run_of_faults = run  # type: ignore[attr-defined]
    try:
        yield
    finally:
        thread.run_of_faults = before  # type: ignore[attr-defined]


@contextmanager
def observed() -> Iterator[None]:
    """Statements of runs go through their `Run.statement`."""
    call_java, start_thread = JavaMember.__call__, threading.Thread.start

    def call(member: JavaMember, *arguments: Any) -> Any:
        run = current()
        if run is None or member.name not in STATEMENTS:
            return call_java(member, *arguments)
        return run.statement(lambda: call_java(member, *arguments), writes=member.name in WRITES)

    def start(thread: threading.Thread) -> None:
        thread.run_of_faults = current()  # type: ignore[attr-defined]
        start_thread(thread)

    JavaMember.__call__, threading.Thread.start = call, start  # type: ignore[method-assign]
    try:
        yield
    finally:
        JavaMember.__call__, threading.Thread.start = call_java, start_thread  # type: ignore[method-assign]
