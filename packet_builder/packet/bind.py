"""Documents and their numbering become one packet PDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packet_builder.documents.document import Document, PdfFile
from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.packet.copier import Copier
from packet_builder.packet.file_pages import FileInPlace, FilePages, Removal, removed_with_file
from packet_builder.packet.layers import Layers
from packet_builder.packet.links import PlacedLink, plan_links
from packet_builder.packet.naming import name_of
from packet_builder.packet.outline import outline_of, write_outline
from packet_builder.packet.sheet import Frame
from packet_builder.packet.source import PageCountError, opened, reading
from packet_builder.packet.stamps import Stamp, prepare, stamp_of
from packet_builder.pages import Numbering
from packet_builder.plan.planned import DocumentKind
from packet_builder.workspace import whole_file

_BUFFER_BYTES = 1 << 20  # unbuffered, each small object costs a system call


@dataclass(frozen=True, slots=True)
class Binding:
    """How a packet is bound."""

    title: str
    language: str = "en-US"
    draft: bool = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Bound:
    """What was bound, what was left out, and which citations became links."""

    pages: int
    removals: tuple[Removal, ...]
    links: tuple[PlacedLink, ...]


def bind(
    documents: Sequence[Document], numbering: Numbering, target: Path, binding: Binding
) -> Bound:
    """Bind documents into one PDF, which appears under its name only when it is whole."""
    links = plan_links(documents, numbering)
    with whole_file(target) as part, part.open("wb", buffering=_BUFFER_BYTES) as stream:
        body = Body(stream)
        root, tree = body.reserve(), body.reserve()
        pages = tuple(body.reserve() for _ in range(numbering.pages))
        frame = Frame(body, prepare(body, draft=binding.draft), tree, pages)
        layers = Layers()
        places = _places(documents, numbering, links)
        removals = tuple(each for place in places for each in _bind_file(place, frame, layers))
        _write_tree(frame)
        body.put(root, _catalog(documents, numbering, frame, layers, binding))
        info = body.add(syntax.dictionary({"Title": syntax.text(binding.title)}))
        body.finish({"Root": syntax.reference(root), "Info": syntax.reference(info)})
    return Bound(numbering.pages, removals, links)


def _places(
    documents: Sequence[Document], numbering: Numbering, links: Sequence[PlacedLink]
) -> Iterator[FileInPlace]:
    by_page: defaultdict[int, list[PlacedLink]] = defaultdict(list)
    for link in links:
        by_page[link.page].append(link)
    linked = {page: tuple(found) for page, found in by_page.items()}
    for document in documents:
        first, before = numbering.span_of(document.id).first, 0
        for file in document.files:
            name = name_of(document, file)
            stamps = tuple(_stamps(document, file, before, numbering))
            yield FileInPlace(document, file, name, first + before, stamps, linked)
            before += file.pages


def _stamps(
    document: Document, file: PdfFile, before: int, numbering: Numbering
) -> Iterator[Stamp]:
    first = numbering.span_of(document.id).first
    for page in range(before + 1, before + file.pages + 1):
        place = None
        if document.exhibit is not None and document.kind is DocumentKind.EXHIBIT:
            place = (document.exhibit, page, document.pages)
        yield stamp_of(first + page - 1, numbering.pages, place)


def _bind_file(place: FileInPlace, frame: Frame, layers: Layers) -> Iterator[Removal]:
    with opened(place.file.path, place.name) as reader:
        with reading(place.name):
            found = len(reader.pages)
            if found != place.file.pages:
                raise PageCountError(place.name, place.file.pages, found)
            yield from removed_with_file(reader, place.document, place.name)
            layers.name_apart(reader, place.name)
        copier = Copier(reader, frame.body)
        yield from FilePages(place, reader, copier, frame).write()
        with reading(place.name):
            layers.take(reader, copier)
            copier.drain()


def _write_tree(frame: Frame) -> None:
    kids = syntax.array(map(syntax.reference, frame.pages))
    frame.body.put(frame.tree, b"<</Type/Pages/Count %d/Kids%s>>" % (len(frame.pages), kids))


def _catalog(
    documents: Sequence[Document],
    numbering: Numbering,
    frame: Frame,
    layers: Layers,
    binding: Binding,
) -> bytes:
    outline = write_outline(frame.body, outline_of(documents, numbering), frame.pages)
    entries = {
        "Type": b"/Catalog",
        "Pages": syntax.reference(frame.tree),
        "Outlines": syntax.reference(outline),
        "PageMode": b"/UseOutlines",
        "PageLabels": b"<</Nums[0<</S/D>>]>>",
        "ViewerPreferences": b"<</DisplayDocTitle true>>",
        "Lang": syntax.text(binding.language),
        "Names": b"<</Dests<</Names%s>>>>" % syntax.array(_names(numbering, frame)),
    }
    properties = layers.properties()
    return syntax.dictionary(
        entries if properties is None else {**entries, "OCProperties": properties}
    )


def _names(numbering: Numbering, frame: Frame) -> Iterator[bytes]:
    """Give each exhibit's name and place, sorted as names must be."""
    found = {
        f"exhibit-{letter}": numbering.page_of(letter, None) for letter, _ in numbering.exhibits
    }
    for name, page in sorted(found.items()):
        if page is not None:
            yield syntax.text(name)
            yield b"[%d 0 R /Fit]" % frame.pages[page - 1]
