"""The model: one Spark ML pipeline from feature rows to a probability and a decision per component."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from pyspark.ml.functions import vector_to_array
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, MODELS
from predictive_maintenance.features.inputs import INPUTS, INTO_CYCLE, imputation, imputed
from predictive_maintenance.quality.evaluation import Bin, bins

SEED = 20150101
CLASSIFIERS: Mapping[str, Callable[[], Any]] = {
    "RandomForest": lambda: RandomForestClassifier(
        numTrees=25, maxDepth=8, featureSubsetStrategy="onethird", seed=SEED
    ),
    "DecisionTree": lambda: DecisionTreeClassifier(maxDepth=6, seed=SEED),
    "GBT": lambda: GBTClassifier(maxIter=20, maxDepth=4, seed=SEED),
}
Classifier = DecisionTreeClassificationModel | GBTClassificationModel | RandomForestClassificationModel
"""The trained model of one component."""
BINARY = {"ml_attr": {"type": "nominal", "vals": ["0.0", "1.0"]}}


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


def fit_classifier(kind: str, comp: str, prepared: DataFrame, *, failing: int, healthy: int) -> Classifier:
    """The model of one component on rows of `features` and `label_<comp>`, `failing` and `healthy` by number.

    Without any failure it never warns.
    """
    label = F.col(f"label_{comp}")
    # Between no balance (misses) and full balance (false alarms). Whole, so that sums do not depend on their order.
    weight = max(1, round((healthy / max(failing, 1)) ** 0.5))
    weighted = prepared.select(
        "features",
        label.alias("label", metadata=BINARY),
        F.when(label == 1, float(weight)).otherwise(1.0).alias("weight"),
    )
    classifier = (
        CLASSIFIERS[kind]()
        .setWeightCol("weight")
        .setPredictionCol(f"prediction_{comp}")
        .setProbabilityCol(f"probability_{comp}")
        .setRawPredictionCol(f"raw_{comp}")
    )
    fitted: Classifier = classifier.fit(weighted)
    return fitted


def set_threshold(model: Classifier, threshold: float) -> None:
    """From now on the model decides for a failure above this probability, which is between 0 and 1."""
    model.setThresholds([1 - threshold, threshold])


def thresholds(model: PipelineModel) -> dict[str, float]:
    """The probability above which the model decides for a failure, by component."""
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


def probability(comp: str) -> Column:
    """The probability of a failure of `comp` in the output of the pipeline."""
    return vector_to_array(F.col(f"probability_{comp}"))[1]


def decision(comp: str) -> Column:
    """Whether the pipeline decides for a failure of `comp`."""
    return F.col(f"prediction_{comp}") == 1


def counted(output: DataFrame) -> dict[str, list[Bin]]:
    """What the pipeline said of labelled windows against what came true, by component."""
    said = {comp: (probability(comp), decision(comp)) for comp in COMPONENTS}
    return bins(output, said)
