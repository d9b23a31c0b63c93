"""The programs of the bench agree where their definitions do; those in DuckDB are skipped where it is not installed."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from small_plant import Plant, at

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "local" / "plant")]
import published  # noqa: E402

from predictive_maintenance.contract import COMPONENTS, ERRORS  # noqa: E402
from predictive_maintenance.features import point_in_time as features  # noqa: E402
from predictive_maintenance.windows import WindowRange  # noqa: E402


@pytest.fixture(scope="module")
def steady(spark) -> dict:
    """Machine 1: constant sensors, each component replaced once, an error every day: definitions agree on these."""
    plant = Plant(machines=[(1, "model1", 7), (2, "model2", 3)]).hourly(1, "2015-01-10 01", 24 * 8, volt=171.5)
    plant.hourly(2, "2015-01-10 01", 24 * 8)
    plant.maint = [(at("2015-01-01 00"), machine, comp) for machine in (1, 2) for comp in COMPONENTS]
    plant.errors = [(at("2015-01-10 07") + timedelta(days=day), 1, "error2") for day in range(8)]
    plant.errors += [(at("2015-01-12 07"), 2, error) for error in ERRORS]
    return plant.frames(spark)


def test_the_published_features_agree_with_ours_where_the_definitions_do(steady: dict):
    raw = [steady[name] for name in ("telemetry", "errors", "maint", "machines")]
    ours = features.compute(*raw, WindowRange(at("2015-01-13 00"), at("2015-01-16 00"))).collect()
    theirs = {(row.machineID, row.dt_truncated): row for row in published.compute(*raw).collect()}
    assert len(ours) == 2 * 7
    for row in ours:
        same = theirs[row.machineID, row.window_end]
        for hours in (12, 24, 36):
            assert same[f"volt_rollingmean_{hours}"] == pytest.approx(row[f"volt_mean_{hours}h"])
            assert same[f"volt_rollingstd_{hours}"] == row[f"volt_std_{hours}h"] == 0
        assert same.comp1sum == row.hours_since_comp1 // 24
        assert same.age == row.age
        if row.machineID == 1:  # an error a day is one in any 24 hours
            assert 24 * same.error2sum_rollingmean_24 == pytest.approx(row.error2_count_24h) == 1


def test_after_a_second_replacement_the_published_days_still_count_from_the_first(spark, steady: dict):
    again = spark.createDataFrame([(at("2015-01-11 00"), 1, "comp1")], "datetime timestamp, machineID int, comp string")
    raw = [steady["telemetry"], steady["errors"], steady["maint"].union(again), steady["machines"]]
    last = (published.compute(*raw).where("machineID = 1").orderBy("dt_truncated").collect())[-1]
    assert last.comp1sum == last.comp2sum == 17


def test_duckdb_has_the_tables_and_the_features_of_the_product(spark, tmp_path: Path):
    pytest.importorskip("duckdb", reason="SKIPPED: no duckdb, npm run bench installs it")
    import duck
    from equal import hold_equal
    from product import Product

    machines = 3
    plant = Product(spark, tmp_path, "bench_test", machines)
    plant.land(0, 60)
    plant.ingest("run")
    plant.export(tmp_path / "raw")
    plant.features(tmp_path / "features")
    duck.ingest(plant.landing, tmp_path / "duck")
    duck.features(tmp_path / "duck", tmp_path / "features.parquet")
    rows = {"telemetry": machines * 60 * 24, "machines": machines}
    for table, expected in rows.items():
        keys = spark.table(f"spark_catalog.bench_test.{table}").drop("landed_at").columns
        assert (
            hold_equal(table, f"{tmp_path}/raw/{table}/*.parquet", f"{tmp_path}/duck/{table}.parquet", keys) == expected
        )
    files = f"{tmp_path}/features/*.parquet", f"{tmp_path}/features.parquet"
    assert hold_equal("features", *files, ("machineID", "window_end", "model"), features.NUMERIC) == machines * 121
    plant.drop()


def test_a_number_that_differs_is_told_with_its_column(spark, tmp_path: Path):
    pytest.importorskip("duckdb", reason="SKIPPED: no duckdb, npm run bench installs it")
    from equal import Different, hold_equal

    for name, value in (("a", 1.0), ("b", 1.0 + 1e-7), ("c", None)):
        spark.createDataFrame([(1, value)], "k int, x double").write.parquet(str(tmp_path / name))
    a, b, c = (f"{tmp_path}/{name}/*.parquet" for name in "abc")
    assert hold_equal("things", a, a, ("k",), ("x",)) == 1
    with pytest.raises(Different, match=r"things: x differs by 1.0e-07, more than 1e-09"):
        hold_equal("things", a, b, ("k",), ("x",))
    with pytest.raises(Different, match="things: x differs by inf"):
        hold_equal("things", a, c, ("k",), ("x",))
    with pytest.raises(Different, match="things: 1 rows against 1, 0 of them with the same k, x"):
        hold_equal("things", a, b, ("k", "x"))


def test_ratios_compare_programs_at_the_same_size_and_a_day_after_the_longest_with_one_after_the_shortest_history():
    from results import NEW_DAY, Result, ratios

    def result(work: str, program: str, machines: int, years: int, cpu: float) -> Result:
        return Result(work, program, machines, years, 1, 2 * cpu, cpu)

    found = ratios(
        [
            result("features", "product", 100, 1, 4.0),
            result("features", "duckdb", 100, 1, 2.0),
            result("features", "published", 100, 1, 80.0),
            result("features", "product", 1000, 1, 30.0),
            *(result(f"{NEW_DAY}{work}", "product", 100, 1, 2.0) for work in ("ingest", "features")),
            *(result(f"{NEW_DAY}{work}", "product", 100, 10, 2.5) for work in ("ingest", "features")),
        ]
    )
    assert found == {
        "features, 100 machines: our CPU / DuckDB's": 2.0,
        "features, 100 machines: CPU of the published program / ours": 20.0,
        "new day after 10 years / after 1: cpu": 1.25,
        "new day after 10 years / after 1: wall": 1.25,
    }


def test_wrong_use_is_one_clear_line(capsys):
    pytest.importorskip("duckdb", reason="SKIPPED: no duckdb, npm run bench installs it")
    import main

    with pytest.raises(SystemExit) as caught:
        main.main(["--machines", "0"])
    assert caught.value.code == 2
    assert capsys.readouterr().err == "bench: argument --machines: '0' is not a whole number from 1 to 100000\n"


def test_the_cost_of_work_counts_the_processes_below(tmp_path: Path):
    if not Path("/proc/self/stat").exists():
        pytest.skip("SKIPPED: no /proc")
    import subprocess

    from measure import measured, peak_memory

    burn = "import time\nwhile time.process_time() < 0.5: pass"
    cost, _ = measured(lambda: subprocess.run([sys.executable, "-c", burn], check=True))
    assert 0.45 <= cost.cpu <= cost.wall + 0.2
    with peak_memory() as peak:
        held = bytearray(200 * 10**6)
        assert peak() > 200 and len(held)
