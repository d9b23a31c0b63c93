"""The trees of a model, as Spark keeps them in its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pyspark.ml.classification import DecisionTreeClassificationModel, GBTClassificationModel
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.reasons.contributions import Node, Paths, paths
from predictive_maintenance.training import pipeline
from predictive_maintenance.training.model import Model

NODE = (
    "id int, prediction double, impurityStats array<double>, leftChild int, rightChild int, "
    "split struct<featureIndex int, leftCategoriesOrThreshold array<double>, numCategories int>"
)
"""What Spark keeps of a node. It is stated, because finding it out takes a job for each component."""


def read(spark: SparkSession, folder: str, model: Model) -> dict[str, Paths]:
    """By component the paths of its trees, which `folder` holds with the rest of `model`.

    Values in sum are what a forest or a tree says of a failure within the model's own horizon, before that is
    calibrated, or the log-odds that a GBT says.
    """
    classifiers = pipeline.classifiers(model.pipeline)
    near = model.horizons.index(model.horizon_hours)
    trees: dict[str, dict[int, dict[int, Row]]] = {comp: {} for comp in classifiers}
    for row in _nodes(spark, folder, classifiers).collect():
        trees[row.comp].setdefault(row.treeID, {})[row.id] = row
    found = {}
    for comp, its in classifiers.items():
        failing = _failing(its, near)
        found[comp] = paths([_node(tree, 0, _weight(its, at), failing) for at, tree in sorted(trees[comp].items())])
    return found


def _nodes(spark: SparkSession, folder: str, classifiers: Mapping[str, pipeline.Classifier]) -> DataFrame:
    """The nodes of all trees, with component and tree."""
    is_single = all(isinstance(its, DecisionTreeClassificationModel) for its in classifiers.values())
    stored = spark.read.schema(NODE if is_single else f"treeID int, nodeData struct<{NODE}>")
    files = stored.parquet(*(os.path.join(folder, "stages", f"*_{its.uid}", "data") for its in classifiers.values()))
    path = F.col("_metadata.file_path")
    comp = F.coalesce(*(F.when(path.contains(its.uid), F.lit(comp)) for comp, its in classifiers.items()))
    tree, node = (F.lit(0), "*") if is_single else (F.col("treeID"), "nodeData.*")
    return files.select(comp.alias("comp"), tree.alias("treeID"), node)


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
