"""What of each page changes with every packet: its stamp, and its links to exhibits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packet_builder.packet import syntax
from packet_builder.packet.body import Body
from packet_builder.packet.geometry import Box
from packet_builder.packet.links import PlacedLink
from packet_builder.packet.placed import Placed
from packet_builder.packet.segment import Shared
from packet_builder.packet.stamps import Ink, drawn


@dataclass(frozen=True, slots=True)
class Copied:
    """A segment in the file of the packet."""

    placed: Placed
    start: int  # the offset of its first byte
    added: int  # to the numbers of its objects


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of the packet share."""

    body: Body
    shared: Shared
    ink: Ink
    pages: tuple[int, ...]  # the objects of the pages, in order


def write_feet(copied: Iterable[Copied], links: Iterable[PlacedLink], frame: Frame) -> None:
    """Write the stamps of all pages, and the links of those that have links to exhibits."""
    linked: defaultdict[int, list[PlacedLink]] = defaultdict(list)
    for link in links:
        linked[link.page].append(link)
    for one in copied:
        for index, page in enumerate(one.placed.segment.pages):
            stamp = one.placed.stamp(index, len(frame.pages))
            frame.body.put_stream(page.stamp + one.added, b"", drawn(stamp, frame.ink))
            if page.annotations is not None:
                own = _citations(linked[one.placed.place.first + index], frame)
                every = (*own, *(link + one.added for link in page.links))
                frame.body.put(page.annotations + one.added, syntax.references(every))


def _citations(links: Iterable[PlacedLink], frame: Frame) -> Iterator[int]:
    for link in links:
        target = frame.pages[link.target - 1]
        said = syntax.text(_said(link))
        yield from (_citation(frame.body, box, target, said) for box in link.boxes)


def _said(link: PlacedLink) -> str:
    """Say where a link leads, for who hears it and does not see the page."""
    page = "" if link.exhibit_page is None else f", page {link.exhibit_page}"
    return f"Exhibit {link.exhibit}{page}: page {link.target} of the packet"


def _citation(body: Body, box: Box, page: int, said: bytes) -> int:
    """Write a link to a whole page of the packet; `page` is its object."""
    corners = syntax.array(map(syntax.coordinate, box))
    return body.add(
        b"<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect%s/Contents%s/Dest[%d 0 R /Fit]>>"
        % (corners, said, page)
    )
