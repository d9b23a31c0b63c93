"""The trees of a model, as Spark keeps them in its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import reduce
from typing import Any

from pyspark.ml.classification import GBTClassificationModel
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.reasons.contributions import Node, Paths, paths
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.model import Model

NODE = ("id", "prediction", "impurityStats", "leftChild", "rightChild", "split")


def read(spark: SparkSession, folder: str, model: Model) -> dict[str, Paths]:
    """By component the paths of its trees, which `folder` holds with the rest of `model`.

    Values in sum are what a forest or a tree says of a failure within the model's own horizon, before that is
    calibrated, or the log-odds that a GBT says.
    """
    classifiers = pipeline.classifiers(model.pipeline)
    near = model.horizons.index(model.horizon_hours)
    nodes = reduce(DataFrame.union, (_nodes(spark, folder, comp, its) for comp, its in classifiers.items()))
    trees: dict[str, dict[int, dict[int, Row]]] = {comp: {} for comp in classifiers}
    for row in nodes.collect():
        trees[row.comp].setdefault(row.treeID, {})[row.id] = row
    found = {}
    for comp, its in classifiers.items():
        failing = _failing(its, near)
        found[comp] = paths([_node(tree, 0, _weight(its, at), failing) for at, tree in sorted(trees[comp].items())])
    return found


def _nodes(spark: SparkSession, folder: str, comp: str, classifier: pipeline.Classifier) -> DataFrame:
    stored = spark.read.parquet(os.path.join(folder, "stages", f"*_{classifier.uid}", "data"))
    if "nodeData" in stored.columns:
        stored = stored.select("treeID", "nodeData.*")
    else:
        stored = stored.withColumn("treeID", F.lit(0))
    return stored.select(F.lit(comp).alias("comp"), "treeID", *NODE)


def _weight(classifier: pipeline.Classifier, tree: int) -> float:
    if isinstance(classifier, GBTClassificationModel):
        return 2 * float(classifier.treeWeights[tree])
    return 1 / getattr(classifier, "getNumTrees", 1)


def _failing(classifier: pipeline.Classifier, near: int) -> slice | None:
    """The classes of failures within the horizon at the place `near`; None of a regression."""
    if isinstance(classifier, GBTClassificationModel):
        return None
    return slice(1, 2) if classifier.numClasses == 2 else slice(near + 1)


def _node(tree: Mapping[int, Any], id: int, weight: float, failing: slice | None) -> Node:
    row = tree[id]
    # Of a regression these are the weight, the sum and the sum of squares of the rows, else the weight of each class.
    rows = row.impurityStats[0] if failing is None else sum(row.impurityStats)
    if row.leftChild < 0:
        value = row.prediction if failing is None else sum(row.impurityStats[failing]) / rows
        return Node(rows, weight * value)
    left, right = (_node(tree, child, weight, failing) for child in (row.leftChild, row.rightChild))
    limits = row.split.leftCategoriesOrThreshold
    if row.split.numCategories < 0:
        return Node(rows, 0.0, row.split.featureIndex, limits[0], (left, right))
    # Of a machine model, whose input is 0 or 1.
    return Node(rows, 0.0, row.split.featureIndex, 0.5, (left, right) if 0.0 in limits else (right, left))
