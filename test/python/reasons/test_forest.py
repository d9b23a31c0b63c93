import pytest
from pyspark.ml import PipelineModel
from pyspark.ml.classification import GBTClassifier, RandomForestClassifier

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.reasons import forest
from predictive_maintenance.rows import kept
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.model import Model, horizons, score

FEW_TREES = {
    "RandomForest": lambda: RandomForestClassifier(numTrees=4, maxDepth=6, seed=1),
    "GBT": lambda: GBTClassifier(maxIter=3, maxDepth=4, seed=1),
}


@pytest.fixture(scope="module", params=["DecisionTree", "RandomForest", "GBT"])
def kind(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def model(trained, kind: str) -> Model:
    if kind not in FEW_TREES:
        return trained.model
    data = trained.dataset
    preparation = pipeline.fit_preparation(data.rows, data.means, data.cycle_hours)
    with kept(preparation.transform(data.rows)) as prepared, pytest.MonkeyPatch.context() as patch:
        patch.setitem(pipeline.CLASSIFIERS, kind, FEW_TREES[kind])
        fitted = [
            pipeline.fit_classifier(
                kind, comp, prepared, horizons(24), failing=data.failing[comp], healthy=data.healthy[comp]
            )
            for comp in COMPONENTS
        ]
    trees = PipelineModel([*preparation.stages, *fitted])
    return Model.of(trees, {"horizon_hours": 24, "thresholds": dict.fromkeys(COMPONENTS, 0.5)})


def test_the_trees_from_the_files_say_what_spark_says(spark, trained, model, kind, tmp_path):
    model.pipeline.save(str(tmp_path / "model"))
    trees = forest.read(spark, str(tmp_path / "model"), model)
    said = model.transform(trained.features())
    columns = [column for comp in COMPONENTS for column in (score(comp, 24), f"raw_{comp}")]
    windows = said.select("features", *columns).sample(0.05, seed=1).collect()
    assert len(windows) > 10
    for window in windows:
        for comp in COMPONENTS:
            whole = trees[comp].base + trees[comp].contributions(window.features.toArray()).sum()
            # Spark's raw prediction of a GBT is half of the log-odds.
            expected = 2 * window[f"raw_{comp}"][1] if kind == "GBT" else window[score(comp, 24)]
            assert whole == pytest.approx(expected, abs=1e-9)
