"""What scoring does once predictions are written: the work list, the marks of the files, the row of `monitoring`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pyspark.sql import DataFrame

from predictive_maintenance.landing import ledger
from predictive_maintenance.monitoring import monitoring
from predictive_maintenance.monitoring.freshness import Freshness
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.tables import Table
from predictive_maintenance.work.work_list import Opened, WorkList


def follow_up(
    work: WorkList,
    keep: Callable[[], Opened],
    table: Table,
    *,
    version: str,
    summary: Mapping[str, Any],
    scored: DataFrame,
    found: Mapping[str, int],
    predicted_before: Mapping[str, int],
) -> tuple[Opened, Freshness]:
    """Does `keep`, which returns what is new on the list of `work`, while it observes how the model, whose predictions
    are in `table`, does on what was `scored`; then marks the files and records it all. Returns what is new on the list,
    and how long the files waited.

    A run that is killed before it marks files leaves them to the next one. It marks them before it is recorded: of two
    runs only that which marks a file counts how long it has waited.
    """
    run = (work.spark, work.catalog, work.schema, work.run_id)
    seen: dict[str, Any] = {"summary": summary, "scored": scored, "last": found["last"], "predictions": table}
    asked: list[Callable[[], Any]] = [keep, partial(monitoring.observe, *run, **seen)]
    opened, observed = in_parallel(work.spark, asked)
    ledger.mark_scored(*run, (found["first"], found["last"]), predicted_before)
    return opened, monitoring.record(*run, version=version, found=found, observed=observed)
