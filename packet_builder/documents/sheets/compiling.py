"""A typst template and plain values become a PDF: with our faces, and without the network."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import typst

from packet_builder.documents import fonts
from packet_builder.documents.sheets.errors import PageTemplateError
from packet_builder.template_files import GATHERED_FONTS

_LAST_FAMILY = "DejaVu Sans"  # has plain letters of many scripts that Noto draws better
_ISOLATE, _POP = "\u2068", "\u2069"
_RTL = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RTL_RUN = re.compile(rf"{_RTL}+(?:[\W_]+{_RTL}+)*")
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_PACKAGE_IMPORT = re.compile(r"@[a-z][\w-]*/[\w-]+:\d")
_PLACE = re.compile(r"┌─ (?P<file>.+?):(?P<line>\d+):\d+")
_DOWNLOAD = "failed to download package"
_NAMES_PACKAGE = "it names a typst package, which would have to be downloaded"


@dataclass(frozen=True, slots=True)
class _Faces:
    fonts: typst.Fonts
    shipped: tuple[str, ...]  # those that follow the body's
    own: tuple[str, ...]  # of the office
    cjk: tuple[str, ...]  # best first

    def in_order(self, text: str) -> tuple[str, ...]:
        """Give the families to try; Han characters look as the text's other script wants them."""
        wanted = "JP" if _KANA.search(text) else "KR" if _HANGUL.search(text) else "SC"
        cjk = sorted(self.cjk, key=lambda family: wanted not in family)
        return (*self.shipped, *self.own, *cjk)


def compiled(template: Path, title: str, values: Mapping[str, Any]) -> bytes:
    """Set one document; raises PageTemplateError."""
    if not template.is_file():
        raise PageTemplateError(template.name, None, "the file does not exist")
    _refuse_packages(template.parent)
    text = text_of(values)
    cjk_files = fonts.cjk_font_files() if fonts.needs_cjk(text) else ()
    faces = _faces(cjk_files, fonts_beside(template))
    compiler = typst.Compiler(root=template.parent, font_paths=faces.fonts)
    inputs = {
        "values": json.dumps(_isolated(values), ensure_ascii=False),
        "title": title,
        "faces": json.dumps(faces.in_order(text)),
    }
    try:
        # PDF/UA-1 is the one standard under which typst 0.15 refuses a glyph that no face has
        # and does not ask for a date; otherwise it prints a box and says nothing.
        content, warnings = compiler.compile_with_warnings(
            template, format="pdf", pdf_standards="ua-1", sys_inputs=inputs
        )
    except typst.TypstError as error:
        raise _translated(template, error) from error
    if warnings:
        raise _translated(template, warnings[0])
    return cast("bytes", content)  # a list only for pictures, None only for a named output


def _translated(template: Path, said: typst.TypstError | typst.TypstWarning) -> PageTemplateError:
    if _DOWNLOAD in said.message:
        return PageTemplateError(template.name, None, _NAMES_PACKAGE)
    place = _PLACE.search(said.diagnostic)
    if place is None:
        return PageTemplateError(template.name, None, said.message)
    folder = template.parent.resolve()
    file = Path(place["file"]).resolve()  # typst gives it from the working folder
    named = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
    return PageTemplateError(named, int(place["line"]), said.message)


def _refuse_packages(folder: Path) -> None:
    # typst-py 0.15 downloads a package that a template names, and has no switch against it. A
    # name that a template puts together is not seen here; whoever sets it has no network.
    for file in sorted(folder.rglob("*.typ")):
        for number, line in enumerate(file.read_text("utf-8", "replace").splitlines(), 1):
            if _PACKAGE_IMPORT.search(line):
                place = file.relative_to(folder).as_posix()
                raise PageTemplateError(place, number, _NAMES_PACKAGE)


def fonts_beside(template: Path) -> Path | None:
    """Give the folder of the office's fonts that were put among its page templates, if any."""
    folder = template.parent / GATHERED_FONTS
    return folder if folder.is_dir() else None


@functools.cache
def _faces(cjk_files: tuple[Path, ...], own: Path | None) -> _Faces:
    # typst 0.15 takes folders only; what else lies in them is never tried, and of two faces of
    # one name it takes that of the first folder.
    own_files = fonts.own_font_files(own)
    further = (file.parent for file in (*own_files, *cjk_files))
    folders = dict.fromkeys((fonts.FONTS, *further))
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    shipped_noto = {file for file in fonts.font_files() if file.name.startswith("Noto")}
    families = {face.family: Path(str(face.path)) for face in reversed(found.fonts())}
    noto = sorted(family for family, path in families.items() if path in shipped_noto)
    of_office = sorted(family for family, path in families.items() if path in own_files)
    cjk = [family for family, path in sorted(families.items()) if path in cjk_files]
    cjk.sort(key=lambda family: cjk_files.index(families[family]))
    return _Faces(found, (*noto, _LAST_FAMILY), tuple(of_office), tuple(cjk))


def text_of(values: object) -> str:
    """Give all that values may print, one text a line."""
    return "\n".join(_texts(values))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)


def _isolated(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    """Keep right-to-left words from reordering the words and figures around them (UAX 9)."""
    if isinstance(value, str):
        return _isolated_text(value)
    if isinstance(value, Mapping):
        return {key: _isolated(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_isolated(inner) for inner in value]
    return value


def _isolated_text(text: str) -> str:
    strong = (unicodedata.bidirectional(sign) for sign in text)
    first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
    if first != "L":
        return f"{_ISOLATE}{text}{_POP}"
    return _RTL_RUN.sub(rf"{_ISOLATE}\g<0>{_POP}", text)
