"""Pages of sources and their pages in the packet become what is wrong with these, if anything."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from packet_builder.hands import Hands
from packet_builder.packet import looks
from packet_builder.packet.geometry import Box
from packet_builder.packet.viewed import viewed, viewed_page
from packet_builder.packet.wording import letters_on, words_kept
from packet_builder.rules.internal_mark import is_internal

_SHARES = 4  # of each process: scans take ten times as long as text, and stand together
_WORTH_PAGES = 100  # fewer are compared before a second process has started
_ENOUGH_PAGES = 16  # to be shared with one that is there


class Kind(Enum):
    """What a fault of a page comes to."""

    LOST = auto()
    ALTERED = auto()
    INTERNAL = auto()  # the page is for the office alone


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one page."""

    place: str  # the file and the page, as the user knows them
    what: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Pair:
    """A source page, and where it stands in the packet."""

    file: Path
    name: str
    page: int  # of the file, from 0
    packet_page: int  # from 0
    area: Box
    internal: bool = False  # whether it may be for the office alone


def compared(packet: Path, pairs: Sequence[Pair], hands: Hands) -> tuple[Fault, ...]:
    """Compare each page with its source."""
    if not pairs:
        return ()
    enough = _ENOUGH_PAGES if hands.are_here else _WORTH_PAGES
    shares = _SHARES * (hands.others + 1) if len(pairs) >= enough else 1
    size = math.ceil(len(pairs) / shares)
    parts = [pairs[start : start + size] for start in range(0, len(pairs), size)]
    found = hands.begin(functools.partial(_faults_of, packet), parts)()
    return tuple(fault for faults in found for fault in faults)


def _faults_of(packet: Path, pairs: Sequence[Pair]) -> tuple[Fault, ...]:
    with viewed(packet, packet.name) as bound:
        by_file = itertools.groupby(pairs, key=lambda pair: pair.file)
        return tuple(
            fault for _, group in by_file for fault in _faults_in(packet, bound, tuple(group))
        )


def _faults_in(
    packet: Path, bound: pypdfium2.PdfDocument, pairs: Sequence[Pair]
) -> Iterator[Fault]:
    with viewed(pairs[0].file, pairs[0].name) as source:
        _start_form(source, pairs)
        for pair in pairs:
            with (
                viewed_page(source, pair.page, pair.name) as before,
                viewed_page(bound, pair.packet_page, packet.name) as after,
            ):
                difference = _difference(before, after, pair)
            if difference is not None:
                place = f"{pair.name}, page {pair.page + 1}"
                yield Fault(f"{place} (page {pair.packet_page + 1} of the packet)", *difference)


def _start_form(source: pypdfium2.PdfDocument, pairs: Sequence[Pair]) -> None:
    """Let the fields of a file be drawn; what is left out must be gone before, or is drawn too."""
    if source.get_formtype() == pdfium.FORMTYPE_NONE:
        return
    for pair in pairs:
        with viewed_page(source, pair.page, pair.name) as page:
            looks.leave_out_notes(page)
    source.init_forms()


def _difference(
    source: pypdfium2.PdfPage, packet: pypdfium2.PdfPage, pair: Pair
) -> tuple[str, Kind] | None:
    looks.leave_out_notes(source)
    looks.leave_out_additions(packet, fields=source.formenv is None)
    words = letters_on(packet)  # after that, or a stamp's letters would make up for others
    if is_internal(words) and not pair.internal:
        return "the page is marked as internal", Kind.INTERNAL
    if not words_kept(letters_on(source), words):
        return "words of the page are missing in the packet", Kind.LOST
    where = looks.placed(packet, source, pair.area)
    if where is None:
        return "the page is not in its place", Kind.ALTERED
    for width in looks.WIDTHS:
        before, after = looks.source_picture(source, width), looks.packet_picture(where, width)
        if looks.alike(before, after):
            return None
    if looks.blank(after) and not looks.blank(before):
        return "the page is blank in the packet", Kind.LOST
    return "the page looks otherwise in the packet", Kind.ALTERED
