"""Measures the product against a DuckDB program of the same result and against the features as published in 2019.

    npm run bench -- --machines 100 1000 --history-years 1 10

Per number of machines, over one year: ingest of the landed files and features of all windows, in one warm session, and
the results are held equal. Of short runs the median of three counts, after two that warm up, of long ones the second.
Per number of years, 100 machines: what a new day costs once that much history is in. Prints a table and writes
`<out>/bench.json`. Needs Linux, and 16 GB for 1,000 machines.

    npm run bench -- quality

measures how good the warnings are instead, see `quality_table.py`.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("notebooks", "local/cluster", "local/plant", "bench")]

import quality_table  # noqa: E402
from arguments import Arguments, whole  # noqa: E402
from equal import Different  # noqa: E402
from measure import Cost, measured, peak_memory  # noqa: E402
from results import HEADER, NEW_DAY, Result, line, ratios  # noqa: E402
from session import circumstances, session  # noqa: E402

YEAR = 365
"""Days."""
LONG = 40
"""Seconds of wall time of the first run, from which on a single other run is enough."""
NEW_DAYS = 5
"""The first two warm up; of the others the median counts."""
HISTORY_MACHINES = 100


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

        from predictive_maintenance.features.point_in_time import NUMERIC
        from predictive_maintenance.tables import RAW

        plant = self.plant(machines, 1)
        out = self.folder / plant.name
        rows = machines * YEAR * 24
        say = self._sayer(machines, 1, rows)
        say("generate", "spark", measured(lambda: plant.land(0, YEAR))[0])

        say("ingest", "product", warm(plant.ingest_anew))
        ingested = plant.ingest("kept")
        say("ingest", "duckdb", warm(lambda: duck.ingest(plant.landing, out / "duck"), alone=True))
        plant.export(out / "raw")
        for table in RAW:
            values = [c.split()[0] for c in table.columns.split(", ") if not c.startswith("landed_at")]
            hold_equal(table.name, f"{out}/raw/{table.name}/*.parquet", f"{out}/duck/{table.name}.parquet", values)

        say("features", "product", warm(lambda: plant.features(out / "features")))
        theirs = out / "duck" / "features.parquet"
        say("features", "duckdb", warm(lambda: duck.features(out / "duck", theirs), alone=True))
        keys = ("machineID", "window_end", "month", "model")
        hold_equal("features", f"{out}/features/*.parquet", f"{theirs}", keys, NUMERIC)
        if with_published:
            say("features", "published", warm(lambda: plant.published(out / "published")))
        say("feature_engineering", "product", measured(partial(plant.feature_engineering, ingested))[0])
        plant.drop()

    def new_days(self, years: int) -> None:
        """Single days after `years` years of history."""
        plant = self.plant(HISTORY_MACHINES, years)
        end = years * YEAR
        say = self._sayer(HISTORY_MACHINES, years, HISTORY_MACHINES * 24)
        days = []
        for first, last in [(0, end), *((day, day + 1) for day in range(end, end + NEW_DAYS))]:
            plant.land(first, last)
            ingest, ingested = measured(partial(plant.ingest, f"day {last}"))
            features, _ = measured(partial(plant.feature_engineering, ingested))
            plant.score(f"day {last}")
            days.append((ingest, features))
        for number, work in enumerate((f"{NEW_DAY}ingest", f"{NEW_DAY}feature_engineering")):
            say(work, "product", _median([day[number] for day in days[3:]]))  # after the history and the warm-up
        plant.drop()

    def _sayer(self, machines: int, years: int, rows: int) -> Callable[[str, str, Cost], None]:
        def say(work: str, program: str, cost: Cost) -> None:
            result = Result(work, program, machines, years, rows, round(cost.wall, 2), round(cost.cpu, 2))
            self.results.append(result)
            print(line(*asdict(result).values()), flush=True)

        return say


def warm(work: Callable[[], None], alone: bool = False) -> Cost:
    """What `work` costs once everything it needs is loaded and compiled; `alone` as in `measured`."""
    first, _ = measured(work)
    if first.wall > LONG:
        return measured(work, alone)[0]
    work()
    return _median([measured(work, alone)[0] for _ in range(3)])


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["quality"]:
        quality_table.main(arguments[1:])
        return
    parser = Arguments(
        prog="bench", description="Measures ingest and features.", epilog="`bench quality --help` is about quality."
    )
    size, years = whole(1, 100_000), whole(1, 50)
    parser.add_argument("--machines", type=size, nargs="*", default=[100, 1000], help="plants of one year (100 1000)")
    parser.add_argument("--history-years", type=years, nargs="*", default=[1, 10], help="before a new day (1 10)")
    parser.add_argument("--published-machines", type=size, default=100, help="largest for the published features (100)")
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for bench.json and the tables (out)")
    options = parser.parse_args(arguments)
    if not Path("/proc/self/stat").exists():
        parser.error("CPU time is read from /proc, which this system does not have")
    folder = (options.out / "bench").resolve()
    print(HEADER)
    with peak_memory() as peak, session(parser, folder) as spark:
        bench = Bench(spark, folder)
        try:
            for machines in options.machines:
                bench.one_year(machines, machines <= options.published_machines)
            for years in options.history_years:
                bench.new_days(years)
        except Different as difference:
            parser.exit(1, f"bench: {difference}\n")
        measured_peak = peak()
    found = ratios(bench.results)
    print("", *(f"{name}: {value}" for name, value in found.items()), f"peak memory: {measured_peak} MB", sep="\n")
    report = {
        **circumstances(),
        "results": [asdict(result) for result in bench.results],
        "ratios": found,
        "peak_memory_mb": measured_peak,
    }
    (options.out / "bench.json").write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
