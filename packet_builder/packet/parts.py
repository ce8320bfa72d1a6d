"""A packet becomes parts that an online account takes: whole documents, each part small enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from packet_builder.errors import UnusableError
from packet_builder.packet import looks, syntax
from packet_builder.packet.body import Body
from packet_builder.packet.copier import Copier
from packet_builder.packet.layers import Layers
from packet_builder.packet.outline import Item, write_outline
from packet_builder.packet.source import opened, reading
from packet_builder.packet.source_layers import layers_in
from packet_builder.packet.viewed import viewed, viewed_page
from packet_builder.packet.written import entry, items, lengths, mapping, resolved
from packet_builder.workspace import digest_of, whole_file


class PageTooLargeError(UnusableError):
    """One page alone is larger than a file that may be uploaded."""

    def __init__(self, page: int, title: str, size: int, limit: int) -> None:
        super().__init__(
            f"page {page} of the packet ({title}) has {size:,} bytes, and a file that is uploaded "
            f"holds at most {limit:,}. Scan that page again with a lower resolution, build and "
            "approve again."
        )


class PartAlteredError(UnusableError):
    """A part does not show what the packet shows. It was not kept."""

    def __init__(self, part: str, page: int) -> None:
        super().__init__(
            f"{part}: page {page} of the packet looks otherwise in the part. It was not kept. "
            "Try again; if this comes back, it is a fault of the program."
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages that belong together and are not torn apart: a letter, a form, an exhibit."""

    title: str
    first: int  # of the packet, 1-based, both ends included
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """One file to upload."""

    file: str
    first: int
    last: int
    bytes: int
    sha256: str
    titles: tuple[str, ...]  # of what it holds; with its pages, where that stands in several parts


def write_parts(packet: Path, units: Sequence[Unit], folder: Path, limit: int) -> tuple[Part, ...]:
    """Write the parts of a packet, every page once and in order, and compare each with it.

    Raises PageTooLargeError or PartAlteredError.
    """
    with opened(packet, packet.name) as reader, reading(packet.name):
        ranges = tuple(_ranges(reader, units, limit))
        parts = tuple(
            _written(reader, units, folder / _name(number, len(ranges)), pages)
            for number, pages in enumerate(ranges, start=1)
        )
    for part in parts:
        _compare(packet, folder / part.file, part)
    return parts


def _name(number: int, count: int) -> str:
    """Give a name that says nothing of anybody, in letters, digits and hyphens."""
    digits = max(2, len(str(count)))
    return f"part-{number:0{digits}}-of-{count:0{digits}}.pdf"


def _ranges(reader: PdfReader, units: Sequence[Unit], limit: int) -> Iterator[tuple[int, int]]:
    """Give first and last page of each part.

    The sizes of units alone are added: together they are smaller, since they share what they share.
    """
    first, size, before = 1, 0, 0
    for unit in units:
        own = _size(reader, unit.first, unit.last)
        if before and size + own > limit:
            yield first, before
            first, size = unit.first, 0
        if own > limit:
            *whole, (first, last) = _torn(reader, unit, limit)
            yield from whole
            own = _size(reader, first, last)
        size, before = size + own, unit.last
    yield first, before


def _torn(reader: PdfReader, unit: Unit, limit: int) -> Iterator[tuple[int, int]]:
    """Tear a unit that is too large for one part: as many pages into each as it takes."""
    first = unit.first
    while first <= unit.last:
        low, high = first, unit.last
        if (least := _size(reader, first, first)) > limit:
            raise PageTooLargeError(first, unit.title, least, limit)
        while low < high:
            middle = (low + high + 1) // 2
            fits = _size(reader, first, middle) <= limit
            low, high = (middle, high) if fits else (low, middle - 1)
        yield first, low
        first = low + 1


def _size(reader: PdfReader, first: int, last: int) -> int:
    """Give how many bytes a part of these pages has: it is written, and nothing is kept of it."""
    sink = _Counter()
    _write(reader, cast("BinaryIO", sink), (first, last), ())
    return sink.count


class _Counter:
    """Takes bytes, as a file does, and remembers how many."""

    def __init__(self) -> None:
        self.count = 0

    def write(self, content: bytes) -> int:
        self.count += len(content)
        return len(content)

    def writelines(self, lines: Iterable[bytes]) -> None:
        self.count += sum(map(len, lines))


def _written(
    reader: PdfReader, units: Sequence[Unit], target: Path, pages: tuple[int, int]
) -> Part:
    first, last = pages
    inside = [unit for unit in units if unit.first <= last and first <= unit.last]
    outline = tuple(Item(unit.title, max(unit.first, first) - first + 1) for unit in inside)
    with whole_file(target) as part, part.open("wb") as stream:
        _write(reader, stream, pages, outline)
    titles = tuple(_title(unit, first, last) for unit in inside)
    return Part(target.name, first, last, target.stat().st_size, digest_of(target), titles)


def _title(unit: Unit, first: int, last: int) -> str:
    if first <= unit.first and unit.last <= last:
        return unit.title
    pages = f"{max(unit.first, first)}-{min(unit.last, last)}"
    return f"{unit.title}, pages {pages} of the packet"


