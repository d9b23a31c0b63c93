"""The items of the work list, out of nothing but what was predicted, maintained and failed.

Alerts of one component that are at most a horizon apart are one item. It ends when the component fails, is closed while
maintenance after the last of its alerts stands, and lapses when a horizon has passed since. Decision 18 says more.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F

from predictive_maintenance.contract import COMPONENTS, SEPARATOR
from predictive_maintenance.predictions import NEWEST_FIRST

OPEN, CLOSED = "open", "closed"
CONFIRMED, PREVENTED, FALSE, MISSED = "confirmed", "prevented", "false", "missed"

FAILURE, MAINTENANCE, WINDOW = 0, 1, 2
"""What a row of a timeline is. A window knows of what happens at its end, so it comes last."""


def said(predictions: DataFrame) -> DataFrame:
    """A row per window and component: at, probability, warns, why, model_version, and `known_at`.

    The newest prediction counts. `known_at` is when any version first warned of the component in that window; null
    where the newest does not.
    """
    of_window = Window.partitionBy("machineID", "window_end")

    def warned(comp: str) -> Column:
        return F.array_contains(F.split("predicted", rf"\{SEPARATOR}"), comp)

    first = {f"known_{comp}": F.min(F.when(warned(comp), F.col("scored_at"))).over(of_window) for comp in COMPONENTS}
    place = F.expr(f"row_number() OVER ({NEWEST_FIRST})")
    newest = predictions.withColumns({**first, "place": place}).where("place = 1")
    each = [
        F.struct(
            F.lit(comp).alias("component"),
            F.col(f"prob_{comp}").alias("probability"),
            warned(comp).alias("warns"),
            F.when(warned(comp), F.col(f"known_{comp}")).alias("known_at"),
            F.expr(f"transform(filter(reasons, one -> one.comp = '{comp}'), one -> one.text)").alias("why"),
        )
        for comp in COMPONENTS
    ]
    exploded = newest.select(
        "machineID", F.col("window_end").alias("at"), "model_version", F.explode(F.array(*each)).alias("of")
    )
    return exploded.select("machineID", "at", "model_version", "of.*")


def items(windows: DataFrame, maint: DataFrame, failures: DataFrame, latest: DataFrame, horizon: Column) -> DataFrame:
    """The items that follow from `windows` (see `said`), and a row for each failure that none of them foresaw.

    `maint` and `failures` are those of the same machines and time, and of one `horizon` (an interval) after it.
    `latest` has the last window of each machine (`latest`) and the time to which its data are complete (`known_until`).
    """
    of_item = ["machineID", "component", "number"]
    found = _timeline(windows, maint, failures, latest, horizon).groupBy(*of_item).agg(*_facts())
    states = found.join(F.broadcast(latest), "machineID", "left").withColumns(_times(horizon))
    return states.withColumns(_state()).select(
        *("machineID", "component", "since", "until", "status", "outcome", "closed_at", "failed_at"),
        *("probability", "why", "model_version", (F.size("history") - 1).alias("reopened"), "history"),
    )


def _timeline(
    windows: DataFrame, maint: DataFrame, failures: DataFrame, latest: DataFrame, horizon: Column
) -> DataFrame:
    """What belongs to an item, numbered by item: windows, maintenance and failures in their order."""
    failed = failures.selectExpr("machineID", "failure AS component", "datetime AS at")
    maintained = maint.selectExpr("machineID", "comp AS component", "datetime AS at", "landed_at")
    # A repair is no maintenance: it belongs to its failure.
    maintained = maintained.join(failed, ["machineID", "component", "at"], "left_anti")
    kinds = {FAILURE: failed.join(F.broadcast(latest), "machineID", "left"), MAINTENANCE: maintained, WINDOW: windows}
    of_kind = [rows.withColumn("kind", F.lit(kind)) for kind, rows in kinds.items()]
    events = of_kind[WINDOW]
    for rows in of_kind[:WINDOW]:
        events = events.unionByName(rows, allowMissingColumns=True)

    in_time = Window.partitionBy("machineID", "component").orderBy("at", "kind")
    before = in_time.rowsBetween(Window.unboundedPreceding, -1)

    def last(is_one: Column, value: str = "at") -> Column:
        return F.last(F.when(is_one, F.col(value)), ignorenulls=True).over(before)

    at, kind = F.col("at"), F.col("kind")
    events = events.withColumns(
        {
            "warns": F.coalesce("warns", F.lit(False)),
            "last_alert": last(F.coalesce("warns", F.lit(False))),
            "last_failure": last(kind == FAILURE),
            "last_maintenance": last(kind == MAINTENANCE),
            "last_window": last(kind == WINDOW),
            "last_probability": last(kind == WINDOW, "probability"),
        }
    )
    has_failed = F.coalesce(F.col("last_failure") > F.col("last_alert"), F.lit(False))
    covered = F.coalesce(at <= F.col("last_alert") + horizon, F.lit(False)) & ~has_failed
    # Two failures with no window between them are one: nothing could have told them apart.
    again = F.coalesce(F.col("last_window") < F.col("last_failure"), F.lit(False))
    could_warn = (F.col("last_window") >= at - horizon) & (at <= F.col("latest"))
    missed = (kind == FAILURE) & ~covered & ~again & F.coalesce(could_warn, F.lit(False))
    judged = events.withColumns(
        {
            "missed": missed,
            "is_open": (kind == WINDOW)
            & (F.col("warns") | covered & ~F.coalesce(F.col("last_maintenance") > F.col("last_alert"), F.lit(False))),
            "number": F.count_if(F.col("warns") & ~covered | missed).over(in_time),
        }
    )
    return judged.where(F.col("warns") | covered | F.col("missed"))


def _facts() -> list[Column]:
    """Of the rows of one item."""
    at, kind, warns, missed = (F.col(name) for name in ("at", "kind", "warns", "missed"))
    newest_alert = F.when(warns, at)
    return [
        F.min(F.when(warns, at).when(missed, F.col("last_window"))).alias("since"),
        F.max(newest_alert).alias("last_alert"),
        F.min(F.when(kind == FAILURE, at)).alias("failed_at"),
        F.bool_or(missed).alias("missed"),
        F.max_by(F.coalesce("probability", "last_probability"), F.when(F.col("is_open") | missed, at)).alias(
            "probability"
        ),
        F.max_by("why", newest_alert).alias("why"),
        F.max_by("model_version", newest_alert).alias("model_version"),
        F.sort_array(F.collect_list(F.when(warns, F.struct("at", "known_at")))).alias("alerts"),
        F.sort_array(F.collect_list(F.when(kind == MAINTENANCE, F.struct("at", "landed_at")))).alias("maintained"),
    ]


def _times(horizon: Column) -> dict[str, Column]:
    """When an item is over, and the maintenance that stands: none of its alerts is later."""
    return {
        "until": F.coalesce(F.col("last_alert") + horizon, F.col("failed_at")),
        "standing": F.expr("get(filter(maintained, one -> one.at > last_alert), 0).at"),
    }


def _state() -> dict[str, Column]:
    is_over = F.coalesce(F.col("known_until") >= F.col("until"), F.lit(False))
    closed_at = F.coalesce("standing", "failed_at", F.when(is_over, F.col("until")))
    is_silent = F.when(F.size("maintained") > 0, PREVENTED).otherwise(FALSE)
    return {
        "closed_at": closed_at,
        "status": F.when(closed_at.isNull(), OPEN).otherwise(CLOSED),
        "outcome": F.when(F.col("missed"), MISSED)
        .when(F.col("failed_at").isNotNull(), CONFIRMED)
        .when(is_over, is_silent),
        "history": _history(closed_at),
    }


def _history(closed_at: Column) -> Column:
    """Each time that an item was opened: by its first alert, and by the first one after maintenance."""
    between = "exists(maintained, one -> one.at > get(alerts, place - 1).at AND one.at <= alert.at)"
    opened = F.expr(f"filter(alerts, (alert, place) -> place = 0 OR {between})")

    def time(alert: Column) -> Column:
        next = F.get(F.filter("maintained", lambda one: one["at"] > alert["at"]), F.lit(0))
        known = F.exists(
            F.col("alerts"),
            lambda one: (one["at"] >= alert["at"]) & (one["at"] < next["at"]) & (one["known_at"] < next["landed_at"]),
        )
        return F.struct(
            alert["at"].alias("opened_at"),
            F.coalesce(next["at"], closed_at).alias("closed_at"),
            F.coalesce(known, F.lit(False)).alias("after_alert"),
        )

    return F.transform(opened, time)
