"""Gaps, dirty, late and repeated rows of a simulated plant: as many as asked for, and what ingest makes of them."""

import re
import sys
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "local" / "plant"))
import simulate
from flaws import FLAWLESS, Flaws
from sensor_faults import SensorFaults

MACHINES, DAYS = 10, 120
DATED = ["telemetry", "errors", "maint", "failures"]


def _lines(folder: Path, table: str) -> list[str]:
    return (folder / f"PdM_{table}.csv").read_text().splitlines()[1:]


def _plant(folder: Path, flaws: Flaws = FLAWLESS, machines: int = MACHINES, days: int = DAYS) -> Path:
    simulate.simulate(machines, 3, days, folder, flaws)
    return folder


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _plant(tmp_path_factory.mktemp("sound"))


def test_gaps_are_the_share_of_hours_in_single_hours_and_silences_and_the_share_of_sensor_values(sound, tmp_path):
    flawed = _plant(tmp_path, Flaws(gaps=0.04))
    kept = [line.split(",") for line in _lines(flawed, "telemetry")]
    assert 1 - len(kept) / len(_lines(sound, "telemetry")) == pytest.approx(0.04, rel=0.3)
    assert sum(row[2:].count("") for row in kept) / (4 * len(kept)) == pytest.approx(0.04, rel=0.1)
    times = [(row[1], datetime.fromisoformat(row[0])) for row in kept]
    missing = Counter((b[1] - a[1]) // timedelta(hours=1) - 1 for a, b in pairwise(times) if a[0] == b[0])
    assert missing[1] > 100 and sum(count for hours, count in missing.items() if hours >= 48) > 5
    for table in ["machines", *DATED[1:]]:
        assert _lines(flawed, table) == _lines(sound, table), table


def test_dirty_rows_are_the_share_of_every_dated_file_and_ingest_loads_none_of_them(tmp_path, spark, schema):
    from filesystem import FileSystem

    from predictive_maintenance.landing.ingest import ingest

    sound = _plant(tmp_path / "sound", machines=4, days=90)
    flawed = _plant(tmp_path / "plant", Flaws(dirty=0.2), machines=4, days=90)
    dirty = {table: (Counter(_lines(flawed, table)) - Counter(_lines(sound, table))).total() for table in DATED}
    assert dirty["telemetry"] / len(_lines(sound, "telemetry")) == pytest.approx(0.2, rel=0.1)
    assert all(dirty.values()) and _lines(flawed, "machines") == _lines(sound, "machines")
    for table in ["machines", *DATED]:
        folder = tmp_path / "landing" / table / "all"
        folder.mkdir(parents=True)
        (flawed / f"PdM_{table}.csv").rename(folder / "part.csv")
    result = ingest(spark, FileSystem(spark).ls, f"file:{tmp_path}/landing", "spark_catalog", schema, "run")
    assert result["quarantined"] == sum(dirty.values())
    reasons = [row.reason for row in spark.table(f"spark_catalog.{schema}.quarantine").collect()]
    for kind in ("n/a", "-9999", "is not a time", "unknown machine", "not 6 fields"):
        assert any(kind in reason for reason in reasons), kind


def test_late_rows_arrive_one_to_three_days_after_their_day_and_nothing_is_lost(sound, tmp_path):
    flawed = _plant(tmp_path, Flaws(late=0.02))
    for table in DATED:
        late = []
        for day in sorted((flawed / "late").iterdir()):
            if not (day / f"PdM_{table}.csv").exists():
                continue
            late += (arrived := _lines(day, table))
            delays = {
                datetime.fromisoformat(day.name).date() - datetime.fromisoformat(row[:19]).date() for row in arrived
            }
            assert delays <= {timedelta(days=1), timedelta(days=2), timedelta(days=3)}
        assert sorted(late + _lines(flawed, table)) == sorted(_lines(sound, table)), table
        if table == "telemetry":
            assert len(late) / len(_lines(sound, table)) == pytest.approx(0.02, rel=0.1)


def test_rows_that_come_twice_are_in_time_and_late(sound, tmp_path):
    flawed = _plant(tmp_path, Flaws(twice=0.01))
    assert _lines(flawed, "telemetry") == _lines(sound, "telemetry")
    again = [row for file in flawed.glob("late/*/PdM_telemetry.csv") for row in file.read_text().splitlines()[1:]]
    assert len(again) / len(_lines(sound, "telemetry")) == pytest.approx(0.01, rel=0.2)
    assert set(again) <= set(_lines(sound, "telemetry"))


def test_the_flaws_of_a_seed_are_the_same_and_more_machines_only_add(tmp_path):
    every = Flaws(gaps=0.02, dirty=0.02, late=0.02, twice=0.02)
    few, many = _plant(tmp_path / "few", every, 2, 30), _plant(tmp_path / "many", every, 3, 30)
    assert _lines(many, "telemetry")[: len(_lines(few, "telemetry"))] == _lines(few, "telemetry")


def test_a_share_that_is_none_is_one_clear_line(tmp_path, capsys):
    for text in ("1.5", "many", "nan"):
        with pytest.raises(SystemExit) as caught:
            simulate.main(["--out", str(tmp_path), "--late", text])
        assert caught.value.code == 2
        error = capsys.readouterr().err
        assert re.fullmatch(f"simulate: argument --late: '{text}' is not a share from 0 to 0.5\n", error)


@pytest.fixture(scope="module")
def many_sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _plant(tmp_path_factory.mktemp("many"), machines=60)


@pytest.mark.parametrize("kind", ["stuck", "drifting", "spiking", "silent"])
def test_sensors_are_broken_for_the_share_of_their_time_in_whole_weeks(many_sound: Path, tmp_path: Path, kind: str):
    flawed = _plant(tmp_path, Flaws(sensors=SensorFaults(**{kind: 0.05})), machines=60)
    before, after = (_values(folder) for folder in (many_sound, flawed))
    changed = ~np.isclose(before, after, equal_nan=True)
    shown = 0.1 if kind == "spiking" else 1  # one hour in ten of that time
    assert changed.mean() == pytest.approx(0.05 * shown, rel=0.2)
    if kind == "silent":
        assert np.isnan(after[changed]).all()
    for table in ["machines", *DATED[1:]]:
        assert _lines(flawed, table) == _lines(many_sound, table), table


def test_a_longer_plant_has_the_same_broken_sensors_in_its_first_days(tmp_path: Path):
    faults = Flaws(sensors=SensorFaults(stuck=0.02, drifting=0.02, spiking=0.02, silent=0.02))
    short, long = (_plant(tmp_path / f"{days}", faults, 1, days) for days in (30, 60))
    lines = _lines(short, "telemetry")
    assert _lines(long, "telemetry")[: len(lines)] == lines
    assert sum(",," in line or line.endswith(",") for line in lines) > 0


def _values(folder: Path) -> np.ndarray:
    return pd.read_csv(folder / "PdM_telemetry.csv").iloc[:, 2:].to_numpy(float)
