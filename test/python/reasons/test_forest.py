import pytest

from predictive_maintenance.contract import COMPONENTS
from predictive_maintenance.reasons import forest
from predictive_maintenance.training.model import Model, score
from predictive_maintenance.training.training import fit


@pytest.fixture(scope="module", params=["DecisionTree", "RandomForest", "GBT"])
def kind(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def model(trained, kind: str) -> Model:
    return trained.model if kind == "DecisionTree" else fit(trained.dataset(), kind).model


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
