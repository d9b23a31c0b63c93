"""What a landed file must look like: its columns, their types, and which values a plant can really produce."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from predictive_maintenance import contract
from predictive_maintenance.contract import AHEAD_HOURS, COMPONENTS, ERRORS, FARTHEST_LIMIT, MOST_AHEAD_HOURS, SENSORS
from predictive_maintenance.tables import ERRORS as ERRORS_TABLE
from predictive_maintenance.tables import FAILURES, MACHINES, MAINT, TELEMETRY, Table


@dataclass(frozen=True)
class Limits:
    """The lowest and the highest plausible hourly mean of a sensor, both included, and their unit."""

    lowest: float
    highest: float
    unit: str


PLAUSIBLE: Mapping[str, Limits] = {sensor: Limits(*limits) for sensor, limits in contract.PLAUSIBLE.items()}
"""What the hourly mean of each sensor can be unless a setting says otherwise; the real extremes are well inside."""
OLDEST_MACHINE = 100
"""Years."""
FIRST_MOMENT, LAST_MOMENT = "2000-01-01 00:00:00Z", "2100-01-01 00:00:00Z"

NUMBER = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"  # a cast would also take 0x1p3 and 1d
WHOLE = "^[0-9]{1,9}([.]0+)?$"  # pandas writes 1.0 where the column had a gap
ZONE = "(Z|[+-][0-9]{2}:?[0-9]{2})"
# Zeros may follow the microseconds: SQL Server and Data Factory's Copy write seven digits.
TIME = f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[ T][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}([.][0-9]{{1,6}}0*)?)?{ZONE}?$"

ROW_NUMBER, NOTHING = "_row_number", "_nothing"
UNNAMED = (
    (
        ROW_NUMBER,
        f"NOT coalesce(fields.{ROW_NUMBER}, '') RLIKE '^[0-9]+$'",
        "the unnamed first column is not a row number",
    ),
    (NOTHING, f"fields.{NOTHING} IS NOT NULL", "the unnamed last column is not empty"),
)
"""Columns without a name that are no loss: pandas writes its index before, a trailing comma makes one after."""


@dataclass(frozen=True)
class Field:
    """A column of a file, in SQL: the typed `value` from the struct `fields` of texts, and `problems`: conditions on
    value and text, each with what to say of the text; the first that holds counts."""

    name: str
    value: str
    problems: tuple[tuple[str, str], ...]
    required: bool = True

    @property
    def text(self) -> str:
        return f"fields.`{self.name}`"

    @property
    def valid(self) -> str:
        """Whether there is no problem."""
        sound = " AND ".join([f"{self.text} IS NOT NULL", *(f"NOT ({condition})" for condition, _ in self.problems)])
        return f"({sound})" if self.required else f"({self.text} IS NULL OR {sound})"

    @property
    def problem(self) -> str:
        """What to say, or null."""
        cases = [f"WHEN {holds} THEN concat('{self.name} ', {self.text}, ' {says}')" for holds, says in self.problems]
        missing = f"'{self.name} is missing'" if self.required else "NULL"
        return f"CASE WHEN {self.text} IS NULL THEN {missing} {' '.join(cases)} END"


@dataclass(frozen=True)
class FileSchema:
    """The files that land for `table`; `columns` are those of the file, in its order: fields and unnamed ones."""

    table: Table
    fields: tuple[Field, ...]
    columns: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def header(self) -> str:
        """The one that is expected; others may have the same columns otherwise, see `arranged`."""
        return ",".join(self.names)

    def arranged(self, header: str) -> "FileSchema | None":
        """The schema of a file with this header: the same names in any order and case, perhaps with an unnamed column
        of row numbers before and an empty one after them. None for any other header."""
        cells = [cell.strip().strip('"').lower() for cell in header.split(",")]
        before, after = (cells[place] == "" and len(cells) > len(self.names) for place in (0, -1))
        named = cells[int(before) : len(cells) - int(after)]
        known = {name.lower(): name for name in self.names}
        if sorted(named) != sorted(known):
            return None
        columns = [known[name] for name in named]
        return replace(self, columns=(*[ROW_NUMBER] * before, *columns, *[NOTHING] * after))

    @property
    def unnamed_problems(self) -> tuple[tuple[str, str], ...]:
        """Conditions on the unnamed columns, each with what to say."""
        return tuple((holds, says) for column, holds, says in UNNAMED if column in self.columns)

    @property
    def sensors(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.name in PLAUSIBLE)


def _moment(name: str, ahead_hours: int | None) -> Field:
    text = f"fields.`{name}`"
    with_zone = f"length({text}) > 16 AND {text} RLIKE '{ZONE}$'"  # 16: up to the minute
    # Spark wants seconds: a time up to the minute gets its own.
    whole = f"IF(substr({text}, 17, 1) = ':', {text}, concat(substr({text}, 1, 16), ':00', substr({text}, 17)))"
    in_utc = f"IF({with_zone}, {whole}, concat({whole}, 'Z'))"
    ahead = f"`{name}` > landed_at + INTERVAL {ahead_hours} HOURS"
    later = (ahead, f"is more than {ahead_hours} hours after its file landed")
    implausible = f"`{name}` < TIMESTAMP'{FIRST_MOMENT}' OR `{name}` >= TIMESTAMP'{LAST_MOMENT}'"
    return Field(
        name,
        f"IF({text} RLIKE '{TIME}', try_cast({in_utc} AS timestamp), NULL)",
        (
            (f"`{name}` IS NULL", "is not a time such as 2015-01-31 06:00:00"),
            (implausible, "is not between 2000 and 2100"),
            *(() if ahead_hours is None else (later,)),
        ),
    )


def _whole(name: str, low: int, high: int, unit: str = "") -> Field:
    text = f"fields.`{name}`"
    return Field(
        name,
        f"IF({text} RLIKE '{WHOLE}', try_cast(substring_index({text}, '.', 1) AS int), NULL)",
        (
            (f"`{name}` IS NULL", "is not a whole number"),
            (f"`{name}` NOT BETWEEN {low} AND {high}", f"is outside {low} to {high} {unit}".rstrip()),
        ),
    )


def _sensor(name: str, limits: Limits) -> Field:
    """A measurement; an empty text is a missing value, which stays missing."""
    text = f"fields.`{name}`"
    with_letters = f"upper({text}) != lower({text})"  # without, what can be cast is a number
    return Field(
        name,
        f"try_cast({text} AS double)",
        (
            (f"`{name}` IS NULL OR {with_letters} AND NOT {text} RLIKE '{NUMBER}'", "is not a finite number"),
            (
                f"`{name}` NOT BETWEEN {limits.lowest} AND {limits.highest}",
                f"is outside {limits.lowest:g} to {limits.highest:g} {limits.unit}",
            ),
        ),
        required=False,
    )


def _one_of(name: str, allowed: tuple[str, ...]) -> Field:
    listed = ", ".join(f"'{value}'" for value in allowed)
    unknown = (f"`{name}` NOT IN ({listed})", f"is none of {', '.join(allowed)}")
    return Field(name, f"fields.`{name}`", (unknown if allowed else ("true", "is unknown: the plant has none"),))


def _name(name: str) -> Field:
    return Field(name, f"fields.`{name}`", ((f"NOT `{name}` RLIKE '^[A-Za-z0-9 ._-]{{1,64}}$'", "is not a name"),))


MACHINE_ID = _whole("machineID", 1, 999_999_999)


def files(limits: Mapping[str, Limits] = PLAUSIBLE, ahead_hours: int | None = None) -> dict[str, FileSchema]:
    """The schema of each folder below the landing root, by its name. With `ahead_hours` no moment is later than the
    column `landed_at` by more."""
    event = (_moment("datetime", ahead_hours), MACHINE_ID)
    schemas = (
        (MACHINES, (MACHINE_ID, _name("model"), _whole("age", 0, OLDEST_MACHINE, "years"))),
        (TELEMETRY, (*event, *(_sensor(*sensor) for sensor in limits.items()))),
        (ERRORS_TABLE, (*event, _one_of("errorID", ERRORS))),
        (MAINT, (*event, _one_of("comp", COMPONENTS))),
        (FAILURES, (*event, _one_of("failure", COMPONENTS))),
    )
    return {table.name: FileSchema(table, fields, tuple(field.name for field in fields)) for table, fields in schemas}


def parse_ahead_hours(text: str) -> int:
    """Reads the widget `ahead_hours`; empty is the usual: clocks differ, and a time without zone can be that of a
    place ahead of UTC. A later moment would move every latest window. Raises ValueError."""
    if not text.strip():
        return AHEAD_HOURS
    if not (text.strip().isascii() and text.strip().isdigit() and int(text) <= MOST_AHEAD_HOURS):
        raise ValueError(
            f"ahead_hours is '{text}': expected a whole number of hours from 0 to {MOST_AHEAD_HOURS}, or nothing"
        )
    return int(text)


def parse_limits(text: str) -> dict[str, Limits]:
    """Reads the widget `limits`, JSON such as `{"volt": [90, 260]}`: the sensors whose plausible values are others than
    `PLAUSIBLE`, in the same unit. Empty: none. Raises ValueError."""
    first = SENSORS[0]
    example = json.dumps({first: contract.PLAUSIBLE[first][:2]})
    expected = f"expected JSON such as {example} for {', '.join(PLAUSIBLE)}, within ±{FARTHEST_LIMIT:,}"
    try:
        stated = json.loads(text) if text.strip() else {}
        limits = {
            sensor: replace(PLAUSIBLE[sensor], lowest=float(low), highest=float(high))
            for sensor, (low, high) in stated.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError(f"limits is '{text}': {expected}") from None
    if not all(-FARTHEST_LIMIT <= one.lowest < one.highest <= FARTHEST_LIMIT for one in limits.values()):
        raise ValueError(f"limits is '{text}': {expected}, the lower one first")
    return {**PLAUSIBLE, **limits}