def _write(
    reader: PdfReader, sink: BinaryIO, pages: tuple[int, int], outline: Sequence[Item]
) -> None:
    body = Body(sink)
    copier = Copier(reader, body)
    first, last = pages
    root, tree = body.reserve(), body.reserve()
    numbers = {number: body.reserve() for number in range(first, last + 1)}
    sheets = {number: reader.pages[number - 1] for number in numbers}
    places = {
        page.indirect_reference.idnum: numbers[number]
        for number, page in sheets.items()
        if page.indirect_reference is not None
    }
    for number, written in numbers.items():
        page = sheets[number]
        links = [body.add(link) for link in _links(page, places)]
        body.put(written, _page(page, copier, tree, links))
        copier.drain()
    layers = layers_in(reader, copier)
    copier.drain()
    kids = syntax.array(map(syntax.reference, numbers.values()))
    body.put(tree, b"<</Type/Pages/Count %d/Kids%s>>" % (len(numbers), kids))
    said = _said_by(reader)
    body.put(root, _catalog(body, tree, tuple(numbers.values()), first, outline, layers, said))
    title = syntax.text(f"{said.title}, pages {first} to {last}")
    info = body.add(syntax.dictionary({"Title": title}))
    body.finish({"Root": syntax.reference(root), "Info": syntax.reference(info)})


_ENGLISH = "en-US"  # packets of earlier versions are in no other


@dataclass(frozen=True, slots=True)
class _Said:
    """What a packet says of itself as a whole."""

    title: str
    language: str


def _said_by(packet: PdfReader) -> _Said:
    title = resolved(entry(packet.trailer.get("/Info"), "/Title"))
    return _Said(str(title), str(resolved(packet.root_object.get("/Lang", _ENGLISH))))


def _page(page: PageObject, copier: Copier, tree: int, links: Sequence[int]) -> bytes:
    kept = copier.entries(page, without={"/Type", "/Parent", "/Annots"})
    annotations = b"/Annots%s" % syntax.array(map(syntax.reference, links)) if links else b""
    return b"<</Type/Page/Parent %d 0 R %s%s>>" % (tree, kept, annotations)


def _links(page: PageObject, places: dict[int, int]) -> Iterator[bytes]:
    """Give the links whose goal lies in the same part, or outside of the packet."""
    for annotation in items(page.get("/Annots")):
        link = mapping(annotation)
        if link is None or link.get("/Subtype") != "/Link":
            continue
        goal = _goal(link, places)
        if goal is not None:
            corners = lengths(link.get("/Rect"), 4) or ()
            box = syntax.array(map(syntax.coordinate, corners))
            said = link.get("/Contents")
            words = b"/Contents%s" % syntax.text(said) if isinstance(said, str) else b""
            yield b"<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect%s%s%s>>" % (box, words, goal)


def _goal(link: DictionaryObject, places: dict[int, int]) -> bytes | None:
    address = entry(link.get("/A"), "/URI")
    if isinstance(address, (str, bytes)):
        raw = address.encode("latin-1", "replace") if isinstance(address, str) else address
        return b"/A<</S/URI/URI%s>>" % syntax.string(raw)
    place = resolved(link.get("/Dest"))
    if not isinstance(place, ArrayObject) or not place:
        return None
    page = list.__getitem__(place, 0)  # pypdf's own gives what the reference leads to
    if not isinstance(page, IndirectObject) or page.idnum not in places:
        return None
    return b"/Dest[%d 0 R /Fit]" % places[page.idnum]


def _catalog(  # noqa: PLR0913, PLR0917 - one parameter an entry
    body: Body,
    tree: int,
    pages: Sequence[int],
    first: int,
    outline: Sequence[Item],
    layers: Layers,
    said: _Said,
) -> bytes:
    entries = {
        "Type": b"/Catalog",
        "Pages": syntax.reference(tree),
        "PageLabels": b"<</Nums[0<</S/D/St %d>>]>>" % first,
        "ViewerPreferences": b"<</DisplayDocTitle true>>",
        "Lang": syntax.text(said.language),
    }
    if outline:
        entries["Outlines"] = syntax.reference(write_outline(body, outline, pages))
        entries["PageMode"] = b"/UseOutlines"
    properties = layers.properties()
    return syntax.dictionary(
        entries if properties is None else {**entries, "OCProperties": properties}
    )


def _compare(packet: Path, path: Path, part: Part) -> None:
    """Look at every page of a part beside that of the packet."""
    with viewed(packet, packet.name) as whole, viewed(path, part.file) as torn:
        if len(torn) != part.last - part.first + 1:
            raise PartAlteredError(part.file, part.first)
        for index in range(len(torn)):
            with (
                viewed_page(whole, part.first - 1 + index, packet.name) as before,
                viewed_page(torn, index, part.file) as after,
            ):
                if looks.page_bytes(before) != looks.page_bytes(after):
                    raise PartAlteredError(part.file, part.first + index)
