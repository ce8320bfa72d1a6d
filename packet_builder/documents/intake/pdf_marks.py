"""A PDF's annotations and actions become the list of what the packet copy does not carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NullObject

_STICKY_NOTE = "sticky note"
_STRIPPED = {
    "/Text": _STICKY_NOTE,
    "/FileAttachment": "attached file",
    "/Sound": "recording",
    "/Movie": "recording",
    "/RichMedia": "recording",
    "/Screen": "recording",
    "/3D": "recording",
}
_COMMENTED = frozenset(
    {
        *("/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Square", "/Circle", "/Line"),
        *("/Polygon", "/PolyLine", "/Ink", "/Stamp", "/Caret", "/Redact"),
    }
)
_NEEDS_NO_APPEARANCE = frozenset({"/Link", "/Popup", "/Widget", *_STRIPPED})
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_HIDDEN = 2 | 32  # flags Hidden and NoView
_SIGNED = "signed PDF: kept as it looks; the signature cannot be checked in the packet"


def removals_of(reader: PdfReader) -> tuple[str, ...]:
    """List, by page and kind but never by content, what is left out of the packet copy."""
    of_pages = [
        f"page {number}: {_counted(kind, count)}"
        for number, page in enumerate(reader.pages, 1)
        for kind, count in Counter(_stripped(page)).items()
    ]
    whole = Counter(_stripped_of_catalog(reader.root_object))
    return (*of_pages, *(_counted(kind, count) for kind, count in whole.items()))


def notes_of(reader: PdfReader) -> tuple[str, ...]:
    """Say what the reader of the packet should know: a signature, a mark that cannot be drawn."""
    undrawn = [
        f"page {number}: {_counted(f'{kind[1:]} annotation', count)} without an appearance"
        for number, page in enumerate(reader.pages, 1)
        for kind, count in Counter(_undrawn(page)).items()
    ]
    is_signed = "/Perms" in reader.root_object or any(map(_is_signed, reader.pages))
    return ((_SIGNED,) if is_signed else ()) + tuple(undrawn)


def annotations_of(page: PageObject) -> Iterator[DictionaryObject]:
    """Yield a page's annotations, leaving out what is none."""
    listed = plain(page.get("/Annots"))
    for item in listed if isinstance(listed, ArrayObject) else ():
        annotation = plain(item)
        if isinstance(annotation, DictionaryObject):
            yield annotation


def is_hidden(annotation: Mapping[str, Any]) -> bool:
    """Tell whether no viewer shows the annotation."""
    flags = plain(annotation.get("/F"))
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def _stripped(page: PageObject) -> Iterator[str]:
    if _runs_something(page):
        yield "action that starts by itself"
    for annotation in annotations_of(page):
        kind = str(annotation.get("/Subtype"))
        if kind in _STRIPPED:
            yield _STRIPPED[kind]
        elif _runs_something(annotation):
            yield "link or field that starts a program or script"
        if kind in _COMMENTED and plain(annotation.get("/Contents")):
            yield "comment behind a marking"


def _stripped_of_catalog(root: DictionaryObject) -> Iterator[str]:
    if _runs_something(root, "/OpenAction"):
        yield "action that starts by itself"
    names = _dictionary(root.get("/Names"))
    if "/JavaScript" in names:
        yield "script"
    for _ in range(count_names(names.get("/EmbeddedFiles"))):
        yield "attached file"
    if "/XFA" in _dictionary(root.get("/AcroForm")):
        yield "second copy of the form (XFA)"


def count_names(tree: object) -> int:
    """Count the entries of a name tree, each of its branches once."""
    waiting, seen, count = [tree], set[int](), 0
    while waiting:
        branch = waiting.pop()
        number = getattr(branch, "idnum", None)
        if number is not None and number in seen:
            continue
        seen.add(number or 0)
        node = _dictionary(branch)
        names, kids = plain(node.get("/Names")), plain(node.get("/Kids"))
        count += len(names) // 2 if isinstance(names, ArrayObject) else 0
        waiting += kids if isinstance(kids, ArrayObject) else ()
    return count


def _undrawn(page: PageObject) -> Iterator[str]:
    for annotation in annotations_of(page):
        kind = str(annotation.get("/Subtype"))
        is_drawn = "/N" in _dictionary(annotation.get("/AP"))
        if not is_drawn and kind not in _NEEDS_NO_APPEARANCE and not is_hidden(annotation):
            yield kind


def _runs_something(part: DictionaryObject, key: str = "/A") -> bool:
    action = _dictionary(part.get(key))
    return "/AA" in part or ("/S" in action and action["/S"] not in _HARMLESS_ACTIONS)


def _is_signed(page: PageObject) -> bool:
    return any(
        annotation.get_inherited("/FT") == "/Sig"
        and plain(annotation.get_inherited("/V")) is not None
        for annotation in annotations_of(page)
    )


def _counted(kind: str, count: int) -> str:
    return f"{count} {kind}" if count == 1 else f"{count} {kind}s"


def _dictionary(value: object) -> Mapping[str, Any]:
    found = plain(value)
    return found if isinstance(found, DictionaryObject) else {}


def plain(value: Any) -> Any:  # noqa: ANN401 - any PDF object
    """Follow a reference; None for what is missing, dangling or null."""
    found = value.get_object() if hasattr(value, "get_object") else value
    if isinstance(found, BooleanObject):  # pypdf 7.1: bool(BooleanObject(False)) is True
        return found.value
    return None if isinstance(found, NullObject) else found
