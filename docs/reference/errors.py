"""The errors and the rules of the program become tables of what a user may read."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator, Sequence

import packet_builder
from docs.reference.sentences import Sentences
from docs.reference.table import table
from packet_builder.errors import ExitCode, PacketError

_HEAD = ("What you read", "What happened", "Name")
#: Which part of the program raises, by the beginning of the module's name.
_PARTS = (
    ("facts", "packet_builder.facts"),
    ("paths", "packet_builder.workspace"),
    ("law", "packet_builder.law"),
    ("evidence", "packet_builder.documents.intake"),
    ("word", "packet_builder.documents.word"),
    ("letters", "packet_builder.documents.letters"),
    ("paper", "packet_builder.documents.text_gate"),
    ("paper", "packet_builder.documents.engines"),
    ("paper", "packet_builder.documents.fonts"),
    ("paper", "packet_builder.documents.office_fonts"),
    ("forms", "packet_builder.documents.forms"),
    ("forms", "packet_builder.assembly.blanks"),
    ("forms", "packet_builder.plan.form"),
    ("pages", "packet_builder.documents"),
    ("drafts", "packet_builder.drafts"),
    ("packet", "packet_builder.packet"),
    ("review", "packet_builder.review"),
    ("review", "packet_builder.kept"),
    ("handover", "packet_builder.handover"),
    ("rest", "packet_builder"),
)
#: Those with one table; files that cannot be used have one for each part of the program.
_CODES = (
    ExitCode.FINDINGS,
    ExitCode.USAGE,
    ExitCode.PROGRAM,
    ExitCode.BUSY,
    ExitCode.STORAGE,
    ExitCode.FAULT,
)


def error_classes() -> Sequence[type[PacketError]]:
    """Give every error that is raised for a user, by module and name; imports all modules."""
    for module in pkgutil.walk_packages(packet_builder.__path__, "packet_builder."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = set(_below(PacketError))
    return sorted(found, key=lambda kind: (kind.__module__, kind.__qualname__))


def _below(kind: type[PacketError]) -> Iterator[type[PacketError]]:
    for inner in kind.__subclasses__():
        if inner.__module__ != "packet_builder.errors":
            yield inner
        yield from _below(inner)


def error_blocks() -> Iterator[tuple[str, str]]:
    """Give one table for each exit code; for files that cannot be used, one for each part."""
    kinds = error_classes()
    for code in _CODES:
        yield f"exit-{code.value}", _table(kind for kind in kinds if kind.exit_code is code)
    unusable = [kind for kind in kinds if kind.exit_code is ExitCode.UNUSABLE]
    for part in dict.fromkeys(part for part, _ in _PARTS):
        yield part, _table(kind for kind in unusable if _part_of(kind) == part)


def _part_of(kind: type[PacketError]) -> str:
    return next(part for part, start in _PARTS if kind.__module__.startswith(start))


def _table(kinds: Iterator[type[PacketError]]) -> str:
    rows = [_row(kind) for kind in kinds]
    return "\n".join(table(_HEAD, rows)) if rows else "There are none."


def _row(kind: type[PacketError]) -> Sequence[str]:
    what = " ".join((kind.__doc__ or "").split())
    return message_of(kind) or "(the message of one of the next rows)", what, f"`{kind.__name__}`"


def message_of(kind: type[PacketError]) -> str:
    """Give the message that a class composes; what is filled in stands as three dots."""
    owner = next((each for each in kind.__mro__ if "__init__" in vars(each)), None)
    if owner is None or not owner.__module__.startswith("packet_builder"):
        return ""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    init = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    calls = [node for node in ast.walk(init) if isinstance(node, ast.Call)]
    call = next(node for node in calls if ast.unparse(node.func) == "super().__init__")
    sentences = Sentences(init, call)
    said = [sentences.of(argument) for argument in call.args]
    return f'"{said[0]}" {said[1]}. {said[2]}' if len(said) > 1 else said[0]
