"""The simulated plant shows the statistics and the failure signatures of the real set, and is the same for a seed."""

import csv
import statistics
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "local" / "plant"))
import simulate

SENSORS = {"volt": (170.8, 15.5), "rotate": (446.6, 52.7), "pressure": (100.9, 11.0), "vibration": (40.4, 5.4)}
SIGNATURES = {
    "comp1": ("volt", 21, ["error1"]),
    "comp2": ("rotate", -81, ["error2", "error3"]),
    "comp3": ("pressure", 26, ["error4"]),
    "comp4": ("vibration", 10, ["error5"]),
}
TABLES = ["machines", "telemetry", "errors", "maint", "failures"]
HOUR = timedelta(hours=1)


class Plant:
    """The five files, read back."""

    def __init__(self, folder: Path) -> None:
        self.tables = {table: self._read(folder / f"PdM_{table}.csv") for table in TABLES}
        self.failures = [(int(r["machineID"]), _at(r), r["failure"]) for r in self.tables["failures"]]
        self.maint = {(int(r["machineID"]), _at(r), r["comp"]) for r in self.tables["maint"]}
        self.errors = {(int(r["machineID"]), _at(r), r["errorID"]) for r in self.tables["errors"]}

    @staticmethod
    def _read(file: Path) -> list[dict[str, str]]:
        with open(file, newline="") as rows:
            return list(csv.DictReader(rows))


def _at(row: dict[str, str]) -> datetime:
    return datetime.strptime(row["datetime"], "%Y-%m-%d %H:%M:%S")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plant") / "not" / "there"
    simulate.simulate(100, 1, 365, folder)
    return folder


@pytest.fixture(scope="module")
def plant(folder: Path) -> Plant:
    return Plant(folder)


def test_a_year_of_a_hundred_machines_has_the_rows_of_the_real_set(plant: Plant):
    assert len(plant.tables["machines"]) == 100
    assert len(plant.tables["telemetry"]) == 100 * 365 * 24
    assert len(plant.errors) == len(plant.tables["errors"]) == pytest.approx(3919, rel=0.05)
    assert len(plant.maint) == len(plant.tables["maint"]) == pytest.approx(3286, rel=0.05)
    assert len(set(plant.failures)) == len(plant.failures) == pytest.approx(761, rel=0.1)
    assert len({machine for machine, _, _ in plant.failures}) >= 97


def test_failures_fall_on_the_components_as_in_the_real_set(plant: Plant):
    shares = {"comp1": 192, "comp2": 259, "comp3": 131, "comp4": 179}
    counted = Counter(component for _, _, component in plant.failures)
    for component, expected in shares.items():
        assert counted[component] == pytest.approx(expected, rel=0.2), component


def test_most_failures_are_at_six_and_in_the_maintenance_log_and_some_come_together(plant: Plant):
    assert sum(at.hour == 6 for _, at, _ in plant.failures) / len(plant.failures) > 0.95
    recorded = sum(failure in plant.maint for failure in plant.failures)
    assert recorded / len(plant.failures) == pytest.approx(743 / 761, abs=0.02)
    moments = Counter((machine, at) for machine, at, _ in plant.failures)
    assert 20 <= sum(count > 1 for count in moments.values()) <= 80


def test_maintenance_begins_in_june_2014_and_comes_every_15_days(plant: Plant):
    assert min(at for _, at, _ in plant.maint).strftime("%Y-%m") == "2014-06"
    assert {component for _, at, component in plant.maint if at.year == 2014} == set(SIGNATURES)
    visits: dict[int, set[datetime]] = {}
    for machine, at, _ in plant.maint:
        visits.setdefault(machine, set()).add(at)
    gaps = [b - a for its in visits.values() for a, b in zip(sorted(its), sorted(its)[1:])]
    assert Counter(gaps).most_common(1)[0][0] == timedelta(days=15)
    assert all(gap % timedelta(days=15) == timedelta(0) for gap in gaps)
    at_once = Counter(Counter((machine, at) for machine, at, _ in plant.maint).values())
    assert at_once[1] > at_once[2] > 10 * at_once[3]


def test_sensors_have_the_means_and_deviations_of_the_real_set(plant: Plant):
    for sensor, (mean, deviation) in SENSORS.items():
        values = [float(row[sensor]) for row in plant.tables["telemetry"][::7]]
        assert statistics.fmean(values) == pytest.approx(mean, rel=0.005), sensor
        assert statistics.stdev(values) == pytest.approx(deviation, rel=0.03), sensor


