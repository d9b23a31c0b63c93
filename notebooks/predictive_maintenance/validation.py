"""Lines of text to typed rows, each bad one with its reason."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from predictive_maintenance.schemas import FileSchema

UNKNOWN_MACHINE = "unknown machine"
"""The one reason that can pass: the row is admitted when its machine is announced."""
LONGEST_LINE = 1000
"""Characters; a longer line is no row, and only so much of it is kept."""

CSV = {
    "mode": "PERMISSIVE",
    "columnNameOfCorruptRecord": "_corrupt",
    "ignoreLeadingWhiteSpace": "true",
    "ignoreTrailingWhiteSpace": "true",
}


def validated(lines: DataFrame, schema: FileSchema) -> DataFrame:
    """The columns of `lines` (`raw` among them), the typed columns of the file, and `reason`: null for a good row.

    Blank lines are dropped. A missing sensor value stays null; a row without any sensor value is bad. A time without
    zone is UTC, whatever the session's zone.
    """
    names = ", ".join(f"`{field.name}` string" for field in schema.fields)
    fields = F.from_csv(F.expr(f"IF(length(raw) <= {LONGEST_LINE}, raw, NULL)"), f"{names}, _corrupt string", CSV)
    typed = [f"{field.value} AS `{field.name}`" for field in schema.fields]
    problems = [field.problem for field in schema.fields]
    if schema.sensors:
        problems.append(f"IF(coalesce({', '.join(schema.sensors)}) IS NULL, 'no sensor value', NULL)")
    reason = f"""CASE
        WHEN length(raw) > {LONGEST_LINE} THEN 'line longer than {LONGEST_LINE} characters'
        WHEN length(raw) % 2 != length(replace(raw, '"', '')) % 2 THEN 'a quote is not closed'
        WHEN fields._corrupt IS NOT NULL THEN 'not {len(schema.fields)} fields'
        ELSE nullif(concat_ws('; ', {", ".join(problems)}), '') END"""
    return (
        lines.where("trim(raw) != ''")
        .withColumn("fields", fields)
        .selectExpr(*lines.columns, "fields", *typed)
        .withColumn("reason", F.expr(reason))
        .withColumn("raw", F.substring("raw", 1, LONGEST_LINE))
        .drop("fields")
    )
