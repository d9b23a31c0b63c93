"""Asks the `shap` package about a small forest, and keeps its answers in `shap-answers.json` for the tests.

    python -m venv shap && shap/bin/pip install shap==0.51.0 && shap/bin/python test/python/reasons/shap_answers.py

It is no dependency: it brings a compiler, and explains no tree of Spark that splits by category (shap/shap#1322).
"""

import json
from pathlib import Path

import numpy as np
import shap
from sklearn.ensemble import RandomForestClassifier

TREES, ROWS = 5, 12


def node(tree, at: int) -> list:
    """`[rows, value]` of a leaf, else `[rows, input, threshold, low, high]`."""
    rows, counts = float(tree.weighted_n_node_samples[at]), tree.value[at][0]
    if tree.children_left[at] < 0:
        return [rows, float(counts[1] / counts.sum() / TREES)]
    children = (node(tree, int(child[at])) for child in (tree.children_left, tree.children_right))
    return [rows, int(tree.feature[at]), float(tree.threshold[at]), *children]


random = np.random.default_rng(1)
known = random.normal(size=(400, 6)).astype(np.float32)
failing = ((known[:, 0] > 0.5) & (known[:, 1] < 0) | (known[:, 2] > 1.4)).astype(int)
weights = np.where(failing == 1, 3.0, 1.0)
forest = RandomForestClassifier(TREES, max_depth=4, random_state=1).fit(known, failing, weights)
explainer = shap.TreeExplainer(forest)
answers = {
    "trees": [node(tree.tree_, 0) for tree in forest.estimators_],
    "rows": known[:ROWS].astype(float).tolist(),
    "base": float(explainer.expected_value[1]),
    "contributions": explainer.shap_values(known[:ROWS])[:, :, 1].tolist(),
}
Path(__file__).with_name("shap-answers.json").write_text(f"{json.dumps(answers)}\n", encoding="utf-8")