@pytest.mark.parametrize("component", SIGNATURES)
def test_a_failure_shows_48_hours_before_in_its_sensor_and_24_hours_before_in_errors(plant: Plant, component: str):
    sensor, shift, errors = SIGNATURES[component]
    readings = {(int(r["machineID"]), r["datetime"]): float(r[sensor]) for r in plant.tables["telemetry"]}
    failures = [(machine, at) for machine, at, failed in plant.failures if failed == component and at.month > 1]

    def mean(first: int, last: int) -> float:
        times = [(machine, str(at + hour * HOUR)) for machine, at in failures for hour in range(first, last + 1)]
        return statistics.fmean(readings[time] for time in times if time in readings)

    assert mean(-48, 0) - SENSORS[sensor][0] == pytest.approx(shift, rel=0.1)
    assert abs(mean(-96, -60) - SENSORS[sensor][0]) < abs(shift) * 0.2
    assert abs(mean(1, 24) - SENSORS[sensor][0]) < abs(shift) * 0.2
    for error in errors:
        given = sum((machine, at - 24 * HOUR, error) in plant.errors for machine, at in failures)
        assert 0.9 <= given / len(failures) <= 1, error


def test_most_errors_lead_to_no_failure(plant: Plant):
    told = {(m, at - 24 * HOUR, e) for m, at, component in plant.failures for e in SIGNATURES[component][2]}
    assert 0.65 < len(plant.errors - told) / len(plant.errors) < 0.85


def test_the_same_seed_gives_the_same_files_and_another_seed_another_plant(tmp_path: Path):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        simulate.simulate(3, seed, 20, tmp_path / name)
    for table in TABLES:
        a, b, c = ((tmp_path / name / f"PdM_{table}.csv").read_bytes() for name in "abc")
        assert a == b and a != c, table


def test_more_days_and_more_machines_only_add(tmp_path: Path):
    simulate.simulate(5, 3, 60, tmp_path / "short")
    simulate.simulate(7, 3, 90, tmp_path / "long")
    short, long = Plant(tmp_path / "short"), Plant(tmp_path / "long")
    end = datetime(2015, 1, 1) + timedelta(days=60)
    for table in TABLES:
        kept = [
            row for row in long.tables[table] if int(row["machineID"]) <= 5 and (table == "machines" or _at(row) < end)
        ]
        assert kept == short.tables[table], table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--machines", "0"], "argument --machines: '0' is not a whole number from 1 to 10000"),
        (["--days", "1.5"], "argument --days: '1.5' is not a whole number from 1 to 3650"),
        (["--seed", "-1"], "argument --seed: "),
        (["--speed", "3"], "unrecognized arguments: --speed 3"),
    ],
)
def test_a_bad_argument_is_one_clear_line(arguments: list[str], message: str, tmp_path: Path, capsys):
    with pytest.raises(SystemExit) as caught:
        simulate.main(["--out", str(tmp_path), *arguments])
    assert caught.value.code == 2
    error = capsys.readouterr().err
    assert message in error and error.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path, capsys):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit) as caught:
        simulate.main(["--machines", "1", "--days", "1", "--out", str(tmp_path / "file")])
    assert caught.value.code == 2
    assert capsys.readouterr().err == f"simulate: cannot write {tmp_path / 'file'}: File exists\n"


def test_the_real_sample_has_the_same_marginals_and_rates(plant: Plant, sample: Path):
    """Machines 1 to 20 over three months: small numbers, wide tolerances."""
    real = Plant(sample)
    machine_years = 20 * 90 / 365
    for sensor in SENSORS:
        ours = [float(row[sensor]) for row in plant.tables["telemetry"][::20]]
        theirs = [float(row[sensor]) for row in real.tables["telemetry"]]
        assert statistics.fmean(ours) == pytest.approx(statistics.fmean(theirs), rel=0.01)
        assert statistics.stdev(ours) == pytest.approx(statistics.stdev(theirs), rel=0.07)
    assert len(plant.failures) / 100 == pytest.approx(len(real.failures) / machine_years, rel=0.3)
    assert len(plant.errors) / 100 == pytest.approx(len(real.errors) / machine_years, rel=0.2)
