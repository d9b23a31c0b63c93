"""What a piece of work costs: seconds of wall time, CPU seconds and peak memory of this process and all below it.

Read from /proc, so only on Linux. CPU is user and system time of Python, of Java (compiler and garbage collector
included) and of Spark's Python workers; nothing is subtracted. Memory is the sum of resident sets in MB (10^6 bytes).
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
SAMPLED_EVERY = 0.2
"""Seconds between two looks at the memory."""

T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float


def measured(work: Callable[[], T], alone: bool = False) -> tuple[Cost, T]:
    """Runs `work` and returns what it cost and what it returned.

    `alone` counts this process without those below: Java goes on compiling for a while after its own work.
    """
    clock = time.process_time if alone else _cpu_seconds
    cpu, wall = clock(), time.perf_counter()
    result = work()
    return Cost(time.perf_counter() - wall, clock() - cpu), result


@contextmanager
def peak_memory() -> Iterator[Callable[[], int]]:
    """Watches the memory; the function tells the highest sum so far, in MB."""
    highest, done = 0, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(SAMPLED_EVERY):
            highest = max(highest, _resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield lambda: max(highest, _resident()) // 10**6
    finally:
        done.set()
        watcher.join()


def _tree() -> dict[int, list[str]]:
    """The fields of `stat` from the state on, of this process and of all below it."""
    found = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            found[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
    tree, added = {}, {os.getpid()}
    while added:
        tree |= {pid: found[pid] for pid in added}
        added = {pid for pid, stat in found.items() if int(stat[1]) in added}
    return tree


def _cpu_seconds() -> float:
    # utime, stime and those of the children that ended and were waited for.
    return sum(sum(map(int, stat[11:15])) for stat in _tree().values()) / TICKS


def _resident() -> int:
    return sum(int(stat[21]) for stat in _tree().values()) * PAGE
