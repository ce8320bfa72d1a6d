"""Documents and their numbering become one packet PDF."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packet_builder.documents.document import Document
from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.packet.feet import Copied, Frame, write_feet
from packet_builder.packet.layers import Layers, joined
from packet_builder.packet.links import PlacedLink, plan_links
from packet_builder.packet.outline import outline_of, write_outline
from packet_builder.packet.placed import Placed, Shelf, placed_files
from packet_builder.packet.segment import Shared, copy_segment
from packet_builder.packet.stamps import prepare
from packet_builder.pages import Numbering
from packet_builder.workspace import make_folder, scratch_folder, whole_file

_BUFFER_BYTES = 1 << 20  # unbuffered, each small object costs a system call


@dataclass(frozen=True, slots=True)
class Binding:
    """How a packet is bound."""

    title: str
    language: str = "en-US"
    draft: bool = field(kw_only=True)
    internal: bool = field(default=False, kw_only=True)  # each page says that it is never filed


@dataclass(frozen=True, slots=True)
class Removal:
    """Something that a source holds and the packet does not, in words without anything private."""

    document: str
    file: str
    page: int | None  # of the file; None for the file as a whole
    what: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What was bound, what was left out, and which citations became links."""

    pages: int
    removals: tuple[Removal, ...]
    links: tuple[PlacedLink, ...]
    copied: tuple[Copied, ...]
    shared: Shared


def bind(
    documents: Sequence[Document],
    numbering: Numbering,
    target: Path,
    binding: Binding,
    shelf: Shelf | None = None,
) -> Bound:
    """Bind documents into one PDF, which appears under its name only when it is whole.

    Segments are taken from a shelf and put there; without one they are made for this packet alone.
    """
    with contextlib.nullcontext(shelf) if shelf else _no_shelf(target.parent) as segments:
        placed = tuple(placed_files(documents, numbering, segments, draft=binding.draft))
        cited = ((one.document, one.before, one.segment.cited) for one in placed)
        links = plan_links(cited, numbering)
        with whole_file(target) as part, part.open("wb", buffering=_BUFFER_BYTES) as stream:
            body = Body(stream)
            root, tree = body.reserve(), body.reserve()
            ink = prepare(body, draft=binding.draft, internal=binding.internal)
            shared = Shared(tree, ink.font, ink.draft)
            copied = tuple(_copied(one, body, shared) for one in placed)
            frame = Frame(body, shared, ink, tuple(_page_objects(copied)))
            write_feet(copied, links, frame)
            _write_tree(frame)
            body.put(root, _catalog(documents, numbering, frame, _layers(copied), binding))
            info = body.add(syntax.dictionary({"Title": syntax.text(binding.title)}))
            body.finish({"Root": syntax.reference(root), "Info": syntax.reference(info)})
    return Bound(numbering.pages, tuple(_removals(placed)), links, copied, shared)


@dataclass(frozen=True, slots=True)
class _Scratch:
    """A shelf that is cleared afterwards, and on which everything has a place of its own."""

    folder: Path
    numbers: Iterator[int]

    def has(self, _: Sequence[str]) -> bool:
        return False

    def kept(self, _: Sequence[str], make: Callable[[Path], None]) -> Path:
        place = make_folder(self.folder / str(next(self.numbers)))
        make(place)
        return place


@contextlib.contextmanager
def _no_shelf(folder: Path) -> Iterator[Shelf]:
    with scratch_folder(folder) as scratch:
        yield _Scratch(scratch, itertools.count())


def _copied(placed: Placed, body: Body, shared: Shared) -> Copied:
    start = body.end
    return Copied(placed, start, copy_segment(placed.segment, body, shared))


def _page_objects(copied: Iterable[Copied]) -> Iterator[int]:
    for one in copied:
        yield from (page.number + one.added for page in one.placed.segment.pages)


def _layers(copied: Iterable[Copied]) -> Layers:
    return joined(one.placed.segment.layers.moved(one.added) for one in copied)


def _removals(placed: Iterable[Placed]) -> Iterator[Removal]:
    for one in placed:
        for page, what in one.segment.lost:
            yield Removal(one.document.id, one.place.name, page, what)


def _write_tree(frame: Frame) -> None:
    kids = syntax.array(map(syntax.reference, frame.pages))
    tree = b"<</Type/Pages/Count %d/Kids%s>>" % (len(frame.pages), kids)
    frame.body.put(frame.shared.tree, tree)


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
        "Pages": syntax.reference(frame.shared.tree),
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
