"""What a landed file must look like: its columns, their types, and which values a plant can really produce."""

from dataclasses import dataclass

from predictive_maintenance.features import COMPONENTS, ERRORS
from predictive_maintenance.tables import ERRORS as ERRORS_TABLE
from predictive_maintenance.tables import FAILURES, MACHINES, MAINT, TELEMETRY, Table

PLAUSIBLE = {
    "volt": (95, 260, "V"),
    "rotate": (130, 700, "rpm"),
    "pressure": (50, 190, "psi"),
    "vibration": (14, 80, "mm/s"),
}
"""Lowest and highest hourly mean of a sensor, both included, and its unit; the real extremes are well inside."""
OLDEST_MACHINE = 100
"""Years."""
FIRST_MOMENT, LAST_MOMENT = "2000-01-01 00:00:00Z", "2100-01-01 00:00:00Z"

NUMBER = "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"  # a cast would also take 0x1p3 and 1d
TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?$"


@dataclass(frozen=True)
class Field:
    """A column of a file: SQL on its text that gives the typed `value`, and the `problem` as text or null."""

    name: str
    value: str
    problem: str


@dataclass(frozen=True)
class FileSchema:
    """The files that land for `table`; `fields` are in the order of the header."""

    table: Table
    fields: tuple[Field, ...]

    @property
    def header(self) -> str:
        return ",".join(field.name for field in self.fields)

    @property
    def sensors(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.name in PLAUSIBLE)


def _text(name: str) -> str:
    return f"nullif(fields.`{name}`, '')"


def _field(name: str, value: str, *problems: tuple[str, str], required: bool = True) -> Field:
    """`problems` are a SQL condition and what to say of the text; the first that holds counts."""
    text = _text(name)
    cases = [f"WHEN {condition} THEN concat('{name} ', {text}, ' {says}')" for condition, says in problems]
    missing = f"'{name} is missing'" if required else "NULL"
    return Field(name, value, f"CASE WHEN {text} IS NULL THEN {missing} {' '.join(cases)} END")


def _moment(name: str) -> Field:
    text = _text(name)
    value = f"CASE WHEN {text} RLIKE '{TIME}' THEN coalesce(try_cast(concat({text}, 'Z') AS timestamp), try_cast({text} AS timestamp)) END"
    plausible = f"{value} >= TIMESTAMP'{FIRST_MOMENT}' AND {value} < TIMESTAMP'{LAST_MOMENT}'"
    return _field(
        name,
        value,
        (f"{value} IS NULL", "is not a time such as 2015-01-31 06:00:00"),
        (f"NOT ({plausible})", "is not between 2000 and 2100"),
    )


def _whole(name: str, low: int, high: int, unit: str = "") -> Field:
    text = _text(name)
    value = f"CASE WHEN {text} RLIKE '^[0-9]{{1,9}}$' THEN try_cast({text} AS int) END"
    return _field(
        name,
        value,
        (f"{value} IS NULL", "is not a whole number"),
        (f"{value} NOT BETWEEN {low} AND {high}", f"is outside {low} to {high} {unit}".rstrip()),
    )


def _sensor(name: str) -> Field:
    """A measurement; an empty text is a missing value, which stays missing."""
    low, high, unit = PLAUSIBLE[name]
    text = _text(name)
    number = f"try_cast({text} AS double)"
    return _field(
        name,
        number,
        (f"lower({text}) RLIKE '^[+-]?(nan|inf|infinity)$'", "is not finite"),
        (f"NOT {text} RLIKE '{NUMBER}'", "is not a number"),
        (f"{number} NOT BETWEEN {low} AND {high}", f"is outside {low} to {high} {unit}"),
        required=False,
    )


def _one_of(name: str, allowed: tuple[str, ...]) -> Field:
    listed = ", ".join(f"'{value}'" for value in allowed)
    return _field(name, _text(name), (f"{_text(name)} NOT IN ({listed})", f"is none of {', '.join(allowed)}"))


def _name(name: str) -> Field:
    text = _text(name)
    return _field(name, text, (f"NOT {text} RLIKE '^[A-Za-z0-9 ._-]{{1,64}}$'", "is not a name"))


MACHINE_ID = _whole("machineID", 1, 999_999_999)
FILES = {
    schema.table.name: schema
    for schema in (
        FileSchema(MACHINES, (MACHINE_ID, _name("model"), _whole("age", 0, OLDEST_MACHINE, "years"))),
        FileSchema(TELEMETRY, (_moment("datetime"), MACHINE_ID, *(_sensor(name) for name in PLAUSIBLE))),
        FileSchema(ERRORS_TABLE, (_moment("datetime"), MACHINE_ID, _one_of("errorID", ERRORS))),
        FileSchema(MAINT, (_moment("datetime"), MACHINE_ID, _one_of("comp", COMPONENTS))),
        FileSchema(FAILURES, (_moment("datetime"), MACHINE_ID, _one_of("failure", COMPONENTS))),
    )
}
"""The schema of each folder below the landing root, by its name."""
