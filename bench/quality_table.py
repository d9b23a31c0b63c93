"""Measures how good the warnings are on plants that are not as they should be, beside the one-line rule.

    npm run bench -- quality --machines 100 --days 365 --without large

Each condition of `conditions.py` is a plant of its own, of the same seed. The product trains on the first three
quarters of the days and scores the last one, of which it has learned nothing. Prints a table and writes
`<out>/quality.json`.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from arguments import Arguments, whole
from conditions import CONDITIONS, FIRST, Condition
from quality_results import HEADER, Quality, line, shortfalls
from session import circumstances, session


def measured(spark, folder: Path, conditions: Iterable[Condition], machines: int, days: int) -> Iterator[Quality]:
    """The figures of each condition, the sound plant first. Raises NothingToLearn where a plant is too small."""
    from product import Product
    from trial import Trial, model_of

    def schema(condition: Condition) -> str:
        return condition.name.replace("-", "_")

    for condition in conditions:
        plant = Product(spark, folder, schema(condition), machines * condition.times)
        trial = Trial(condition, plant, days)
        _say(condition, f"simulating {plant.machines} machines for {days} days")
        trial.simulate()
        if not condition.foreign:
            _say(condition, "training")
            trial.train()
        _say(condition, "scoring")
        trial.score(model_of(schema(FIRST if condition.foreign else condition)))
        yield from trial.judged()
        plant.drop()


def main(arguments: list[str]) -> None:
    parser = Arguments(prog="bench quality", description="Measures how good the warnings are.")
    parser.add_argument(
        "--machines", type=whole(1, 10_000), default=100, help="of a plant; large has ten times as many (100)"
    )
    parser.add_argument("--days", type=whole(60, 3_650), default=365, help="the last quarter is scored (365)")
    names = [condition.name for condition in CONDITIONS if condition is not FIRST]
    left_out = "conditions to leave out, of: " + ", ".join(names)
    parser.add_argument("--without", nargs="*", choices=names, default=[], metavar="CONDITION", help=left_out)
    parser.add_argument("--out", type=Path, default=Path("out"), help="folder for quality.json and the tables (out)")
    options = parser.parse_args(arguments)
    conditions = [condition for condition in CONDITIONS if condition.name not in options.without]
    folder = (options.out / "bench").resolve()
    os.environ |= {
        "MLFLOW_TRACKING_URI": (folder / "mlruns").as_uri(),
        "MLFLOW_DFS_TMP": str(folder / "mlflow"),
        "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
        "MLFLOW_LOGGING_LEVEL": "WARNING",
    }
    faulty = [condition.name for condition in conditions if condition.faults]
    report = {**circumstances(), "machines": options.machines, "days": options.days}
    results: list[Quality] = []
    short: list[str] = []
    with session(parser, folder) as spark:
        from predictive_maintenance.quality.slices import NothingToLearn

        print(HEADER)
        try:
            for result in measured(spark, folder, conditions, options.machines, options.days):
                print(line(*asdict(result).values()), flush=True)
                results.append(result)
                short = shortfalls(results, faulty)
                # Each time: it takes long, and may be interrupted.
                found = {**report, "results": [asdict(its) for its in results], "shortfalls": short}
                (options.out / "quality.json").write_text(json.dumps(found, indent=2) + "\n")
        except NothingToLearn as lack:
            parser.exit(1, f"bench quality: {lack}\n")
    if faulty:
        print("", *(short or ["faulty sensors: nothing falls short"]), sep="\n")


def _say(condition: Condition, what: str) -> None:
    print(f"{condition.name}: {what}", file=sys.stderr, flush=True)
