"""A font file of an office becomes what it offers, or what stands against it.

It is a stranger's file: another process reads it, which may hang or die alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packet_builder.documents.fonts import shipped_families
from packet_builder.errors import UnusableError
from packet_builder.file_names import alike
from packet_builder.sandbox.pool import JobError, JobTooLongError, Limits, pool_of_run

if TYPE_CHECKING:  # start-up time
    from fontTools.ttLib import TTFont

TASK = f"{__name__}:read_font"

_LIMITS = Limits(seconds=120, memory_bytes=2 << 30, file_bytes=1 << 20)  # 0.2 s is usual
_FAMILY, _STYLE, _WIDER_FAMILY = 1, 2, 16  # records of the table of names
_LONGEST_NAME = 80
_COLLECTION = b"ttcf"
# Of OS/2, fsType: https://learn.microsoft.com/typography/opentype/spec/os2#fstype
_USAGE, _RESTRICTED, _NO_SUBSETTING, _BITMAPS_ONLY = 0x000F, 0x0002, 0x0100, 0x0200
_FORBIDDEN = "its maker forbids to embed it in documents (restricted licence, fsType {:#06x})"
_ANOTHER = "Ask its maker for a licence that allows it in PDFs, or take another font."
_GIVE_BACK = "Put in the file anew, as its maker gave it."
_SMALLER = "Take one that has only the scripts that you need."
_STATIC = "Put in the static files (Regular, Bold, Italic) that its maker offers beside it."


@dataclass(frozen=True, slots=True)
class FontFault:
    """What stands against one font file."""

    file: str  # in the office's folder: fonts/own.ttf
    fault: str
    cure: str

    def __str__(self) -> str:
        return f"{self.file}: {self.fault}. {self.cure}"


class FontsRefusedError(UnusableError):
    """Font files of the office cannot be used; each is named."""

    def __init__(self, faults: Sequence[FontFault]) -> None:
        lines = "\n".join(map(str, faults))
        super().__init__(f"fonts of the office cannot be used:\n{lines}")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class OfficeFont:
    """What a font file offers."""

    file: str
    families: tuple[str, ...]  # each name that a Word file may give, first the usual one
    faces: tuple[str, ...]  # family and style of each: "Own Serif Bold"
    characters: tuple[int, ...]


def fonts_apart(files: Mapping[str, Path]) -> tuple[OfficeFont, ...]:
    """Look at font files, by what messages call them.

    Raises FontsRefusedError with every fault of all of them.
    """
    looked = [one for file, path in files.items() for one in _looked_at(path, file)]
    seen = [one for one in looked if isinstance(one, OfficeFont)]
    faults = [one for one in looked if isinstance(one, FontFault)]
    faults += [*_of_ours(seen), *_twice(seen)]
    if faults:
        raise FontsRefusedError(faults)
    return tuple(seen)


def _looked_at(path: Path, file: str) -> tuple[OfficeFont | FontFault, ...]:
    fault, cure = "it is damaged, or is no font at all", _GIVE_BACK
    try:
        row = pool_of_run(TASK).ask({"font": str(path)}, _LIMITS)
        if "faults" in row:
            return tuple(FontFault(file, str(fault), str(cure)) for fault, cure in row["faults"])
        families, faces = (tuple(map(str, row[name])) for name in ("families", "faces"))
        return (OfficeFont(file, families, faces, tuple(map(int, row["characters"]))),)
    except JobTooLongError:
        fault, cure = f"reading it takes longer than {_LIMITS.seconds:g} s", _SMALLER
    except (JobError, KeyError, TypeError, ValueError):
        pass  # the library's own fault, or an answer that no reader gives
    return (FontFault(file, fault, cure),)


def _of_ours(seen: Sequence[OfficeFont]) -> Iterator[FontFault]:
    """Give the fonts that bear the name of one of ours: nobody could tell which was printed."""
    ours = {alike(family) for family in shipped_families()}
    for font in seen:
        for family in font.families:
            if alike(family) in ours:
                fault = f'its family is called "{family}", as one that comes with the program'
                cure = "Remove it: the program's is there. Or give it a name of its own."
                yield FontFault(font.file, fault, cure)
                break


def _twice(seen: Sequence[OfficeFont]) -> Iterator[FontFault]:
    """Give the fonts that offer a face which another one offers, too."""
    first: dict[str, str] = {}
    for font in seen:
        for face in font.faces:
            other = first.setdefault(alike(face), font.file)
            if other != font.file:
                fault = f'it is "{face}", and so is {other}'
                yield FontFault(font.file, fault, "Remove one of them.")
                break


def read_font(job: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do one job, in the other process; a damaged file ends it with the library's own error."""
    opened = list(_opened(Path(job["font"])))
    faults = list(dict.fromkeys(fault for face in opened for fault in _against(face)))
    if faults:
        return {"faults": faults}
    for face in {_outlines_of(face): face for face in opened}.values():
        _draw(face)
    families = (family for face in opened for family in _families(face))
    return {
        "families": list(dict.fromkeys(families)),
        "faces": [f"{next(_families(face))} {_style(face)}" for face in opened],
        "characters": sorted({code for face in opened for code in face.getBestCmap()}),
    }


