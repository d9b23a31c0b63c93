"""Lines of text to typed rows, and what is wrong with the bad ones."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.landing.schemas import FileSchema

UNKNOWN_MACHINE = "unknown machine"
"""The one reason that can pass: the row is admitted when its machine is announced."""
LONGEST_LINE = 1000
"""Characters; a longer line is no row."""

CSV = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "_corrupt",
    "ignoreLeadingWhiteSpace": "true",
    "ignoreTrailingWhiteSpace": "true",
}
ZERO_BYTE = "contains(raw, char(0))"
"""Of a file that was cut off and filled up; a cast would pass over it and read the part of a value as the value."""
UNCLOSED = "contains(raw, '\"') AND length(raw) % 2 != length(replace(raw, '\"', '')) % 2"


def validated(lines: DataFrame, schema: FileSchema) -> DataFrame:
    """The columns of `lines` (`raw` among them), the typed columns of the file, and whether the row is `valid`.

    Blank lines are dropped. A missing sensor value stays null; a row without any sensor value is not valid. A time
    without zone is UTC, whatever the session's zone.
    """
    sound = [f"length(raw) <= {LONGEST_LINE}", f"NOT ({UNCLOSED})", f"NOT {ZERO_BYTE}", "fields._corrupt IS NULL"]
    sound += [f"NOT ({problem})" for problem, _ in schema.unnamed_problems]
    sound += [field.valid for field in schema.fields]
    if schema.sensors:
        sound.append(f"coalesce({', '.join(schema.sensors)}) IS NOT NULL")
    typed = _typed(lines.where("trim(raw) != ''"), schema)
    return typed.withColumn("valid", F.expr(" AND ".join(sound))).drop("fields")


def explained(bad: DataFrame, schema: FileSchema) -> DataFrame:
    """Adds to rows that are not good the `reason`, from their text alone: all that is wrong with it.

    A row that waits for its machine is read again without the header of its file: its text is put into the usual order.

    Apart from `validated`, so that the wording costs nothing for the good rows (it doubles the time of validation).
    """
    problems = [field.problem for field in schema.fields]
    problems += [f"IF({problem}, '{says}', NULL)" for problem, says in schema.unnamed_problems]
    if schema.sensors:
        problems.append(f"IF(coalesce({', '.join(schema.sensors)}) IS NULL, 'no sensor value', NULL)")
    reason = f"""CASE
        WHEN length(raw) > {LONGEST_LINE} THEN 'line longer than {LONGEST_LINE} characters'
        WHEN {ZERO_BYTE} THEN 'a zero byte'
        WHEN {UNCLOSED} THEN 'a quote is not closed'
        WHEN fields._corrupt IS NOT NULL THEN 'not {len(schema.columns)} fields'
        ELSE coalesce(nullif(concat_ws('; ', {", ".join(problems)}), ''), '{UNKNOWN_MACHINE}') END"""
    kept = [column for column in bad.columns if column not in [field.name for field in schema.fields]]
    rows = _typed(bad.select(*kept), schema).withColumn("reason", F.expr(reason))
    if schema.columns != schema.names:
        usual = ", ".join(f"coalesce({field.text}, '')" for field in schema.fields)
        rows = rows.withColumn("raw", F.expr(f"IF(reason = '{UNKNOWN_MACHINE}', concat_ws(',', {usual}), raw)"))
    return rows.select(*kept, "reason")


def _typed(lines: DataFrame, schema: FileSchema) -> DataFrame:
    values = [f"{field.value} AS `{field.name}`" for field in schema.fields]
    return lines.withColumn("fields", _fields(schema)).selectExpr("*", *values)


def _fields(schema: FileSchema) -> Column:
    names = ", ".join(f"`{column}` string" for column in schema.columns)
    return F.from_csv(F.expr(f"IF(length(raw) <= {LONGEST_LINE}, raw, NULL)"), f"{names}, _corrupt string", CSV)
