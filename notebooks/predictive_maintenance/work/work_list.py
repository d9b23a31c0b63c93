"""The table `work_list`: one item per machine, component and alert, kept by scoring. Decision 18 says why it is so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from predictive_maintenance.contract import MOST_NEW_WORK, WorkItem
from predictive_maintenance.merge import ATTEMPTS, merge
from predictive_maintenance.parallel import in_parallel
from predictive_maintenance.tables import FAILURES, MAINT, WORK_LIST, Table, ensure, last_version
from predictive_maintenance.windows import WindowRange, iso, literal
from predictive_maintenance.work.changes import EVER, KEY, Foresight, Read, changes, ends_of
from predictive_maintenance.work.items import OPEN
from predictive_maintenance.work.spans import LATE, NEAR, Failure, Item, Span, spans

MADE = "predictive_maintenance.is_made"
"""A property of the table that says that all predictions were read once, even if no item came of them."""


@dataclass(frozen=True)
class Before:
    """What scoring `windows` may change: the `version` of the list that was looked at, and the `spans` of items that
    may change and of failures that are not in the list."""

    windows: WindowRange
    version: int
    spans: list[Span]

    @property
    def is_new(self) -> bool:
        """Nobody has written to the list: it is made of all predictions."""
        return self.version == 0


class Opened(NamedTuple):
    """The open items that a run has opened: those with most at stake, a hundred at most, and how many there are."""

    items: list[WorkItem]
    number: int


NONE_OPENED = Opened([], 0)


@dataclass(frozen=True)
class WorkList:
    """The list of a schema, for the run `run_id`."""

    spark: SparkSession
    catalog: str
    schema: str
    run_id: str
    name: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", WORK_LIST.of(self.catalog, self.schema))

    def look(self, windows: WindowRange) -> Before:
        """What scoring `windows` may change in the list, which is created if it is absent.

        It does not depend on what will be predicted, so it runs beside other reading.
        """
        ensure(self.spark, self.catalog, self.schema, WORK_LIST, MAINT, FAILURES)
        version = last_version(self.spark, self.name)
        start, end = ends_of(windows)
        may_change = (F.col("until") >= literal(start - LATE - NEAR)) & (F.col("since") <= literal(end + NEAR))
        is_judged = F.col("outcome").isNotNull()
        items = (
            self._rows(WORK_LIST)
            .where(~is_judged | may_change)
            .select(*KEY, *(F.unix_micros(time) for time in ("since", "until", "failed_at")), is_judged)
        )
        failures = (
            self._rows(FAILURES)
            .where(F.col("datetime").between(literal(start - LATE), literal(end + NEAR)))
            .select("machineID", "failure", F.unix_micros("datetime"))
        )
        listed, failed = in_parallel(self.spark, [items.collect, failures.collect])
        found = spans([Item(*row) for row in listed], [Failure(*row) for row in failed], start, end)
        return Before(windows, version, found)

    def keep(
        self,
        before: Before,
        predictions: Table,
        sees: Foresight,
        *,
        alerts: int,
        costs: Mapping[str, float],
    ) -> Opened:
        """Brings the list up to what the tables say now, where scoring may have changed it; of the windows that were
        scored so many are `alerts`.

        `costs` are those of a failure, by component, where they are not the usual ones. A run that finds another commit
        between its reading and its own reads again, so the last commit has seen what every other has.
        Returns what this run has opened, also in an attempt that was killed.
        """
        if not (alerts or before.spans or before.is_new):
            return NONE_OPENED
        self._bring_up(before, predictions, sees, costs)
        return self._opened()

    def _bring_up(self, before: Before, predictions: Table, sees: Foresight, costs: Mapping[str, float]) -> None:
        for _ in range(ATTEMPTS):
            windows = WindowRange(*EVER) if before.is_new else before.windows
            read = Read(*(self._rows(table) for table in (predictions, MAINT, FAILURES, WORK_LIST)))
            changed, bounds = changes(read, windows, before.spans, sees, self.run_id, costs)
            changed = changed.localCheckpoint()  # a MERGE plans its source several times
            if changed.isEmpty():
                if before.is_new:
                    self.spark.sql(f"ALTER TABLE {self.name} SET TBLPROPERTIES ('{MADE}' = 'true')")
                return
            merge(self.name, changed, WORK_LIST.keys, bounds=bounds, gone="gone")
            if last_version(self.spark, self.name) <= before.version + 1:
                return
            before = self.look(before.windows)

    def _opened(self) -> Opened:
        opened = self._rows(WORK_LIST).where((F.col("opened_by") == self.run_id) & (F.col("status") == OPEN))
        told = opened.select(
            *("machineID", "component", "probability", "cost_at_stake", "why"),
            *(F.unix_seconds(name).alias(name) for name in ("since", "until")),
            F.expr("count(*) OVER ()").alias("number"),
        )
        rows = told.orderBy(F.desc("cost_at_stake"), "since", "machineID", "component").limit(MOST_NEW_WORK).collect()
        found: list[WorkItem] = [
            {
                "machineID": row.machineID,
                "component": row.component,
                "since": iso(row.since),
                "until": iso(row.until),
                "probability": row.probability,
                "cost_at_stake": row.cost_at_stake,
                "why": row.why or [],
            }
            for row in rows
        ]
        return Opened(found, rows[0].number if rows else 0)

    def _rows(self, table: Table) -> DataFrame:
        return self.spark.table(table.of(self.catalog, self.schema))
