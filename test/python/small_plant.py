"""Plants of a few machines, as rows and as tables, for the tests of features, labels, training and scoring."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from pyspark.sql import DataFrame, SparkSession

SENSORS = {"volt": 170.0, "rotate": 450.0, "pressure": 100.0, "vibration": 40.0}
SIGNATURE = {
    "comp1": ("volt", 21.0, ("error1",)),
    "comp2": ("rotate", -81.0, ("error2", "error3")),
    "comp3": ("pressure", 26.0, ("error4",)),
    "comp4": ("vibration", 10.0, ("error5",)),
}


def at(text: str) -> datetime:
    """`2015-01-02 06` as a time in UTC."""
    return datetime.strptime(text, "%Y-%m-%d %H").replace(tzinfo=timezone.utc)


@dataclass
class Plant:
    """The rows of the five files."""

    telemetry: list[tuple] = field(default_factory=list)
    errors: list[tuple] = field(default_factory=list)
    maint: list[tuple] = field(default_factory=list)
    failures: list[tuple] = field(default_factory=list)
    machines: list[tuple] = field(default_factory=list)

    def frames(self, spark: SparkSession) -> dict[str, DataFrame]:
        """The rows as the tables of the product have them, by name."""
        event = "datetime timestamp, machineID int"
        columns = {
            "telemetry": f"{event}, volt double, rotate double, pressure double, vibration double, month string",
            "errors": f"{event}, errorID string",
            "maint": f"{event}, comp string",
            "failures": f"{event}, failure string",
            "machines": "machineID int, model string, age int",
        }
        rows = {name: getattr(self, name) for name in columns}
        rows["telemetry"] = [(*row, f"{row[0]:%Y-%m}") for row in self.telemetry]
        return {name: spark.createDataFrame(rows[name], columns[name]) for name in columns}

    def save(self, spark: SparkSession, schema: str) -> None:
        """Writes the rows to the tables of `schema`, in the place of what is there."""
        for name, frame in self.frames(spark).items():
            frame.coalesce(1).write.format("delta").mode("overwrite").saveAsTable(f"spark_catalog.{schema}.{name}")

    def hourly(self, machine: int, first: str, hours: int, **sensors: float) -> Plant:
        """Adds telemetry of constant values, from `first` on."""
        values = (SENSORS | sensors).values()
        self.telemetry += [(at(first) + timedelta(hours=hour), machine, *values) for hour in range(hours)]
        return self


def seconds(text: str) -> int:
    return int(at(text).timestamp())


def by_window(rows: DataFrame) -> dict[tuple[int, int], dict]:
    """The rows by machine and window end in seconds since 1970."""
    collected = rows.selectExpr("*", "unix_seconds(window_end) AS ends").drop("window_end").collect()
    found = {(row.machineID, row.ends): row.asDict() for row in collected}
    assert len(found) == len(collected), "two rows of one machine and window"
    return found


def failing_plant(machines: int = 5, days: int = 40, components: Iterable[str] = SIGNATURE) -> Plant:
    """A plant in which every two days some machine loses one of `components`, announced as in the real data."""
    random.seed(1)
    plant, names, start = Plant(), list(components), at("2015-01-01 06")
    shift: dict[tuple[int, datetime, str], float] = {}
    for number, day in enumerate(range(3, days, 2)):
        comp, machine = names[number % len(names)], 1 + number % machines
        failed = start + timedelta(days=day)
        sensor, amount, errors = SIGNATURE[comp]
        shift |= {(machine, failed - timedelta(hours=hour), sensor): amount for hour in range(48)}
        plant.errors += [(failed - timedelta(hours=24), machine, error) for error in errors]
        plant.failures.append((failed, machine, comp))
        plant.maint.append((failed, machine, comp))
    for machine in range(1, machines + 1):
        plant.machines.append((machine, f"model{1 + machine % 2}", machine))
        plant.maint += [(start - timedelta(days=30), machine, comp) for comp in SIGNATURE]
        for hour in range(24 * days):
            time = start + timedelta(hours=hour)
            values = (
                mean + mean * random.gauss(0, 0.02) + shift.get((machine, time, sensor), 0.0)
                for sensor, mean in SENSORS.items()
            )
            plant.telemetry.append((time, machine, *values))
    return plant


def noisy(machines: int = 2, days: int = 4) -> Plant:
    """Every kind of event, and hours without telemetry."""
    random.seed(7)
    plant = Plant(machines=[(id, f"model{id}", 3 * id) for id in range(1, machines + 1)])
    for id in range(1, machines + 1):
        for hour in range(24 * days):
            time = at("2015-01-31 06") + timedelta(hours=hour)
            if random.random() < 0.8:
                sensors = [random.gauss(100, 10) for _ in range(4)]
                plant.telemetry.append((time, id, *sensors))
            if random.random() < 0.1:
                plant.errors.append((time, id, f"error{random.randint(1, 5)}"))
            if random.random() < 0.05:
                plant.maint.append((time, id, f"comp{random.randint(1, 4)}"))
    return plant
