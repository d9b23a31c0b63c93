"""Measures the product against a DuckDB program of the same result and against the features as published in 2019.

    npm run bench -- --machines 100 1000 --history-years 1 10

Per number of machines, over one year: ingest of the landed files and features of all windows, each run twice in one
warm session and counted the second time, results held equal. Per number of years, 100 machines: what a new day costs
once that much history is in. Prints a table and writes `<out>/bench.json`. Needs Linux, and 16 GB for 1,000 machines.
"""

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("notebooks", "local/cluster", "local/plant", "bench")]

from equal import Different  # noqa: E402
from measure import Cost, measured, peak_memory  # noqa: E402
from simulate import Arguments, whole  # noqa: E402

YEAR = 365
"""Days."""
NEW_DAYS = 4
"""The first of them warms up; of the others the median counts."""
HISTORY_MACHINES = 100


@dataclass(frozen=True)
class Result:
    """Seconds of one program at one piece of work; `rows` that went in."""

    work: str
    program: str
    machines: int
    years: int
    rows: int
    wall: float
    cpu: float


class Bench:
    """Runs the pieces of work on `spark`, in `folder`, and collects their results."""

    def __init__(self, spark, folder: Path) -> None:
        self.spark, self.folder = spark, folder
        self.results: list[Result] = []

    def plant(self, machines: int, years: int):
        from product import Product

        return Product(self.spark, self.folder, f"plant_{machines}_{years}", machines)

    def one_year(self, machines: int, with_published: bool) -> None:
        """Ingest and features of a year by every program."""
        import duck
        from equal import hold_equal
        from predictive_maintenance.features import NUMERIC
        from predictive_maintenance.tables import RAW

        plant = self.plant(machines, 1)
        out = self.folder / plant.name
        rows = machines * YEAR * 24
        say = self._sayer(machines, 1, rows)
        say("generate", "spark", measured(lambda: plant.land(0, YEAR))[0])

        plant.ingest("warm-up", schema="warm_up")
        self.spark.sql("DROP SCHEMA spark_catalog.warm_up CASCADE")
        cost, ingested = measured(lambda: plant.ingest("measured"))
        say("ingest", "product", cost)
        say("ingest", "duckdb", _warm(lambda: duck.ingest(plant.landing, out / "duck")))
        plant.export(out / "raw")
        for table in RAW:
            values = [c.split()[0] for c in table.columns.split(", ") if not c.startswith("landed_at")]
            hold_equal(table.name, f"{out}/raw/{table.name}/*.parquet", f"{out}/duck/{table.name}.parquet", values)

        say("features", "product", _warm(lambda: plant.features(out / "features")))
        say("features", "duckdb", _warm(lambda: duck.features(out / "duck", out / "duck" / "features.parquet")))
        keys = ("machineID", "window_end", "month", "model")
        hold_equal("features", f"{out}/features/*.parquet", f"{out}/duck/features.parquet", keys, NUMERIC)
        if with_published:
            say("features", "published", _warm(lambda: plant.published(out / "published")))
        say("feature_engineering", "product", measured(lambda: plant.feature_engineering(ingested))[0])
        plant.drop()

    def new_days(self, years: int) -> None:
        """Single days after `years` years of history."""
        plant = self.plant(HISTORY_MACHINES, years)
        end = years * YEAR
        say = self._sayer(HISTORY_MACHINES, years, HISTORY_MACHINES * 24)
        days = []
        for first, last in [(0, end), *((day, day + 1) for day in range(end, end + NEW_DAYS))]:
            plant.land(first, last)
            ingest, ingested = measured(lambda: plant.ingest(f"day {last}"))
            features, _ = measured(lambda: plant.feature_engineering(ingested))
            plant.score(f"day {last}")
            days.append((ingest, features))
        for number, work in enumerate(("new day: ingest", "new day: feature_engineering")):
            costs = [day[number] for day in days[2:]]
            say(work, "product", Cost(median(c.wall for c in costs), median(c.cpu for c in costs)))
        plant.drop()

    def _sayer(self, machines: int, years: int, rows: int) -> Callable[[str, str, Cost], None]:
        def say(work: str, program: str, cost: Cost) -> None:
            result = Result(work, program, machines, years, rows, round(cost.wall, 2), round(cost.cpu, 2))
            self.results.append(result)
            print(_line(*asdict(result).values()), flush=True)

        return say


def _warm(work: Callable[[], None]) -> Cost:
    work()
    return measured(work)[0]


def _line(work, program, machines, years, rows, wall, cpu) -> str:
    return f"{work:<30}{program:<11}{machines:>9}{years:>7}{rows:>11}{wall:>9}{cpu:>9}"


def ratios(results: list[Result]) -> dict[str, float]:
    """What the targets speak of, by what it says."""
    cpu = {(r.work, r.program, r.machines, r.years): r.cpu for r in results}
    found = {}
    for work, program, machines, years in cpu:
        ours = cpu.get((work, "product", machines, years))
        if program == "published":
            found[f"{work}, {machines} machines: CPU of the published program / ours"] = (
                cpu[work, program, machines, years] / ours
            )
        if program == "duckdb":
            found[f"{work}, {machines} machines: our CPU / DuckDB's"] = ours / cpu[work, program, machines, years]
    days: dict[int, Cost] = {}
    for r in results:
        if r.work.startswith("new day"):
            before = days.get(r.years, Cost(0, 0))
            days[r.years] = Cost(before.wall + r.wall, before.cpu + r.cpu)
    if len(days) > 1:
        short, long = min(days), max(days)
        name = f"new day after {long} years / after {short}"
        found[f"{name}: CPU"] = days[long].cpu / days[short].cpu
        found[f"{name}: wall time"] = days[long].wall / days[short].wall
    return {name: round(value, 2) for name, value in found.items()}


def main(arguments: list[str]) -> None:
    parser = Arguments(prog="bench", description="Measures ingest and features.")
    size, years = whole(1, 100_000), whole(1, 50)
    parser.add_argument("--machines", type=size, nargs="*", default=[100, 1000], help="plants of one year (100 1000)")
    parser.add_argument("--history-years", type=years, nargs="*", default=[1, 10], help="before a new day (1 10)")
    parser.add_argument("--published-machines", type=size, default=100, help="largest for the published features (100)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for bench.json and the tables (out)")
    options = parser.parse_args(arguments)
    if not Path("/proc/self/stat").exists():
        parser.error("CPU time is read from /proc, which this system does not have")
    folder = (options.out / "bench").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    import spark as cluster  # local/cluster/spark.py

    print(_line("work", "program", "machines", "years", "rows", "wall s", "CPU s"))
    with peak_memory() as peak:
        memory = cluster.half_of_memory()
        spark = cluster.start(folder / "warehouse", memory=memory, app="bench", java_options=cluster.THOROUGH)
        bench = Bench(spark, folder)
        try:
            for machines in options.machines:
                bench.one_year(machines, machines <= options.published_machines)
            for years in options.history_years:
                bench.new_days(years)
        except Different as difference:
            parser.exit(1, f"bench: {difference}\n")
        finally:
            spark.stop()
        measured_peak = peak()
    shutil.rmtree(folder)
    found = ratios(bench.results)
    print("", *(f"{name}: {value}" for name, value in found.items()), f"peak memory: {measured_peak} MB", sep="\n")
    report = {
        "at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()},
        "results": [asdict(result) for result in bench.results],
        "ratios": found,
        "peak_memory_mb": measured_peak,
    }
    (options.out / "bench.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
