"""The office's own templates become a list of what the program has changed since they were taken.

Whoever takes a template of the program into the office's folder keeps beside it what it was taken
from (`.taken/`), so that an upgrade of the program can say what moved, and show it.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from packet_builder import __version__
from packet_builder.errors import UsageError
from packet_builder.template_files import own_templates, program_templates, template_digest
from packet_builder.workspace import write_whole

_TAKEN = ".taken"
_VERSIONS = "versions.json"


class State(StrEnum):
    """How a template of the office stands to the program's."""

    OWN = "own"
    """The program has none of that name."""
    SAME = "same"
    """It is the program's, unchanged; it may be removed."""
    CURRENT = "current"
    """The program's is as it was when this one was taken from it."""
    MOVED = "moved"
    """The program's has changed since."""
    GONE = "gone"
    """It was taken from one that the program no longer has."""
    UNKNOWN = "unknown"
    """Nobody noted what it was taken from."""


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A template that stands in the office's folder."""

    name: str
    state: State
    taken_from: str | None  # the version of the program


class TemplateUnknownError(UsageError):
    """There is no template of that name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(name, known, 1, 0.5)
        hint = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(known)}."
        super().__init__(f'there is no template "{name}". {hint}')


class TemplateThereError(UsageError):
    """The office has a template of that name already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is there already, and was left as it is. To have the program's again, move "
            "yours to another place first."
        )


class TemplateNotTakenError(UsageError):
    """Nothing is known of what a template was taken from, so nothing can be compared."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}: nobody noted what it was taken from, so that no difference can be shown. "
            f"Compare it with the program's own, then run: packet-builder templates settle {name}"
        )


def take(folder: Path, name: str) -> Path:
    """Copy a template of the program into the office's folder, to be changed there.

    Raises TemplateUnknownError, TemplateThereError.
    """
    ours = own_templates(program_templates())
    if name not in ours:
        raise TemplateUnknownError(name, tuple(ours))
    target = folder / name
    if target.exists():
        raise TemplateThereError(target)
    write_whole(target, ours[name].read_bytes())
    _note(folder, name)
    return target


def settle(folder: Path, name: str) -> None:
    """Note that what the program has now was looked at; raises TemplateUnknownError."""
    _of_both(folder, name)
    _note(folder, name)


def standing(folder: Path) -> tuple[OwnTemplate, ...]:
    """Give each template of the office with what became of the one it was taken from."""
    ours, versions = own_templates(program_templates()), _versions(folder)
    return tuple(
        OwnTemplate(name, _state(folder, name, ours.get(name)), versions.get(name))
        for name in own_templates(folder)
    )


def difference(folder: Path, name: str) -> tuple[str, ...]:
    """Give what the program has changed in a template since the office took it, line by line.

    Raises TemplateUnknownError, TemplateNotTakenError.
    """
    ours = _of_both(folder, name)
    taken = _taken(folder, name)
    if not taken.is_file():
        raise TemplateNotTakenError(name)
    pair = _lines(taken), _lines(ours)
    return tuple(difflib.unified_diff(*pair, "when it was taken", "now", n=1, lineterm=""))


def _of_both(folder: Path, name: str) -> Path:
    """Give the program's file of a template that the office has, too."""
    known, ours = own_templates(folder), own_templates(program_templates())
    if name not in known or name not in ours:
        raise TemplateUnknownError(name, tuple(known))
    return ours[name]


def _state(folder: Path, name: str, ours: Path | None) -> State:
    taken = _taken(folder, name)
    if ours is None:
        return State.GONE if taken.is_file() else State.OWN
    now = template_digest(ours)
    if template_digest(folder / name) == now:
        return State.SAME
    if not taken.is_file():
        return State.UNKNOWN
    return State.CURRENT if template_digest(taken) == now else State.MOVED


def _note(folder: Path, name: str) -> None:
    """Keep what the program has now under that name."""
    taken = _taken(folder, name)
    write_whole(taken, (program_templates() / name).read_bytes())
    versions = json.dumps({**_versions(folder), name: __version__}, sort_keys=True, indent=1)
    write_whole(folder / _TAKEN / _VERSIONS, f"{versions}\n".encode())


def _taken(folder: Path, name: str) -> Path:
    return folder.joinpath(_TAKEN, *PurePosixPath(name).parts)


def _versions(folder: Path) -> Mapping[str, str]:
    path = folder / _TAKEN / _VERSIONS
    known: Mapping[str, str] = json.loads(path.read_bytes()) if path.is_file() else {}
    return known


def _lines(path: Path) -> list[str]:
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8").splitlines()
    return list(_paragraphs(path))


def _paragraphs(path: Path) -> Iterator[str]:
    from packet_builder.documents.word.text import read  # noqa: PLC0415 - start-up time
    from packet_builder.documents.word.word import open_word  # noqa: PLC0415 - start-up time

    yield from (paragraph.plain for paragraph in read(open_word(path, path.name)).paragraphs)
