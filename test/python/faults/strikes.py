"""How a fault strikes the statements of a run."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from faults.plan import Fault
from faults.statements import Run, running

if TYPE_CHECKING:  # a world has strikes
    from faults.world import World

DISK_FULL = 300
"""Bytes that a file can have when the disk is full: no commit of Delta, and no file of rows, is that short."""
DAY = 24 * 3600
RIGHT = time.time_ns
"""The clock as it is."""


class Unavailable(Exception):
    """The storage, the registry or Spark does not answer."""


@dataclass
class Strikes:
    """`run` is struck by `fault`."""

    world: World
    fault: Fault
    run: Run = field(init=False)

    def __post_init__(self) -> None:
        self.run = Run(self.strike)

    def strike(self, statements: int, writes: int, call: Callable[[], Any]) -> Any:
        fault = self.fault
        number = writes if fault.counted == "write" else statements
        if not fault.at <= number < fault.at + fault.lasts:
            self.end()
            return call()
        match fault.kind:
            case "kill":
                if fault.after:
                    call()
                self.run.kill()
            case "fail":
                if fault.after:
                    call()
                raise Unavailable("503 Server Busy: the server is too busy, or 429 Too Many Requests")
            case "full disk":
                self._limit_files(DISK_FULL)
            case "clock":
                self._set_clock()
            case "meanwhile":
                with running(None):
                    for step in fault.meanwhile:
                        self.world.take(step)
        return call()

    def end(self) -> None:
        """The disk has room again, the clock is right."""
        if self.fault.kind == "full disk":
            self._limit_files(resource.RLIM_INFINITY)
        if self.fault.kind == "clock":
            time.time_ns = RIGHT

    def _limit_files(self, size: int) -> None:
        if not hasattr(resource, "prlimit"):
            return  # of all systems Linux alone limits another process
        java = self.world.java
        _, hard = resource.prlimit(java, resource.RLIMIT_FSIZE)
        resource.prlimit(java, resource.RLIMIT_FSIZE, (size, hard))

    def _set_clock(self) -> None:
        days = -1 if self.fault.after else 1
        time.time_ns = lambda: RIGHT() + days * DAY * 10**9
