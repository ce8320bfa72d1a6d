"""The files of a packet become segments in the cache: jobs for any process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packet_builder.assembly.cache import Cache
from packet_builder.hands import Hands
from packet_builder.packet.placed import segment_maker
from packet_builder.packet.segment import FileToBind
from packet_builder.plan.planned import DocumentKind

if TYPE_CHECKING:  # start-up time
    from packet_builder.assembly.evidence import Taken, TakenEvidence


@dataclass(frozen=True, slots=True)
class SegmentJob:
    """A segment that is to be made."""

    file: FileToBind
    cache: Cache


def taken_to_bind(taken: Taken, *, draft: bool) -> Iterator[FileToBind]:
    """Give the files that were taken in as they are bound."""
    for evidence in taken.evidence.values():
        yield from _to_bind(evidence, DocumentKind.EXHIBIT, draft=draft)
    if taken.notice is not None:
        yield from _to_bind(taken.notice, DocumentKind.ENCLOSURE, draft=draft)


def _to_bind(taken: TakenEvidence, kind: DocumentKind, *, draft: bool) -> Iterator[FileToBind]:
    for file in taken.files:
        if file.pdf.source is not None:
            yield FileToBind(file.pdf, file.pdf.source.name, kind, draft)


def begin_segments(
    files: Iterable[FileToBind], cache: Cache, hands: Hands
) -> Callable[[], tuple[None, ...]]:
    """Begin to make the segments that are not kept, and give what waits until all are there."""
    jobs = [SegmentJob(file, cache) for file in files if not cache.has(file.made_from)]
    return hands.begin(make_segment, jobs)


def make_segment(job: SegmentJob) -> None:
    """Make one segment."""
    job.cache.kept(job.file.made_from, segment_maker(job.file))
