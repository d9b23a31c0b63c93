"""Predictions, maintenance and failures of a few machines, and the work list that follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from types import MappingProxyType

from pyspark.sql import Row, SparkSession

from predictive_maintenance.tables import FAILURES, MAINT, PREDICTIONS, WORK_LIST, Table, ensure
from predictive_maintenance.windows import WindowRange
from predictive_maintenance.work.changes import Foresight
from predictive_maintenance.work.work_list import WorkList

FIRST = datetime(2015, 1, 1, tzinfo=timezone.utc)
HALF_DAY = timedelta(hours=12)
MADE = datetime(2015, 5, 1, tzinfo=timezone.utc)
"""When predictions are made, unless stated,"""
LANDED = datetime(2015, 6, 1, tzinfo=timezone.utc)
"""and when the files of maintenance and failures land."""
SEES = Foresight(horizon_hours=24, window_hours=12)


def end(number: float) -> datetime:
    """The end of the window of this number, from 0 on; 1.5 is six hours after that of window 1."""
    return FIRST + number * HALF_DAY


def number(time: datetime) -> float:
    """The opposite of `end`; Spark's times have no zone here, and the tests' is UTC."""
    return (time.replace(tzinfo=timezone.utc) - FIRST) / HALF_DAY


class Crew:
    """The tables of a schema, and what scoring does about the work list: a horizon of 24 h, windows of 12."""

    def __init__(self, spark: SparkSession, schema: str) -> None:
        self.spark, self.schema = spark, schema
        self._rows: dict[Table, list[tuple]] = {PREDICTIONS: [], MAINT: [], FAILURES: []}
        self._ends: list[float] = []
        ensure(spark, "spark_catalog", schema, *self._rows)

    def predicted(
        self,
        machine: int,
        marks: str,
        first: int = 0,
        *,
        comp: str = "comp1",
        version: str = "1",
        made: datetime = MADE,
    ) -> Crew:
        """A window for each mark: `!` warns of the component, `.` does not, a space is no window."""
        for place, mark in enumerate(marks, first):
            if mark != " ":
                self._predict(machine, place, comp if mark == "!" else "none", version, made)
        return self

    def _predict(self, machine: int, place: int, predicted: str, version: str, made: datetime) -> None:
        reason = (predicted, "volt", 0.5, 180.0, 170.0, "volt 10.0 V above its usual 170.0")
        said = {
            "machineID": machine,
            "window_end": end(place),
            "predicted": predicted,
            "model_version": version,
            "scored_at": made,
            "month": f"{end(place):%Y-%m}",
            "reasons": None if predicted == "none" else [reason],
            **{f"prob_comp{comp}": 0.75 if predicted == f"comp{comp}" else 0.125 for comp in (1, 2, 3, 4)},
        }
        self._ends.append(place)
        self._rows[PREDICTIONS].append(tuple(said.get(column.split()[0]) for column in PREDICTIONS.columns.split(", ")))

    def maintained(self, machine: int, at: float, comp: str = "comp1", landed: datetime = LANDED) -> Crew:
        self._rows[MAINT].append((end(at), machine, comp, landed))
        return self

    def failed(self, machine: int, at: float, comp: str = "comp1") -> Crew:
        self._rows[FAILURES].append((end(at), machine, comp, LANDED))
        return self

    def scored(self, run_id: str = "run", costs: Mapping[str, float] = MappingProxyType({})) -> tuple[list, int]:
        """What has come since the last time is in the tables, and the windows of it are scored."""
        ends, alerts = self._ends, sum(row[6] != "none" for row in self._rows[PREDICTIONS])
        work = WorkList(self.spark, "spark_catalog", self.schema, run_id)
        self._land(MAINT, FAILURES)
        before = work.look(WindowRange(end(min(ends)), end(max(ends))))
        self._land(PREDICTIONS)
        self._ends = []
        return work.keep(before, PREDICTIONS, SEES, alerts=alerts, costs=costs)

    def _land(self, *tables: Table) -> None:
        for table in tables:
            if rows := self._rows[table]:
                frame = self.spark.createDataFrame(rows, table.columns).coalesce(1)
                frame.write.format("delta").mode("append").saveAsTable(table.of("spark_catalog", self.schema))
            rows.clear()

    def items(self, machine: int | None = None) -> list[Row]:
        rows = self.spark.table(WORK_LIST.of("spark_catalog", self.schema)).orderBy(*WORK_LIST.keys).collect()
        return [row for row in rows if machine in (None, row.machineID)]

    def told(self, machine: int) -> list[str]:
        """Each item of a machine as `since-until status outcome`, in numbers of windows."""
        each = ((row, f"{number(row.since):g}-{number(row.until):g}") for row in self.items(machine))
        return [" ".join(filter(None, (span, row.status, row.outcome))) for row, span in each]
