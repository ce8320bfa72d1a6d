"""What was once proven of a file's pages holds in every packet that has the same bytes of them.

A proof rests on the source's bytes, on those of its segment, and on those of what all pages share.
It is kept under their digests, and found again by digests of what the packet on the disk has: its
segment with its numbers changed back, each object where the table of the file says, and its pages
where they belong in the tree of pages. So nothing that could change what a page shows is left out.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packet_builder.packet.bind import Bound
from packet_builder.packet.body import HEADER, field
from packet_builder.packet.feet import Copied
from packet_builder.packet.own_file import NotOursError, OwnFile, own_file
from packet_builder.packet.placed import FileInPlace, Placed, Shelf
from packet_builder.packet.segment import OWN, Shared, numbers, renumbered

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs of former packets, and what was copied into this one."""

    bound: Bound
    shelf: Shelf

    def missing(
        self, packet: Path, places: Sequence[FileInPlace]
    ) -> Mapping[FileInPlace, Key | None]:
        """Give the files without a proof, each with what a proof of it would rest on.

        None for one of which nothing is sure, so that it has to be looked at in every packet.
        """
        keys = dict(self._keys(packet))
        found = {place: keys.get(place) for place in places}
        return {
            place: key for place, key in found.items() if key is None or not self.shelf.has(key)
        }

    def keep(self, keys: Iterable[Key | None]) -> None:
        """Keep the proofs of files that were compared."""
        for key in keys:
            if key is not None:
                self.shelf.kept(key, lambda _: None)

    def _keys(self, packet: Path) -> Iterator[tuple[FileInPlace, Key]]:
        with contextlib.suppress(NotOursError), own_file(packet) as file:
            common = _common(file, self.bound)
            for copied in self.bound.copied:
                if _is_sure(copied, file, self.bound.shared):
                    yield copied.placed.place, (*common, *_of(copied.placed))


def _common(file: OwnFile, bound: Bound) -> Key:
    """Give what every proof rests on: the objects that all pages share, and where they stand."""
    if file.tree != bound.shared.tree or not bound.copied:
        raise NotOursError
    end = bound.copied[0].start
    file.stream.seek(0)
    content = hashlib.sha256(file.stream.read(end)).hexdigest()
    first = OWN + bound.copied[0].added
    places = [offset if offset < end else 0 for offset in file.offsets[:first]]
    return ("proven", content, str(places), str(bound.shared.font), str(bound.shared.draft))


def _of(placed: Placed) -> Key:
    """Give what the proof of a file rests on."""
    return (*placed.segment.digests, placed.place.file.sha256, placed.place.kind.value)


def _is_sure(copied: Copied, file: OwnFile, shared: Shared) -> bool:
    """Tell whether a packet has a segment as it is, where it should be, and all that it shows.

    What a layer shows is said at one place for the whole packet: so that is not sure.
    """
    if copied.placed.segment.layers.all:
        return False
    return _is_in_place(copied, file) and _is_whole(copied, file, shared)


def _is_in_place(copied: Copied, file: OwnFile) -> bool:
    """Tell whether a file's pages, and all objects of them, are where they should be."""
    segment, place = copied.placed.segment, copied.placed.place
    pages = tuple(page.number + copied.added for page in segment.pages)
    there = file.pages[place.first - 1 : place.first - 1 + place.file.pages]
    if pages != there:
        return False
    moved = copied.start - len(HEADER)
    return all(
        not offset or file.offsets[number] == offset + moved
        for number, offset in enumerate(segment.offsets[OWN:], OWN + copied.added)
    )


def _is_whole(copied: Copied, file: OwnFile, shared: Shared) -> bool:
    """Tell whether a packet has the very bytes of a segment, but for the numbers of its objects."""
    segment = copied.placed.segment
    known = numbers(segment, copied.added, shared)
    names = {field(there): field(here) for here, there in known}
    sha = hashlib.sha256(HEADER)
    file.stream.seek(copied.start)
    try:
        for piece in renumbered(file.stream, segment, names):
            sha.update(piece)
    except KeyError:  # what stands there is no number, or one that the segment cannot mean
        return False
    return sha.hexdigest() == segment.digests[0]
