"""The trees: one Spark ML pipeline from feature rows to what they say of each component."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

from pyspark.ml import PipelineModel
from pyspark.ml.classification import (
    DecisionTreeClassificationModel,
    DecisionTreeClassifier,
    GBTClassificationModel,
    GBTClassifier,
    RandomForestClassificationModel,
    RandomForestClassifier,
)
from pyspark.ml.feature import OneHotEncoder, SQLTransformer, StringIndexer, StringIndexerModel, VectorAssembler
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, MODELS
from predictive_maintenance.features.inputs import INPUTS, INTO_CYCLE, imputation, imputed
from predictive_maintenance.quality.labels import ahead_of

SEED = 20150101
CLASSIFIERS: Mapping[str, Callable[[], Any]] = {
    "RandomForest": lambda: RandomForestClassifier(
        numTrees=25, maxDepth=10, minInstancesPerNode=3, featureSubsetStrategy="onethird", seed=SEED
    ),
    "DecisionTree": lambda: DecisionTreeClassifier(maxDepth=6, seed=SEED),
    "GBT": lambda: GBTClassifier(maxIter=20, maxDepth=4, seed=SEED),
}
BINARY = "GBT"
Classifier = DecisionTreeClassificationModel | GBTClassificationModel | RandomForestClassificationModel
"""The trained model of one component."""


def parse_model(name: str) -> str:
    """Reads the widget `model`. Raises ValueError for a kind of model that is not known."""
    if name not in MODELS:
        raise ValueError(f"model is '{name}': expected one of {', '.join(MODELS)}")
    return name


def settings(kind: str) -> dict[str, object]:
    """The parameters of a kind of model that differ from Spark's defaults."""
    classifier = CLASSIFIERS[kind]()
    return {param.name: classifier.getOrDefault(param) for param in classifier.params if classifier.isSet(param)}


def fit_preparation(rows: DataFrame, means: Mapping[str, float], cycle_hours: float | None) -> PipelineModel:
    """The stages from feature rows to the vector `features`; a machine model that `rows` lack is unknown."""
    values = imputation(means, cycle_hours)
    filled = ", ".join(f"{sql} AS {imputed(feature)}" for feature, sql in values.items())
    filling = SQLTransformer(statement=f"SELECT *, {filled} FROM __THIS__")
    index = StringIndexer(
        inputCol="model", outputCol="model_index", handleInvalid="keep", stringOrderType="alphabetAsc"
    ).fit(rows)
    indexed = index.transform(rows)
    encoding = OneHotEncoder(inputCol="model_index", outputCol="model_vector").fit(indexed)
    inputs = [*(imputed(feature) for feature in values), "model_vector"]
    return PipelineModel([filling, index, encoding, VectorAssembler(inputCols=inputs, outputCol="features")])


def fit_classifier(
    kind: str, comp: str, prepared: DataFrame, horizons: Sequence[int], *, failing: int, healthy: int
) -> Classifier:
    """The model of one component on rows of `features`, `ahead_<comp>` and `label_<comp>`, `failing` and `healthy` by
    number.

    A forest or a tree tells apart the horizons, nearest first, within which a failure comes first, and none; a GBT,
    which knows two classes only, whether it comes within the model's own. Without any failure none ever warns.
    """
    label, hours = F.col(f"label_{comp}"), F.col(ahead_of(comp))
    # Between no balance (misses) and full balance (false alarms), of all that fails within the farthest horizon: what
    # comes soon after the model's own is no healthy window. Whole, so that sums do not depend on their order.
    weight = max(1, round((healthy / max(failing, 1)) ** 0.5))
    beyond = [F.coalesce(hours > horizon, F.lit(True)).cast("double") for horizon in horizons]
    classes, number = (label, 2) if kind == BINARY else (reduce(add, beyond), len(horizons) + 1)
    fails = label == 1 if kind == BINARY else hours.isNotNull()
    nominal = {"ml_attr": {"type": "nominal", "vals": [f"{index}.0" for index in range(number)]}}
    weighted = prepared.select(
        "features",
        classes.alias("label", metadata=nominal),
        F.when(fails, float(weight)).otherwise(1.0).alias("weight"),
    )
    classifier = (
        CLASSIFIERS[kind]()
        .setWeightCol("weight")
        .setPredictionCol(f"prediction_{comp}")
        # Not `probability_<comp>`: a release that expects two classes there stops, and says nothing wrong.
        .setProbabilityCol(f"classes_{comp}")
        .setRawPredictionCol(f"raw_{comp}")
    )
    fitted: Classifier = classifier.fit(weighted)
    return fitted


def score(shares: str, place: int, *, is_binary: bool) -> str:
    """SQL: what the trees say of a failure within the horizon at that place, out of `shares`, the array of the classes.

    A GBT, or the forest of an older release, says the same of every horizon.
    """
    if is_binary:
        return f"{shares}[1]"
    return f"least(1D, {' + '.join(f'{shares}[{index}]' for index in range(place + 1))})"


def thresholds(model: PipelineModel) -> dict[str, float]:
    """The probability above which the model of an older release decides for a failure, by component."""
    return {comp: classifier.getThresholds()[1] for comp, classifier in classifiers(model).items()}


def importances(model: PipelineModel) -> dict[str, dict[str, float]]:
    """How much each input contributes to the trees of each component, in sum 1."""
    return {
        comp: dict(zip(inputs(model), map(float, classifier.featureImportances.toArray()), strict=True))
        for comp, classifier in classifiers(model).items()
    }


def inputs(model: PipelineModel) -> list[str]:
    """The names of the numbers in the vector `features`. A machine model is `model=<name>`."""
    [index] = [stage for stage in model.stages if isinstance(stage, StringIndexerModel)]
    return [*INPUTS, INTO_CYCLE, *(f"model={label}" for label in index.labels)]


def preparation(model: PipelineModel) -> PipelineModel:
    """Its stages up to the vector `features`."""
    return PipelineModel([stage for stage in model.stages if not isinstance(stage, Classifier)])


def classifiers(model: PipelineModel) -> dict[str, Classifier]:
    """The trained model of each component."""
    found = [stage for stage in model.stages if isinstance(stage, Classifier)]
    return dict(zip(COMPONENTS, found, strict=True))
