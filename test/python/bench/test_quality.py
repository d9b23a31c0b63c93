"""The quality table: its conditions, what a trial says of predictions, and what falls short of what is promised."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyspark.sql import functions as F
from small_plant import SENSORS, Plant, at

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "local" / "plant")]
from conditions import CONDITIONS, FAULTY, KINDS  # noqa: E402
from quality_results import HEADER, Quality, line, shortfalls  # noqa: E402

from predictive_maintenance.contract import COMPONENTS, ERRORS  # noqa: E402

WINDOW = "machineID int, window_end timestamp, month string, predicted string"
GOOD = Quality("faulty", "model", 0.9, 100, 98, 0.98, 0.05, 0.01)


def test_the_conditions_are_those_of_one_plant_that_differs_in_one_thing_each():
    names = [condition.name for condition in CONDITIONS]
    assert names == ["sound", *KINDS, "faulty", "unforeseen", "new-model", "large"]
    faulty = [sum(condition.faults.values()) for condition in CONDITIONS]
    assert faulty == pytest.approx([0, *(FAULTY for _ in KINDS), FAULTY, FAULTY, 0, 0])
    assert [c.name for c in CONDITIONS if c.foreign] == ["unforeseen"]


def test_the_kinds_of_faults_are_those_of_the_simulator():
    from sensor_faults import SensorFaults

    assert tuple(vars(SensorFaults())) == KINDS


def test_the_model_is_held_against_what_is_promised_with_faulty_sensors_only():
    few, alarming = replace(GOOD, warned_share=0.94), replace(GOOD, false_alarms_per_machine_month=0.11)
    assert shortfalls([GOOD], ["faulty"]) == []
    assert shortfalls([few, replace(few, by="rule"), replace(few, condition="large")], ["faulty"]) == [
        "faulty: 94.0% of failures warned of, at least 95% wanted"
    ]
    assert shortfalls([alarming], ["faulty"]) == ["faulty: 0.11 false alarms per machine and month, at most 0.1 wanted"]
    nothing = replace(GOOD, warned_share=None, false_alarms_per_machine_month=None)
    assert shortfalls([nothing], ["faulty"]) == []


def test_a_row_of_the_table_lies_below_its_names_and_says_nothing_of_what_is_undefined():
    row = line(*vars(replace(GOOD, calibration_error=None)).values())
    assert len(row) == len(HEADER) and row.split() == ["faulty", "model", "0.9", "100", "98", "0.98", "0.05", "–"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--machines", "0"], "argument --machines: '0' is not a whole number from 1 to 10000"),
        (["--days", "30"], "argument --days: '30' is not a whole number from 60 to 3650"),
        (["--without", "sound"], "argument --without: invalid choice: 'sound' (choose from "),
    ],
)
def test_wrong_use_is_one_clear_line(arguments: list[str], message: str, capsys):
    import quality_table

    with pytest.raises(SystemExit) as caught:
        quality_table.main(arguments)
    assert caught.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith(f"bench quality: {message}") and error.count("\n") == 1


@pytest.fixture
def trial(spark, schema: str, tmp_path: Path):
    """Sixty days of two machines, the second of a new model, of which the last fifteen are scored.

    Machine 1 fails once, which model and rule both warn of. Machine 2 fails once without, and has a false alarm.
    """
    from conditions import Condition
    from new_model import NAME
    from product import Product
    from trial import Trial

    first, last = at("2015-02-15 12"), at("2015-03-02 00")
    plant = Plant(machines=[(1, "model1", 5), (2, NAME, 0)]).hourly(1, "2015-03-01 23", 1)
    plant.failures = [(at("2015-02-20 06"), 1, "comp1"), (at("2015-02-22 06"), 2, "comp2")]
    plant.save(spark, schema)
    warned = {(1, at("2015-02-20 00")): "comp1", (2, at("2015-02-26 00")): "comp3"}
    ends = [first + timedelta(hours=12 * number) for number in range((last - first) // timedelta(hours=12) + 1)]
    said = [(id, end, f"{end:%Y-%m}", warned.get((id, end), "none")) for id in (1, 2) for end in ends]
    # The window in January is one that the rule takes for usual.
    rows = spark.createDataFrame([*said, (1, at("2015-01-10 00"), "2015-01", "none")], WINDOW)
    usual = {f"{sensor}_mean_{hours}h": F.lit(value) for sensor, value in SENSORS.items() for hours in (24, 36)}
    counts = {f"{error}_count_24h": F.lit(0) for error in ERRORS}
    failing = F.col("predicted") == "comp1"
    signs = {"volt_mean_24h": F.when(failing, 190.0).otherwise(170.0), "error1_count_24h": failing.cast("int")}
    features = rows.withColumns({**usual, **counts, **signs, "age": F.lit(3)}).drop("predicted")
    probabilities = {f"prob_{comp}": F.when(F.col("predicted") == comp, 1.0).otherwise(0.0) for comp in COMPONENTS}
    for name, table in (("features", features), ("predictions", rows.withColumns(probabilities))):
        table.coalesce(1).write.format("delta").saveAsTable(f"spark_catalog.{schema}.{name}")
    return Trial(Condition("new-model", new=0.5), Product(spark, tmp_path, schema, 2), 60)


def test_a_trial_judges_model_and_rule_on_the_windows_that_are_scored_and_a_new_model_alone(trial):
    model, rule, its, its_rule = trial.judged()
    assert [(row.condition, row.by, row.failures, row.warned) for row in (model, rule, its, its_rule)] == [
        ("new-model", "model", 2, 1),
        ("new-model", "rule", 2, 1),
        ("new-model, alone", "model", 1, 0),
        ("new-model, alone", "rule", 1, 0),
    ]
    judged = 13.5 / 30.44  # months of each machine: the day after the last windows is not over
    assert model.false_alarms_per_machine_month == pytest.approx(1 / (2 * judged), rel=0.01)
    assert its.false_alarms_per_machine_month == pytest.approx(1 / judged, rel=0.01)
    assert rule.false_alarms_per_machine_month == its_rule.false_alarms_per_machine_month == 0
    # Of comp1 one of two windows before the failure, of comp2 none, of comp3 a window that is healthy.
    assert model.macro_f1 == pytest.approx((2 / 3 + 0 + 0) / 3, abs=1e-4)
    assert model.calibration_error is not None and rule.calibration_error is None
