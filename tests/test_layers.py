"""Imports run only upwards along the flow of the packet."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from docs.reference.modules import FLOW as FLOW_OF_STAGES

PACKAGE = Path(__file__).parents[1] / "packet_builder"

FLOW = (*FLOW_OF_STAGES, ("__main__",))
RANK = {name: rank for rank, names in enumerate(FLOW) for name in names}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: relative import"
            module = node.module or ""
            if module == "packet_builder":
                names = (alias.name for alias in node.names)
                yield from (f"{module}.{name}" for name in names if name != "__version__")
            else:
                yield module


def breaches(stage: str, source: str) -> list[str]:
    """Name the imports by which a module of `stage` would break the order of the flow."""
    found = []
    for module in imported_modules(source):
        parts = module.split(".")
        if parts[0] != "packet_builder":
            continue
        other = parts[1] if len(parts) > 1 else ""
        if other != stage and RANK.get(other, len(FLOW)) >= RANK[stage]:
            found.append(module)
    return found


def test_every_stage_has_its_place_in_the_flow() -> None:
    assert {stage_of(path) for path in MODULES} == RANK.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_only_upwards(path: Path) -> None:
    assert breaches(stage_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("stage", "source"),
    [
        ("facts", "from packet_builder.model.case import Case"),
        ("rules", "import packet_builder.plan.arrange"),
        ("plan", "from packet_builder import documents"),
        ("plan", "def f():\n    from packet_builder.packet.bind import bind"),
        ("errors", "import packet_builder"),
        ("assembly", "from packet_builder.cli import main"),
        ("law", "from packet_builder.somewhere import thing"),
    ],
)
def test_a_breach_of_the_order_is_found(stage: str, source: str) -> None:
    assert len(breaches(stage, source)) == 1


def circle_in(sources: dict[str, str]) -> list[str]:
    """Give modules of which each imports the next one, and the last the first; else none."""
    imports = {name: {*imported_modules(source)} for name, source in sources.items()}
    inside = {name: found & (imports.keys() - {name}) for name, found in imports.items()}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_no_module_leads_back_to_itself() -> None:
    sources = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path.read_text("utf-8")
        for path in PACKAGE.rglob("*.py")
    }

    assert circle_in(sources) == []


def test_a_circle_is_found_also_where_an_import_comes_late() -> None:
    late = "def f():\n    from packet_builder.b import x"
    sources = {"packet_builder.a": late, "packet_builder.b": "import packet_builder.a"}

    assert set(circle_in(sources)) == {"packet_builder.a", "packet_builder.b"}
