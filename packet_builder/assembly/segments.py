"""The files of a packet become segments in the cache: jobs for any process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.evidence import TakenEvidence
from packet_builder.hands import Hands
from packet_builder.packet.placed import segment_maker
from packet_builder.packet.segment import FileToBind
from packet_builder.plan.planned import DocumentKind


@dataclass(frozen=True, slots=True)
class SegmentJob:
    """A segment that is to be made."""

    file: FileToBind
    cache: Cache


def evidence_to_bind(taken: Mapping[str, TakenEvidence], *, draft: bool) -> Iterator[FileToBind]:
    """Give the files of the evidence as they are bound."""
    for evidence in taken.values():
        for file in evidence.files:
            if file.pdf.source is not None:
                yield FileToBind(file.pdf, file.pdf.source.name, DocumentKind.EXHIBIT, draft)


def begin_segments(
    files: Iterable[FileToBind], cache: Cache, hands: Hands
) -> Callable[[], tuple[None, ...]]:
    """Begin to make the segments that are not kept, and give what waits until all are there."""
    jobs = [SegmentJob(file, cache) for file in files if not cache.has(file.made_from)]
    return hands.begin(make_segment, jobs)


def make_segment(job: SegmentJob) -> None:
    """Make one segment."""
    job.cache.kept(job.file.made_from, segment_maker(job.file))
