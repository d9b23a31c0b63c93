"""Why windows warn: reasons are written with the predictions."""

import importlib.util
from dataclasses import replace

import pytest
from pyspark.sql import functions as F
from trained_plant import FIRST, LAST, TrainedPlant, score

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.reasons.contributions import Node, paths
from predictive_maintenance.reasons.reasons import KEYS, reasons
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.model import Model

EXPLAINED = {
    "comp1": ("volt", "error1"),
    "comp2": ("rotate", "error2", "error3"),
    "comp3": ("pressure", "error4"),
    "comp4": ("vibration", "error5"),
}
"""What announces the failure of a component in the simulated plant."""


@pytest.fixture(scope="module")
def scored(trained: TrainedPlant) -> list:
    """All windows of the plant."""
    score(trained, "explained", start_date="2015-01-01", to_date="2015-02-10T00:00:00Z")
    return trained.table("explained").collect()


def test_windows_that_warn_have_reasons_for_each_component_and_no_others_have(scored: list):
    for row in scored:
        named = {reason.comp for reason in row.reasons or ()}
        assert named == ({*row.predicted.split("|")} if row.predicted != "none" else set())
        assert row.predicted != "none" or row.reasons is None


def test_the_first_reason_is_what_announces_the_failure(scored: list):
    alerts = [row for row in scored if row.predicted in COMPONENTS]
    announced = [row for row in alerts if row.reasons[0].subject in EXPLAINED[row.predicted]]
    assert len(announced) >= 0.9 * len(alerts) > 0
    for row in alerts:
        added = [reason.contribution for reason in row.reasons]
        assert added == sorted(added, reverse=True)
        assert 0 < added[0] <= 1


def test_a_sensor_is_told_against_its_mean_over_the_60_days_before_without_the_last_three(trained: TrainedPlant):
    volt = pipeline.inputs(trained.model.pipeline).index("volt_mean_36h")
    trees = dict.fromkeys(COMPONENTS, paths([Node(2, 0.0, volt, 0.0, (Node(1, 0.0), Node(1, 1.0)))]))
    windows = trained.features().where("machineID = 2 AND window_end IN ('2015-01-01T12', '2015-02-08T12')")
    alerts = windows.select(*KEYS, F.lit("comp1|comp2").alias("predicted"))
    early, late = reasons(trained.model, trees, alerts, windows, trained.features()).orderBy("window_end").collect()
    before = trained.features().where("machineID = 2 AND window_end <= '2015-02-05T12'")
    [level] = before.agg(F.avg("volt_mean_36h")).first()
    assert [reason.comp for reason in late.reasons] == ["comp1", "comp2"]
    assert late.reasons[0].usual == pytest.approx(level, abs=1e-9)
    assert f" its usual {level:.1f} (mean of 36 h)" in late.reasons[0].text
    assert early.reasons[0].usual is None


def test_the_workers_need_not_find_the_package(spark, scored: list):
    """They cannot on Databricks, where it lies beside the notebooks: on the path of the driver alone."""
    absent = F.udf(lambda: importlib.util.find_spec("predictive_maintenance") is None, "boolean")
    assert spark.range(1).select(absent()).first()[0]


@pytest.mark.usefixtures("scored")
def test_a_window_that_no_longer_warns_has_no_reason_any_more(trained: TrainedPlant, monkeypatch):
    def written() -> list:
        return trained.table("explained").where(f"window_end BETWEEN '{FIRST}' AND '{LAST}'").collect()

    assert any(row.reasons for row in written())
    calm = dict.fromkeys(COMPONENTS, 1.0)
    monkeypatch.setattr(Model, "of", lambda *_: replace(trained.model, thresholds=calm))
    assert score(trained, "explained", run_id="after")["alerts"] == 0
    assert {(row.predicted, row.reasons) for row in written()} == {("none", None)}