def _opened(path: Path) -> Iterator[TTFont]:
    from fontTools.ttLib import TTCollection, TTFont  # noqa: PLC0415 - there only

    with path.open("rb") as stream:
        is_collection = stream.read(len(_COLLECTION)) == _COLLECTION
    yield from TTCollection(path, lazy=True).fonts if is_collection else [TTFont(path, lazy=True)]


def _against(face: TTFont) -> Iterator[tuple[str, str]]:
    """Give what stands against a face, and what helps."""
    if face.flavor is not None:
        yield "it is a font for web pages (WOFF)", "Put in its TrueType or OpenType file."
    if "fvar" in face:
        yield "it is a variable font, of which each engine would print another weight", _STATIC
    if "glyf" not in face and "CFF " not in face:
        yield "it has pictures of letters and no outlines", "Take another font."
    if not face.getBestCmap():
        yield "it has symbols and no letters", "Put a picture in their place."
    if next(_families(face), None) is None:
        yield "it does not say the name of its family", _GIVE_BACK
    rights = face["OS/2"].fsType
    if rights & _USAGE == _RESTRICTED:
        yield _FORBIDDEN.format(rights), _ANOTHER
    if rights & _BITMAPS_ONLY:
        yield f"its maker forbids to embed its outlines (fsType {rights:#06x})", _ANOTHER
    if rights & _NO_SUBSETTING:
        yield f"its maker forbids to embed a part of it (fsType {rights:#06x})", _ANOTHER


def _outlines_of(face: TTFont) -> int:
    """Give where in the file the outlines begin: faces of a collection may share them."""
    tables = face.reader.tables
    return int(tables["glyf" if "glyf" in tables else "CFF "].offset)


def _draw(face: TTFont) -> None:
    """Draw every glyph to nowhere: a damaged outline is found here, and not on a page."""
    from fontTools.pens.boundsPen import ControlBoundsPen  # noqa: PLC0415 - there only

    glyphs = face.getGlyphSet()
    for name in face.getGlyphOrder():
        glyphs[name].draw(ControlBoundsPen(glyphs))


def _families(face: TTFont) -> Iterator[str]:
    """Give the names of the family, in every language, first that which Word lists."""
    names = face["name"]
    rows = [one for one in names.names if one.nameID in {_FAMILY, _WIDER_FAMILY}]
    told = (names.getDebugName(_FAMILY), *(row.toUnicode("ignore") for row in rows))
    yield from filter(None, map(_plain, filter(None, told)))


def _style(face: TTFont) -> str:
    return _plain(face["name"].getDebugName(_STYLE) or "Regular")


def _plain(name: str) -> str:
    """Give a name that a terminal may show."""
    return "".join(filter(str.isprintable, name)).strip()[:_LONGEST_NAME]
