"""A page's drawing becomes the names of parts that it draws and that are not in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from types import MappingProxyType
from typing import Any

from pypdf import PageObject
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    PdfObject,
)

from packet_builder.documents.intake.errors import PartMissingError
from packet_builder.documents.intake.pdf_marks import plain

_NAME = rb"/([^\s/<>\[\](){}%]+)\s+"
_USES = {  # by the kind of resource: how a drawing names one
    "/XObject": re.compile(_NAME + rb"Do\b"),
    "/Shading": re.compile(_NAME + rb"sh\b"),
    "/Font": re.compile(_NAME + rb"[-+.\d]+\s+Tf\b"),
}
_OPERATORS = MappingProxyType({b"Do": "/XObject", b"sh": "/Shading", b"Tf": "/Font"})


def check_parts(name: str, number: int, page: PageObject, drawing: bytes) -> tuple[str, ...]:
    """Refuse a page that draws what is not in the file; gives a note on typefaces that are not.

    A viewer sets the words of a missing typeface in another one, and draws nothing for all else.
    """
    if not _is_whole(page.get("/Contents")):
        raise PartMissingError(name, number, "the drawing")
    if not any(_absent(page, kind, _named(uses, drawing)) for kind, uses in _USES.items()):
        return ()
    absent = {(kind, used) for kind, used in _used(page) if _absent(page, kind, [used])}
    if any(kind != "/Font" for kind, _ in absent):
        raise PartMissingError(name, number, "a picture")
    return (f"page {number}: set in a typeface that is not in the file",) if absent else ()


def _is_whole(contents: Any) -> bool:  # noqa: ANN401 - any PDF object
    """Tell whether what a page names as its contents is there; a page may name nothing."""
    found = contents.get_object() if hasattr(contents, "get_object") else contents
    if isinstance(found, ArrayObject):
        return all(plain(part) is not None for part in found)
    return contents is None or not (found is None or isinstance(found, NullObject))


def _named(uses: re.Pattern[bytes], drawing: bytes) -> Iterator[str]:
    """Give what looks like a use: also within texts and pictures, where it is none."""
    return (found.decode("latin-1") for found in set(uses.findall(drawing)))


def _used(page: PageObject) -> Iterator[tuple[str, str]]:
    """Give what is really used; reading a drawing through takes long, so only in doubt."""
    try:
        contents = page.get_contents()
        operations = contents.operations if contents is not None else []
    except PyPdfError:  # more than pypdf 7.1 reads: then nothing is said
        return
    for operands, operator in operations:
        if operator in _OPERATORS and operands:
            yield _OPERATORS[operator], str(operands[0]).removeprefix("/")


def _absent(page: PageObject, kind: str, names: Iterable[str]) -> bool:
    resources = plain(page.get("/Resources"))
    listed = plain(resources.get(kind)) if isinstance(resources, DictionaryObject) else None
    there = listed if isinstance(listed, DictionaryObject) else DictionaryObject()
    return not all(f"/{name}" in there and _is_there(there.raw_get(f"/{name}")) for name in names)


def _is_there(part: PdfObject) -> bool:
    """Tell whether a part is in the file; reading it only for that would take long."""
    if not isinstance(part, IndirectObject):
        return plain(part) is not None
    tables = part.pdf.xref.values(), [part.pdf.xref_objStm]
    return any(part.idnum in table for table in chain(*tables))
