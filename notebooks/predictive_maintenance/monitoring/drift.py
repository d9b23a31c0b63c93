"""How far the windows of a run are from those that the model has learned from: the population stability index."""

from __future__ import annotations

import math
from collections.abc import Mapping

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, SENSORS
from predictive_maintenance.rows import only_row

WATCHED = (*(f"{sensor}_mean_24h" for sensor in SENSORS), *(f"hours_since_{comp}" for comp in COMPONENTS), "age")
TENTHS = [tenth / 10 for tenth in range(1, 10)]
MISSING = -1
"""The bucket of null."""
LEAST_SHARE = 1e-4
"""Stands for an empty bucket, whose logarithm is not defined."""

Baseline = Mapping[str, Mapping[str, list[float]]]
"""For each of `WATCHED` its `edges`, and the `shares` of the rows: without a value, and in each bucket."""


def baseline(rows: DataFrame) -> Baseline:
    """The tenths of each watched feature among `rows`, and how many rows are really in each: values can be equal."""
    tenths = [F.percentile_approx(name, TENTHS, 1000).alias(name) for name in WATCHED]
    found = only_row(rows.agg(*tenths))
    edges = {name: sorted(set(found[name] or [])) for name in WATCHED}
    shares = _shares(rows, edges)
    return {name: {"edges": edges[name], "shares": shares[name]} for name in WATCHED}


def stability(rows: DataFrame, since: Baseline) -> dict[str, float]:
    """The index of each feature: below 0.1 nothing has changed, above 0.25 much has. Empty without rows, and for
    a model that an older release has trained.

    A hundred windows or fewer give about 0.1 by chance.
    """
    if not since:
        return {}
    shares = _shares(rows, {name: one["edges"] for name, one in since.items()})
    return {name: round(_index(since[name]["shares"], found), 4) for name, found in shares.items() if sum(found)}


def _index(expected: list[float], found: list[float]) -> float:
    pairs = [(max(was, LEAST_SHARE), max(is_now, LEAST_SHARE)) for was, is_now in zip(expected, found)]
    return sum((is_now - was) * math.log(is_now / was) for was, is_now in pairs)


def _shares(rows: DataFrame, edges: Mapping[str, list[float]]) -> dict[str, list[float]]:
    """By feature the share of `rows` without a value, then that of each bucket; all zero when there is no row."""

    # As text: a column for each comparison is a thousand calls to Java.
    def bucket(name: str) -> str:
        above = " + ".join(["0", *(f"int({name} > {edge!r}D)" for edge in edges[name])])
        return f"IF({name} IS NULL, {MISSING}, {above})"

    each = ", ".join(f"'{name}', {bucket(name)}" for name in edges)
    counted = rows.selectExpr(f"stack({len(edges)}, {each}) AS (name, at)").groupBy("name", "at").count().collect()
    counts = {(row.name, row.at): row["count"] for row in counted}
    shares = {}
    for name in edges:
        its = [counts.get((name, at), 0) for at in range(MISSING, len(edges[name]) + 1)]
        shares[name] = [count / max(sum(its), 1) for count in its]
    return shares
