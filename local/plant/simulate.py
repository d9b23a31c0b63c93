"""Simulates a plant: the five files of the classic predictive-maintenance layout, from 2015-01-01 on, hourly.

    python simulate.py --machines 100 --seed 1 --days 366 --out DIR

writes PdM_machines.csv, PdM_telemetry.csv, PdM_errors.csv, PdM_maint.csv and PdM_failures.csv. The same seed gives the
same plant; more days or more machines only add to it.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import repeat
from pathlib import Path
from typing import NoReturn

import numpy as np
from history import COMPONENTS, START, History, Machine, history, machine

# volt, rotate, pressure, vibration: hourly means of a sound machine, their noise, and the shift before a failure.
MEAN = np.array([170.0, 450.0, 100.0, 40.0])
NOISE = np.array([15.0, 50.0, 10.0, 5.0])
SHIFT = np.array([21.0, -81.0, 26.0, 10.0])
# No hourly mean of the real plant is lower or higher: noise beyond it would be a broken sensor, not a worn machine.
LOWEST = np.array([97.3, 138.4, 51.2, 14.9])
HIGHEST = np.array([255.1, 695.0, 186.0, 76.8])
TELEMETRY_ROW = "%s,%d,%.3f,%.3f,%.3f,%.3f\n"


def simulate(machines: int, seed: int, days: int, out: Path) -> None:
    """Writes the five files of `machines` machines over `days` days to `out`, which is made if absent."""
    plant = [machine(seed, id) for id in range(1, machines + 1)]
    histories = [history(seed, one, 24 * days) for one in plant]
    out.mkdir(parents=True, exist_ok=True)
    _write(out, "machines", "machineID,model,age", (f"{one.id},{one.model},{one.age}\n" for one in plant))
    _write(out, "telemetry", "datetime,machineID,volt,rotate,pressure,vibration", _telemetry(seed, plant, histories))
    errors = [f"error{n}" for n in range(1, 6)]
    _write(out, "errors", "datetime,machineID,errorID", _events(plant, [h.errors for h in histories], errors))
    _write(out, "maint", "datetime,machineID,comp", _events(plant, [h.maint for h in histories], COMPONENTS))
    _write(out, "failures", "datetime,machineID,failure", _events(plant, [h.failures for h in histories], COMPONENTS))


def _telemetry(seed: int, plant: list[Machine], histories: list[History]) -> Iterable[str]:
    hours = len(histories[0].shifted)
    times = [_time(hour) for hour in range(hours)]
    for one, events in zip(plant, histories):
        noise = np.random.default_rng([seed, one.id, 4]).standard_normal((hours, len(MEAN)))
        values = np.clip(MEAN + NOISE * noise + SHIFT * events.shifted, LOWEST, HIGHEST)
        yield "".join([TELEMETRY_ROW % row for row in zip(times, repeat(one.id), *values.T.tolist())])


def _events(plant: list[Machine], events: list[list[tuple[int, int]]], names: Sequence[str]) -> Iterable[str]:
    for one, its in zip(plant, events):
        yield from (f"{_time(hour)},{one.id},{names[kind]}\n" for hour, kind in its)


def _time(hour: int) -> str:
    return str(START + timedelta(hours=hour))


def _write(out: Path, table: str, header: str, rows: Iterable[str]) -> None:
    with open(out / f"PdM_{table}.csv", "w", encoding="ascii", newline="") as file:
        file.write(f"{header}\n")
        file.writelines(rows)


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"simulate: {message}\n")


def _whole(least: int, most: int):
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return parse


def main(arguments: list[str]) -> None:
    parser = _Arguments(description="Simulates a plant of machines that fail.")
    parser.add_argument("--machines", type=_whole(1, 10_000), default=100, help="how many (100)")
    parser.add_argument("--seed", type=_whole(0, 2**32 - 1), default=1, help="another seed is another plant (1)")
    parser.add_argument("--days", type=_whole(1, 3_650), default=366, help="from 2015-01-01 on (366)")
    parser.add_argument("--out", type=Path, required=True, help="folder for the five files")
    options = parser.parse_args(arguments)
    try:
        simulate(options.machines, options.seed, options.days, options.out)
    except OSError as error:
        parser.error(f"cannot write {error.filename or options.out}: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
