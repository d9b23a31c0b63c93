"""One-line faults of the ledger. That a seed finds each of them shows that the seeds can find such faults."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

from predictive_maintenance.landing import ingest, ledger


@dataclass(frozen=True)
class Mutant:
    """`module` with `new` in the place of `old`."""

    name: str
    module: ModuleType
    old: str
    new: str

    def __str__(self) -> str:
        return self.name

    @contextmanager
    def lives(self) -> Iterator[None]:
        source = inspect.getsource(self.module)
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} is {source.count(self.old)} times in {self.module.__name__}")
        try:
            self._run(source.replace(self.old, self.new))
            yield
        finally:
            self._run(source)

    def _run(self, source: str) -> None:
        exec(compile(source, str(self.module.__file__), "exec"), self.module.__dict__)


def _swapped(first: str, then: str) -> tuple[str, str]:
    """The lines of `ingest` from `first` to the end of `then`'s statement, with `first` behind it."""
    source = inspect.getsource(ingest)
    begin = source.index(first)
    end = source.index("\n", source.index(then, begin) + len(then)) + 1
    return source[begin:end], source[begin + len(first) : end] + first


PENDING = 'F.col("scored_by").isNull()'
MUTANTS = (
    Mutant(
        "a file is known by its path alone", ledger, 'known, known.columns, "left_anti"', 'known, ["path"], "left_anti"'
    ),
    Mutant("nobody finishes what a killed run has left", ledger, f"pending = {PENDING}", f"pending = {PENDING} & mine"),
    Mutant("a run claims nothing of others", ledger, "while found.others:", "while False:"),
    Mutant(
        "a run marks what a later one has claimed",
        ledger,
        f'(F.col("claimed_by") == run_id) & {PENDING}\n    retried',
        f"{PENDING}\n    retried",
    ),
    Mutant(
        "a file is scored once it is in the ledger",
        ledger,
        'F.when(F.col("start").isNull(), F.lit(run_id)).alias("scored_by")',
        'F.lit(run_id).alias("scored_by")',
    ),
    Mutant(
        "a file is in the ledger before its rows are in their table",
        ingest,
        *_swapped("        in_parallel(spark, writes)\n", "        if entries:\n            ledger.record("),
    ),
)
