"""A plant of any number of machines and years, made by Spark: the rows of `simulate.py`, machine by machine.

    python generate.py --machines 1000 --years 1 --seed 1 --out DIR

writes the landing folders DIR/<table>/<first day>_<last day>/part-00000.csv and so on, as `npm start` lands them. On a
cluster, call `land` with a folder that every node can write (a volume), and `load` for Delta tables instead of files.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from math import ceil
from pathlib import Path

from arguments import Arguments, whole
from flaws import Flaws
from history import HOURS_PER_YEAR, Machine, machine
from new_model import NO_NEW_MODEL, NewModel
from pyspark.sql import SparkSession
from rows import HEADERS, Rows, day_of, rows
from sensor_faults import SOUND, SensorFaults

MACHINES_PER_FILE = 50
PROGRAMS = tuple(
    f"{name}.py"
    for name in (
        *("arguments", "description", "new_model", "history", "rows"),
        *("sensor_faults", "flaws", "simulate", "generate"),
    )
)


def land(
    spark: SparkSession,
    out: Path,
    machines: int,
    seed: int,
    first: int,
    end: int,
    sensors: SensorFaults = SOUND,
    new_model: NewModel = NO_NEW_MODEL,
) -> None:
    """Lands what machines 1 to `machines` record on the days `first` to `end` (excluded), counted from 2015-01-01."""
    for program in PROGRAMS:
        spark.sparkContext.addPyFile(str(Path(__file__).with_name(program)))
    tables = [table for table in HEADERS if table != "machines" or first == 0]
    folders = {table: out / table / f"{day_of(first)}_{day_of(end - 1)}" for table in tables}
    parts = ceil(machines / MACHINES_PER_FILE)

    def write(part: int) -> None:
        ids = range(1 + part * MACHINES_PER_FILE, 1 + min(machines, (part + 1) * MACHINES_PER_FILE))
        recorded = (_recorded(seed, machine(seed, id, new_model), first, end, sensors) for id in ids)
        _write(f"part-{part:05d}.csv", folders, recorded)

    spark.sparkContext.parallelize(range(parts), parts).foreach(write)


def load(spark: SparkSession, landed: Path, catalog: str, schema: str) -> None:
    """Replaces the raw tables of `catalog`.`schema` by what landed in the folder; its rows need no check."""
    from pyspark.sql import functions as F

    from predictive_maintenance.tables import RAW, ensure  # the package of the notebooks
    from predictive_maintenance.windows import month_of

    ensure(spark, catalog, schema, *RAW)
    for table in RAW:
        name = table.of(catalog, schema)
        columns = ",".join(c for c in table.columns.split(", ") if not c.startswith(("month ", "landed_at ")))
        files = spark.read.csv(str(landed / table.name / "*"), columns, header=True, enforceSchema=False)
        sound = files.withColumn("landed_at", F.col("_metadata.file_modification_time"))
        if table.partition:
            sound = sound.withColumn(table.partition, month_of(F.col("datetime"))).repartition(table.partition)
        sound.select(spark.table(name).columns).write.format("delta").mode("overwrite").insertInto(name)


def _recorded(seed: int, of: Machine, first: int, end: int, sensors: SensorFaults) -> Rows:
    recorded = rows(seed, of, first, end)
    if not sensors:
        return recorded
    # The week in which a sensor is broken may have begun before.
    ever = rows(seed, of, 0, end) if first else recorded
    telemetry = Flaws(sensors=sensors).applied(seed, of.id, ever).in_time["telemetry"]
    return {**recorded, "telemetry": telemetry[len(telemetry) - len(recorded["telemetry"]) :]}


def _write(name: str, folders: dict[str, Path], machines: Iterable[Rows]) -> None:
    with ExitStack() as open_files:
        files = {}
        for table, folder in folders.items():
            folder.mkdir(parents=True, exist_ok=True)
            files[table] = open_files.enter_context(open(folder / name, "w", encoding="ascii", newline=""))
            files[table].write(HEADERS[table])
        for recorded in machines:
            for table, file in files.items():
                file.writelines(recorded[table])


def main(arguments: list[str]) -> None:
    parser = Arguments(prog="generate", description="Simulates a plant of any size with Spark.")
    parser.add_argument("--machines", type=whole(1, 1_000_000), default=1_000, help="how many (1000)")
    parser.add_argument("--years", type=whole(1, 50), default=1, help="from 2015 on (1)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="another seed is another plant (1)")
    parser.add_argument("--out", type=Path, required=True, help="folder for the landing folders")
    options = parser.parse_args(arguments)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("generate").getOrCreate()
    days = options.years * HOURS_PER_YEAR // 24
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        land(spark, options.out, options.machines, options.seed, 0, days)
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.out}: {error.strerror}")
    finally:
        spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
