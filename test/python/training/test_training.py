"""Training: a model per component in one pipeline, registered once for the same data, champion unless it is worse."""

from functools import reduce
from itertools import pairwise
from operator import and_

import pytest
from pyspark.ml import PipelineModel
from pyspark.ml.classification import DecisionTreeClassifier
from pyspark.sql import functions as F
from small_plant import seconds
from trained_plant import MODEL_NAME, TrainedPlant

from predictive_maintenance.contract import COMPONENTS, HORIZONS
from predictive_maintenance.registry.registry import Version
from predictive_maintenance.rows import kept
from predictive_maintenance.scoring.predict import predict
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.dataset import dataset
from predictive_maintenance.training.model import Model
from predictive_maintenance.training.training import fit


def test_a_model_finds_what_announces_a_failure(trained: TrainedPlant):
    metrics = trained.result["metrics"]
    assert metrics["macro_f1"] >= 0.9
    # One of the dozen windows before a failure is a twelfth of a component's recall.
    assert metrics["macro_f1"] >= metrics["rule_macro_f1"] - 0.1
    for comp in COMPONENTS:
        assert {"precision", "recall", "f1", "pr_auc", "positives", "threshold"} < set(metrics[comp])
        assert metrics[comp]["warned"] == metrics[comp]["failures"] <= 1
        assert metrics[comp]["false_alarms_per_machine_month"] <= 0.5
    # A failure every two days: the six days of the hold-out have three, of three components.
    assert sum(metrics[comp]["positives"] > 0 for comp in COMPONENTS) == 3


def test_the_hold_out_is_later_than_the_training_windows_and_ends_a_horizon_before_the_data(trained: TrainedPlant):
    result = trained.result
    assert result["trained_from"] == "2015-01-01T12:00:00Z"
    assert result["trained_to"] < result["test_from"] < result["test_to"] == "2015-02-09T00:00:00Z"


def test_the_first_version_is_champion(trained: TrainedPlant):
    assert (trained.result["model_version"], trained.result["promoted"]) == ("1", True)
    champion = trained.registry.champion()
    assert champion == Version("1", champion.run, trained.result["reason"])
    assert champion.verdict.startswith("the first model, compared with none; failures in the hold-out: ")


def test_training_again_on_the_same_data_finds_the_same_version(trained: TrainedPlant):
    assert trained.train(run_id="again") == trained.result


def test_runs_are_logged_with_parameters_and_metrics(trained: TrainedPlant):
    import mlflow

    run = mlflow.get_run(trained.registry.champion().run).data
    assert run.params["model"] == "DecisionTree"
    assert run.params["horizon_hours"] == "24"
    assert run.params["trained_to"] == trained.result["trained_to"]
    assert run.params["costs"].startswith('{"comp1": {"failure": 10000, "intervention": 2000, "inspection": 1000}')
    assert run.metrics["costs_model_value"] == trained.result["metrics"]["costs"]["model"]["value"]
    assert run.metrics["savings_rule_low"] == trained.result["metrics"]["savings"]["rule"]["low"]
    assert run.metrics["comp2_f1"] == trained.result["metrics"]["comp2"]["f1"]
    assert run.tags["run_id"] == "first"


def test_two_fits_are_the_same_model(trained: TrainedPlant):
    rows = trained.features().orderBy("machineID", "window_end")
    again = fit(trained.dataset, "DecisionTree").model
    assert predict(again, rows).collect() == predict(trained.model, rows).collect()


def test_a_component_that_never_failed_is_never_warned_of(trained: TrainedPlant):
    failures = trained.table("failures").where("failure != 'comp3'")
    data = dataset(trained.features(), failures, trained.table("maint"), seconds("2015-02-10 05"), 24)
    assert data.failing["comp3"] == 0
    fitted = fit(data, "RandomForest")
    undefined = dict.fromkeys(("precision", "recall", "f1", "pr_auc"))
    nothing = dict.fromkeys(("positives", "failures", "warned", "false_alarms", "false_alarms_per_machine_month"), 0)
    certain = {"brier": 0.0, "calibration_error": 0.0, "threshold": 0.5}
    free = {"cost": 0.0, "cost_rhythm": 0.0, "cost_run_to_failure": 0.0, "rhythm_days": None}
    assert (undefined | nothing | certain | free).items() <= fitted.metrics["comp3"].items()
    assert predict(fitted.model, trained.features()).agg(F.max("prob_comp3")).first()[0] == 0.0


