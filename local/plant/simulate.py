"""Simulates a plant: the five files of the classic predictive-maintenance layout, from 2015-01-01 on, hourly.

    python simulate.py --machines 100 --seed 1 --days 366 --out DIR

writes PdM_machines.csv, PdM_telemetry.csv, PdM_errors.csv, PdM_maint.csv and PdM_failures.csv. The same seed gives the
same plant; more days or more machines only add to it. It is flawless unless asked otherwise (see `flaws.py`):

    --gaps 0.01 --dirty 0.001 --late 0.005 --twice 0.001 --stuck 0.01 --drifting 0.01 --spiking 0.01 --silent 0.01

Rows that are late, or delivered twice, lie in DIR/late/<day they arrive>/, files of the same names and headers.

    --new-model 0.2 --new-model-from 300

makes a fifth of the machines ones of a model that begins to work on that day, see `new_model.py`.
"""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from arguments import Arguments, whole
from flaws import FLAWLESS, Flaws, Late
from history import machine
from new_model import NO_NEW_MODEL, NewModel
from rows import HEADERS, day_of, rows
from sensor_faults import SensorFaults

KINDS = {
    "stuck": "repeat what they measured last",
    "drifting": "move away slowly",
    "spiking": "are far off in single hours",
    "silent": "measure nothing",
}
"""What broken sensors do, see `sensor_faults.py`."""


def simulate(
    machines: int,
    seed: int,
    days: int,
    out: Path,
    flaws: Flaws = FLAWLESS,
    new_model: NewModel = NO_NEW_MODEL,
) -> None:
    """Writes the five files of `machines` machines over `days` days to `out`, which is made if absent."""
    out.mkdir(parents=True, exist_ok=True)
    late: dict[Late, list[str]] = {}
    with ExitStack() as open_files:
        files = {table: open_files.enter_context(_file(out, table)) for table in HEADERS}
        for id in range(1, machines + 1):
            delivered = flaws.applied(seed, id, rows(seed, machine(seed, id, new_model), 0, days))
            for table, lines in delivered.in_time.items():
                files[table].writelines(lines)
            for at, lines in delivered.late.items():
                late.setdefault(at, []).extend(lines)
    for (day, table), lines in late.items():
        folder = out / "late" / day_of(day)
        folder.mkdir(parents=True, exist_ok=True)
        with _file(folder, table) as file:
            file.writelines(lines)


def _file(folder: Path, table: str) -> TextIO:
    file = open(folder / f"PdM_{table}.csv", "w", encoding="ascii", newline="")  # noqa: SIM115 - the caller closes it
    file.write(HEADERS[table])
    return file


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 0.5:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to 0.5")
    return value


def main(arguments: list[str]) -> None:
    parser = Arguments(prog="simulate", description="Simulates a plant of machines that fail.")
    parser.add_argument("--machines", type=whole(1, 10_000), default=100, help="how many (100)")
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=1, help="another seed is another plant (1)")
    parser.add_argument("--days", type=whole(1, 3_650), default=366, help="from 2015-01-01 on (366)")
    parser.add_argument("--gaps", type=_share, default=0, help="share of hours and of sensor values not measured (0)")
    parser.add_argument("--dirty", type=_share, default=0, help="share of rows that are wrong (0)")
    parser.add_argument("--late", type=_share, default=0, help="share of rows that arrive one to three days late (0)")
    parser.add_argument("--twice", type=_share, default=0, help="share of rows that arrive in time and late again (0)")
    for kind, does in KINDS.items():
        parser.add_argument(f"--{kind}", type=_share, default=0, help=f"share of the time of sensors that {does} (0)")
    parser.add_argument(
        "--new-model", type=_share, default=0, help="share of machines that are new and begin later (0)"
    )
    parser.add_argument(
        "--new-model-from", type=whole(1, 3_649), help="day on which they begin, counted from 2015-01-01 (the last one)"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    options = parser.parse_args(arguments)
    sensors = SensorFaults(**{kind: getattr(options, kind) for kind in KINDS})
    flaws = Flaws(options.gaps, options.dirty, options.late, options.twice, sensors)
    new_model = NewModel(options.new_model, options.new_model_from or max(1, options.days - 1))
    try:
        simulate(options.machines, options.seed, options.days, options.out, flaws, new_model)
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.out}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
