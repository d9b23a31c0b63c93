"""The trees of a model, as Spark keeps them in its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import reduce
from typing import Any

from pyspark.ml import PipelineModel
from pyspark.ml.classification import GBTClassificationModel
from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.reasons.contributions import Node, Paths, paths
from predictive_maintenance.training import pipeline

NODE = ("id", "prediction", "impurityStats", "leftChild", "rightChild", "split")


def read(spark: SparkSession, folder: str, model: PipelineModel) -> dict[str, Paths]:
    """By component the paths of its trees, which `folder` holds with the rest of `model`.

    Values in sum are the probability that a forest or a tree says, and the log-odds that a GBT says.
    """
    classifiers = pipeline.classifiers(model)
    nodes = reduce(DataFrame.union, (_nodes(spark, folder, comp, its) for comp, its in classifiers.items()))
    trees: dict[str, dict[int, dict[int, Row]]] = {comp: {} for comp in classifiers}
    for row in nodes.collect():
        trees[row.comp].setdefault(row.treeID, {})[row.id] = row
    return {
        comp: paths([_node(tree, 0, _weight(its, number), its) for number, tree in sorted(trees[comp].items())])
        for comp, its in classifiers.items()
    }


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


def _node(tree: Mapping[int, Any], id: int, weight: float, classifier: pipeline.Classifier) -> Node:
    row = tree[id]
    is_regression = isinstance(classifier, GBTClassificationModel)
    # Of a regression these are the weight, the sum and the sum of squares of the rows, else the weight of each class.
    rows = row.impurityStats[0] if is_regression else sum(row.impurityStats)
    if row.leftChild < 0:
        value = row.prediction if is_regression else row.impurityStats[1] / rows
        return Node(rows, weight * value)
    left, right = (_node(tree, child, weight, classifier) for child in (row.leftChild, row.rightChild))
    limits = row.split.leftCategoriesOrThreshold
    if row.split.numCategories < 0:
        return Node(rows, 0.0, row.split.featureIndex, limits[0], (left, right))
    # Of a machine model, whose input is 0 or 1.
    return Node(rows, 0.0, row.split.featureIndex, 0.5, (left, right) if 0.0 in limits else (right, left))
