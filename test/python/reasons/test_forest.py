import pytest
from pyspark.ml import PipelineModel
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.reasons import forest
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.training import fit


@pytest.fixture(scope="module", params=["DecisionTree", "RandomForest", "GBT"])
def kind(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def model(trained, kind: str) -> PipelineModel:
    return trained.model if kind == "DecisionTree" else fit(trained.dataset(), kind).model


def test_the_trees_from_the_files_say_what_spark_says(spark, trained, model, kind, tmp_path):
    model.save(str(tmp_path / "model"))
    trees = forest.read(spark, str(tmp_path / "model"), model)
    said = model.transform(trained.features())
    odds = {comp: F.col(f"raw_{comp}") for comp in COMPONENTS}
    columns = [pipeline.probability(comp).alias(comp) for comp in COMPONENTS]
    windows = said.select("features", *columns, *odds.values()).sample(0.05, seed=1).collect()
    assert len(windows) > 10
    for window in windows:
        for comp in COMPONENTS:
            whole = trees[comp].base + trees[comp].contributions(window.features.toArray()).sum()
            # Spark's raw prediction of a GBT is half of the log-odds.
            expected = 2 * window[f"raw_{comp}"][1] if kind == "GBT" else window[comp]
            assert whole == pytest.approx(expected, abs=1e-9)