def test_a_probability_for_each_horizon_never_falls_with_it_and_is_told_with_its_errors(trained: TrainedPlant):
    within = [F.col(f"prob_comp2_{hours}h") for hours in HORIZONS]
    said = predict(trained.model, trained.features())
    rises = reduce(and_, (near <= far for near, far in pairwise(within)), F.col("prob_comp2") == within[1])
    assert said.where(~rises).count() == 0
    assert said.where(within[3] > within[0]).count() > 0
    figures = trained.result["metrics"]["comp2"]
    assert [its["hours"] for its in figures["horizons"]] == list(HORIZONS)
    own = figures["horizons"][1]
    assert (own["brier"], own["calibration_error"]) == (figures["brier"], figures["calibration_error"])
    # Five machines, 6 days and no window whose 72 hours are not over.
    assert [sum(its["windows"] for its in at["reliability"]) for at in figures["horizons"]] == [60, 60, 50, 40]


def test_the_model_of_an_older_release_still_decides_by_its_own_thresholds_and_knows_one_horizon(trained: TrainedPlant):
    rows = trained.dataset.rows
    trees = pipeline.fit_preparation(rows, trained.dataset.means, None)
    with kept(trees.transform(rows)) as prepared:
        older = [
            DecisionTreeClassifier(labelCol=f"label_{comp}", probabilityCol=f"probability_{comp}")
            .setPredictionCol(f"prediction_{comp}")
            .setRawPredictionCol(f"raw_{comp}")
            .fit(prepared)
            .setThresholds([0.7, 0.3])
            for comp in COMPONENTS
        ]
    model = Model.of(PipelineModel([*trees.stages, *older]), {"horizon_hours": 24, "metrics": {}})
    assert model.thresholds == dict.fromkeys(COMPONENTS, 0.3)
    [said] = predict(model, trained.features()).where("predicted = 'comp1'").limit(1).collect()
    assert said.prob_comp1 == said.prob_comp1_24h > 0.3
    assert (said.prob_comp1_12h, said.prob_comp1_48h) == (None, None)


def test_gradient_boosting_is_a_third_kind(trained: TrainedPlant, monkeypatch):
    from pyspark.ml.classification import GBTClassifier

    monkeypatch.setitem(pipeline.CLASSIFIERS, "GBT", lambda: GBTClassifier(maxIter=2, maxDepth=2, seed=1))
    assert fit(trained.dataset, "GBT").metrics["macro_f1"] >= 0.8


@pytest.mark.parametrize(
    ("widget", "message"),
    [
        ({"model": "XGBoost"}, "model is 'XGBoost': expected one of RandomForest, DecisionTree, GBT"),
        ({"horizon_hours": "7 days"}, "horizon_hours is '7 days': expected a positive multiple of 12, such as 24"),
        ({"costs": '{"comp1": 1}'}, "costs is '{{\"comp1\": 1}}': expected JSON such as"),
        ({"model_name": ""}, "model_name is empty: expected <catalog>.<schema>.<name>"),
        ({"to_date": "soon"}, "to_date is 'soon': expected a time such as 2015-10-31T12:00:00Z, or nothing"),
        ({"features_table": "nowhere"}, "features_table is 'nowhere': no such table in spark_catalog.{schema}, run"),
    ],
)
def test_a_mistake_is_named(trained: TrainedPlant, widget: dict, message: str):
    with pytest.raises(ValueError) as raised:
        trained.train(**widget)
    assert str(raised.value).startswith(message.format(schema=trained.schema))
    assert MODEL_NAME not in str(raised.value)


@pytest.mark.parametrize(
    ("widget", "reason"),
    [
        ({"start_date": "2019-01-01"}, "no window has a known outcome at a horizon of 24 h: nothing to learn from"),
        (
            {"to_date": "2015-01-03"},
            "the windows of known outcome, 2015-01-01T12:00:00Z to 2015-01-02T00:00:00Z, are too few to learn from "
            "at a horizon of 24 h",
        ),
        ({"to_date": "2015-01-08"}, "no component fails in the training windows: nothing to learn from"),
    ],
)
def test_data_that_teach_nothing_make_no_version_and_leave_the_champion(trained: TrainedPlant, widget, reason: str):
    before = trained.registry.versions()
    told = trained.train(**widget)
    assert told == {"model_version": "", "promoted": False, "reason": reason, "metrics": {}}
    assert trained.registry.versions() == before
