"""The modules of the program become a table: what each turns into what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import packet_builder
from docs.reference.table import table

_PACKAGE = Path(packet_builder.__file__).parent
#: The stages of the program: a module imports what stands above its own, never beside or below.
FLOW: tuple[tuple[str, ...], ...] = (
    ("errors",),
    ("rubbish",),
    ("system",),
    ("installing",),
    ("file_names",),
    ("unfinished",),
    ("workspace",),
    ("template_files",),
    ("case_lock",),
    ("unforeseen",),
    ("hands", "sandbox"),
    ("kept",),
    ("facts",),
    ("model",),
    ("law",),
    ("outline",),
    ("due",),
    ("deadlines",),
    ("rules",),
    ("plan",),
    ("documents",),
    ("drafts",),
    ("pages",),
    ("packet",),
    ("agenda",),
    ("assembly", "review"),
    ("handover", "tidying"),
    ("many",),
    ("commands",),
    ("cli",),
)


def modules_block() -> str:
    """Give every module in the order of the flow, with its first sentence."""
    rows = [
        (f"`{path.relative_to(_PACKAGE).as_posix()}`", _sentence(path))
        for stage in chain.from_iterable(FLOW)
        for path in _files(stage)
    ]
    return "\n".join(table(("Module", "What it does"), rows))


def _files(stage: str) -> Iterator[Path]:
    lone = _PACKAGE / f"{stage}.py"
    if lone.is_file():
        yield lone
    yield from sorted(
        path
        for path in (_PACKAGE / stage).rglob("*.py")
        if path.name != "__init__.py" or _sentence(path)
    )


def _sentence(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split())
