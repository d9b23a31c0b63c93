"""Makes the five files of the product from one wide file with the columns of AI4I 2020.

    python examples/milling/convert.py FILE DIR

The public file has neither times nor machines: columns `Time`, `Machine` and `Age` go in front, and the hours of a
machine are in their order. Where a mode is 1 its component fails, and is replaced; where the tool wear falls, somebody
has changed the tool. Random failures (RNF) are left out: no sensor shows them. There are no errors.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

SENSORS = {
    "air_temperature": "Air temperature [K]",
    "process_temperature": "Process temperature [K]",
    "rotational_speed": "Rotational speed [rpm]",
    "torque": "Torque [Nm]",
    "tool_wear": "Tool wear [min]",
}
MODES = ("TWF", "HDF", "PWF", "OSF")
TOOL = "twf"


def convert(wide: Path, out: Path) -> None:
    """Writes `PdM_machines.csv` and the other four to `out`, which is made if absent."""
    machines: dict[str, tuple[str, str]] = {}
    worn: dict[str, float] = {}
    telemetry, maint, failures = [], [], []
    with open(wide, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            time, machine = row["Time"], row["Machine"]
            machines[machine] = row["Type"], row["Age"]
            telemetry.append((time, machine, *(row[column] for column in SENSORS.values())))
            failed = [mode.lower() for mode in MODES if row[mode] == "1"]
            wear = float(row[SENSORS["tool_wear"]])
            changed = wear < worn.get(machine, 0) and TOOL not in failed
            failures += [(time, machine, mode) for mode in failed]
            maint += [(time, machine, mode) for mode in (*failed, *[TOOL] * changed)]
            worn[machine] = wear
    out.mkdir(parents=True, exist_ok=True)
    event = ("datetime", "machineID")
    _write(out, "machines", ("machineID", "model", "age"), [(id, *its) for id, its in machines.items()])
    _write(out, "telemetry", (*event, *SENSORS), telemetry)
    _write(out, "errors", (*event, "errorID"), [])
    _write(out, "maint", (*event, "comp"), maint)
    _write(out, "failures", (*event, "failure"), failures)


def _write(out: Path, table: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with open(out / f"PdM_{table}.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
