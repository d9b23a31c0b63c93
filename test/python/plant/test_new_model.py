"""A fleet of a new model in a simulated plant: as many machines as asked for, from their day on, beside the others."""

import statistics
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "local" / "plant"))
import generate
import simulate
from flaws import Flaws
from new_model import NAME, NO_NEW_MODEL, NewModel
from sensor_faults import SensorFaults

DATED = ["telemetry", "errors", "maint", "failures"]
MACHINES, DAYS, BEGINS = 20, 200, 90
FIRST_DAY = "2015-04-01"
FLEET = NewModel(0.2, BEGINS)
FAULTY = SensorFaults(stuck=0.02, drifting=0.02, spiking=0.02, silent=0.02)

Tables = dict[str, list[list[str]]]


def _plant(folder: Path, new_model: NewModel, machines: int = MACHINES, days: int = DAYS, **more) -> Tables:
    simulate.simulate(machines, 3, days, folder, new_model=new_model, **more)
    files = {table: (folder / f"PdM_{table}.csv").read_text().splitlines()[1:] for table in ["machines", *DATED]}
    return {table: [line.split(",") for line in lines] for table, lines in files.items()}


def _new(plant: Tables) -> set[str]:
    return {id for id, model, _ in plant["machines"] if model == NAME}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return _plant(tmp_path_factory.mktemp("usual"), NO_NEW_MODEL)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return _plant(tmp_path_factory.mktemp("grown"), FLEET)


def test_that_share_of_the_machines_is_of_a_model_that_no_other_has(usual: Tables, grown: Tables):
    assert not _new(usual)
    assert len(_new(grown)) == 0.2 * MACHINES
    assert {age for id, _, age in grown["machines"] if id in _new(grown)} == {"0"}


@pytest.mark.parametrize("share", [0.01, 0.07, 0.29, 0.5])
def test_any_share_of_a_hundred_machines_is_exact(share: float):
    assert sum(NewModel(share, 1).has(id) for id in range(1, 101)) == round(100 * share)


def test_they_are_announced_but_nothing_happens_to_them_before_their_day(grown: Tables):
    new = _new(grown)
    its = {table: [row for row in grown[table] if row[1] in new] for table in DATED}
    assert min(row[0] for row in its["telemetry"]) == f"{FIRST_DAY} 00:00:00"
    assert len(its["telemetry"]) == len(new) * 24 * (DAYS - BEGINS)
    for table in DATED:
        assert its[table] and all(row[0] >= FIRST_DAY for row in its[table]), table


def test_the_rows_of_all_other_machines_stay_as_they_are(usual: Tables, grown: Tables):
    new = _new(grown)
    assert [row for row in usual["machines"] if row[0] not in new] == [
        row for row in grown["machines"] if row[0] not in new
    ]
    for table in DATED:
        others = [row for row in grown[table] if row[1] not in new]
        assert others == [row for row in usual[table] if row[1] not in new], table


def test_their_sensors_have_another_level_and_their_components_are_new(grown: Tables):
    new = _new(grown)

    def volts(of_new: bool) -> float:
        return statistics.fmean(float(row[2]) for row in grown["telemetry"] if (row[1] in new) == of_new)

    assert volts(True) - volts(False) == pytest.approx(15 / 2, abs=1)
    assert min(row[0] for row in grown["failures"] if row[1] in new) > "2015-05-01"


def test_a_seed_has_one_fleet_and_more_days_and_machines_only_add(grown: Tables, tmp_path: Path):
    assert _plant(tmp_path / "again", FLEET) == grown
    small = _plant(tmp_path / "small", FLEET, machines=MACHINES - 8, days=DAYS - 60)
    last, ids = small["telemetry"][-1][0], {row[0] for row in small["machines"]}
    for table in DATED:
        kept = [row for row in grown[table] if row[1] in ids and row[0] <= last]
        assert kept == small[table], table


def test_a_plant_that_ends_before_their_day_has_none_of_their_rows_with_broken_sensors_too(tmp_path: Path):
    plant = _plant(tmp_path, FLEET, days=BEGINS, flaws=Flaws(sensors=FAULTY))
    assert not any(row[1] in _new(plant) for table in DATED for row in plant[table])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--new-model", "0.6"], "argument --new-model: '0.6' is not a share from 0 to 0.5"),
        (["--new-model-from", "0"], "argument --new-model-from: '0' is not a whole number from 1 to 3649"),
    ],
)
def test_a_wrong_value_is_one_clear_line(arguments: list[str], message: str, tmp_path: Path, capsys):
    with pytest.raises(SystemExit) as caught:
        simulate.main(["--out", str(tmp_path), *arguments])
    assert caught.value.code == 2
    assert capsys.readouterr().err == f"simulate: {message}\n"


@pytest.mark.parametrize(("given", "first"), [([], "2015-01-08"), (["--new-model-from", "5"], "2015-01-06")])
def test_unless_stated_they_begin_on_the_last_day(given: list[str], first: str, tmp_path: Path):
    simulate.main(["--machines", "3", "--days", "8", "--new-model", "0.4", *given, "--out", str(tmp_path)])
    [id] = [line.split(",")[0] for line in (tmp_path / "PdM_machines.csv").read_text().splitlines() if NAME in line]
    telemetry = [line.split(",") for line in (tmp_path / "PdM_telemetry.csv").read_text().splitlines()]
    assert min(row[0] for row in telemetry if row[1] == id) == f"{first} 00:00:00"


def test_spark_lands_the_same_fleet_and_the_same_broken_sensors(spark, tmp_path: Path):
    fleet = NewModel(0.4, 16)
    simulated = _plant(tmp_path / "simulated", fleet, 5, 30, flaws=Flaws(sensors=FAULTY))
    for first, end in ((0, 20), (20, 30)):
        generate.land(spark, tmp_path / "landed", 5, 3, first, end, FAULTY, fleet)
    for table, rows in simulated.items():
        files = (tmp_path / "landed").glob(f"{table}/*/*.csv")
        landed = [line.split(",") for file in files for line in file.read_text().splitlines()[1:]]
        assert sorted(landed) == sorted(rows), table
