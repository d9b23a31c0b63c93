"""The rooms of the package: the table in docs/architecture.md is their order, and imports follow it."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "predictive_maintenance"
SOURCES = ROOT / "notebooks"
GROUND = ""


def stages() -> list[str]:
    """The first column of the table, from top to bottom."""
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = re.split(r"^\| stage +\| makes +\| begins at +\|$", document, flags=re.MULTILINE)[1].partition("\n\n")[0]
    return re.findall(r"^\| `(\w+)` +\|", table, re.MULTILINE)


def modules() -> dict[str, Path]:
    """The files of the package by the name that an import has for them."""
    files = sorted((SOURCES / PACKAGE).rglob("*.py"))
    return {".".join(file.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(source: str, known: set[str]) -> Iterator[str]:
    """The modules of the package that a source imports, at its top or within a function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import names its stage"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else str(node.module) for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def imports() -> dict[str, set[str]]:
    files = modules()
    found = {name: set(imported(file.read_text(encoding="utf-8"), set(files))) for name, file in files.items()}
    return {name: {other for other in others if other.startswith(PACKAGE)} for name, others in found.items()}


def stage(module: str) -> str:
    """The room of a module, or the ground."""
    _, *rooms = module.split(".")
    return rooms[0] if rooms and (SOURCES / PACKAGE / rooms[0]).is_dir() else GROUND


def test_the_table_names_every_room():
    rooms = {file.parent.name for file in (SOURCES / PACKAGE).glob("*/*.py")}
    assert len(rooms) >= 2
    assert set(stages()) == rooms


@pytest.mark.parametrize("module", modules())
def test_a_module_imports_from_its_own_stage_earlier_ones_and_the_ground(module: str):
    order = [GROUND, *stages()]
    allowed = order[: order.index(stage(module)) + 1]
    assert [other for other in sorted(imports()[module]) if stage(other) not in allowed] == []


def test_no_module_imports_itself_through_others():
    order = tuple(TopologicalSorter(imports()).static_order())
    assert len(order) == len(modules())


def test_a_later_stage_is_seen_wherever_it_is_imported():
    source = "def late():\n    from predictive_maintenance.scoring import scoring\n"
    known = {"predictive_maintenance.scoring", "predictive_maintenance.scoring.scoring"}
    assert [stage(module) for module in imported(source, known)] == ["scoring"]
