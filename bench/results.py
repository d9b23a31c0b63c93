"""The results of the bench: a line each as they come, and the ratios that are watched."""

from collections.abc import Iterable
from dataclasses import dataclass

NEW_DAY = "new day: "
"""Work that begins so is done for one day's delivery."""


@dataclass(frozen=True)
class Result:
    """Seconds that one program takes for one piece of work; `rows` of telemetry go in."""

    work: str
    program: str
    machines: int
    years: int
    rows: int
    wall: float
    cpu: float


def line(*values: object) -> str:
    """The values of a result, or their names, as a line of the table."""
    return "{:<30}{:<11}{:>9}{:>7}{:>11}{:>9}{:>9}".format(*values)


HEADER = line("work", "program", "machines", "years", "rows", "wall s", "CPU s")


def ratios(results: Iterable[Result]) -> dict[str, float]:
    """By what they say."""
    cpu = {(r.work, r.program, r.machines, r.years): r.cpu for r in results}
    found = {}
    for (work, program, machines, years), theirs in cpu.items():
        ours = cpu.get((work, "product", machines, years), 0)
        if program == "published":
            found[f"{work}, {machines} machines: CPU of the published program / ours"] = theirs / ours
        if program == "duckdb":
            found[f"{work}, {machines} machines: our CPU / DuckDB's"] = ours / theirs
    for unit in ("cpu", "wall"):
        days: dict[int, float] = {}
        for r in results:
            if r.work.startswith(NEW_DAY):
                days[r.years] = days.get(r.years, 0) + getattr(r, unit)
        if len(days) > 1:
            short, long = min(days), max(days)
            found[f"new day after {long} years / after {short}: {unit}"] = days[long] / days[short]
    return {name: round(value, 2) for name, value in found.items()}
