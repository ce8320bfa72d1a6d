"""A name of a template becomes its file: the office's own where it has one, else the program's."""

from __future__ import annotations

import shutil
from pathlib import Path

from packet_builder import system
from packet_builder.workspace import digest_of, digest_of_text, make_folder, shipped

PAGES = "pages"
FONTS = "fonts"
FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})
GATHERED_FONTS = ".fonts"  # of the office, among page templates that were put side by side
_KINDS = {"letters": "*.docx", "outlines": "*.yaml", PAGES: "**/*", "forms": "*/*.yaml"}
_KINDS |= {"new": "*.yaml", FONTS: "**/*"}
_TEXTS = frozenset({".yaml", ".typ"})
_NOT_OURS = ("~", ".")  # how the names of what Word and systems leave there begin


def template_file(folder: Path, *name: str) -> Path:
    """Give the file of a template; `folder` holds what the office has in place of ours."""
    own = folder.joinpath(*name)
    return own if own.is_file() else program_templates().joinpath(*name)


def templates_of(folder: Path, kind: str) -> dict[str, Path]:
    """Give all templates of a kind by their names, `outlines/initial_parole.yaml`, in order."""
    return dict(sorted({**_named(program_templates(), kind), **_named(folder, kind)}.items()))


def own_templates(folder: Path) -> dict[str, Path]:
    """Give every template of the office's own by its name, `letters/cover_letter.docx`."""
    return dict(sorted(pair for kind in _KINDS for pair in _named(folder, kind).items()))


def font_templates(folder: Path) -> dict[str, Path]:
    """Give every font file of the office's own by its name, `fonts/own.ttf`."""
    return dict(sorted(_named(folder, FONTS).items()))


def program_templates() -> Path:
    """Give the folder of those that came with the program."""
    return shipped("templates")


def program_pages() -> Path:
    """Give the folder of the page templates that came with the program."""
    return program_templates() / PAGES


def gather_pages(folder: Path, target: Path, fonts: Path | None) -> None:
    """Put all page templates side by side, the office's own over ours: they name each other.

    With them go the office's fonts, as `fonts` has them.
    """
    for place in (program_pages(), folder / PAGES):
        _copy_below(place, target)
    gathered = target / GATHERED_FONTS
    system.remove_folder(gathered)  # nobody looked at what an office may have there
    if fonts is not None:
        _copy_below(fonts, gathered)


def template_digest(path: Path) -> str:
    """Give the sha256 of a template: of a text whichever line ends it has, else of its bytes."""
    return digest_of_text(path) if path.suffix in _TEXTS else digest_of(path)


def _copy_below(place: Path, target: Path) -> None:
    for path in filter(Path.is_file, place.rglob("*")):
        copy = target / path.relative_to(place)
        make_folder(copy.parent)
        shutil.copyfile(path, copy)  # not with its mode: what is made here is its owner's alone


def _named(folder: Path, kind: str) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in (folder / kind).glob(_KINDS[kind])
        if path.is_file()
        and not path.name.startswith(_NOT_OURS)
        and (kind != FONTS or path.suffix.casefold() in FONT_SUFFIXES)
    }
