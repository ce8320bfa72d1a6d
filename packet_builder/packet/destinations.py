"""Where links inside one source PDF lead: its own names and pages, never another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from packet_builder.packet.written import entry, length, reference_to, resolved

_MOST_NODES = 10_000  # of a name tree; more is a circle


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the same file."""

    page: int  # of the file, from 0
    left: float | None = None  # in that page's own coordinates; None for the whole page
    top: float | None = None


class Destinations:
    """The places of one file that its links may name."""

    def __init__(self, reader: PdfReader) -> None:
        self._reader = reader

    def find(self, written: object) -> Target | None:
        """Give the place that a link names, by name or outright; None when there is none."""
        place = resolved(written)
        if isinstance(place, (NameObject, TextStringObject, ByteStringObject)):
            place = resolved(self._named.get(_bytes_of(place)))
        if isinstance(place, DictionaryObject):
            place = resolved(place.get("/D"))
        return self._explicit(place) if isinstance(place, ArrayObject) and place else None

    def _explicit(self, place: ArrayObject) -> Target | None:
        page = self._page_of(place[0])
        if page is None:
            return None
        if len(place) >= 4 and resolved(place[1]) == "/XYZ":  # noqa: PLR2004 - page, kind, x, y
            return Target(page, length(place[2]), length(place[3]))
        if len(place) >= 3 and resolved(place[1]) in {"/FitH", "/FitBH"}:  # noqa: PLR2004
            return Target(page, None, length(place[2]))
        return Target(page)

    def _page_of(self, written: object) -> int | None:
        if isinstance(written, IndirectObject):
            return self._pages.get((written.idnum, written.generation))
        if isinstance(written, int) and 0 <= written < len(self._pages):
            return int(written)  # wrong inside a file, but viewers follow it
        return None

    @cached_property
    def _pages(self) -> Mapping[tuple[int, int], int]:
        references = (reference_to(page) for page in self._reader.pages)
        return {
            (reference.idnum, reference.generation): index
            for index, reference in enumerate(references)
            if reference is not None
        }

    @cached_property
    def _named(self) -> Mapping[bytes, object]:
        catalog = self._reader.root_object
        named: dict[bytes, object] = {}
        tree = entry(catalog.get("/Names"), "/Dests")
        if isinstance(tree, DictionaryObject):
            named.update(_leaves(tree))
        old = resolved(catalog.get("/Dests"))
        if isinstance(old, DictionaryObject):
            named.update({_bytes_of(key): value for key, value in old.items()})
        return named


def _leaves(tree: DictionaryObject) -> Iterator[tuple[bytes, object]]:
    waiting, visited = [tree], 0
    while waiting and visited < _MOST_NODES:
        node, visited = waiting.pop(), visited + 1
        names = resolved(node.get("/Names"))
        if isinstance(names, ArrayObject):
            keys = (resolved(key) for key in names[::2])
            for key, value in zip(keys, names[1::2], strict=False):
                if isinstance(key, (TextStringObject, ByteStringObject)):
                    yield _bytes_of(key), value
        kids = resolved(node.get("/Kids"))
        if isinstance(kids, ArrayObject):
            found = (resolved(kid) for kid in kids)
            waiting.extend(kid for kid in found if isinstance(kid, DictionaryObject))


def _bytes_of(name: NameObject | TextStringObject | ByteStringObject) -> bytes:
    if isinstance(name, NameObject):
        return name[1:].encode("latin-1", "replace")
    return name.original_bytes
