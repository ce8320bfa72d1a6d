"""Letters are written ahead, by another process, while evidence is read and examined.

Nothing comes back: what was written lies in the cache, where the build finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from packet_builder.assembly.cache import Cache
from packet_builder.assembly.letters import Stationery, print_letters, render_letters
from packet_builder.assembly.segments import SegmentJob, make_segment
from packet_builder.assembly.word import WordPress
from packet_builder.assembly.word_copies import Drafts
from packet_builder.hands import Hands
from packet_builder.packet.segment import FileToBind
from packet_builder.plan.planned import PlannedDocument


@dataclass(frozen=True, slots=True)
class LettersJob:
    """Letters that are to be written."""

    letters: tuple[PlannedDocument, ...]
    exhibits: Mapping[str, str]  # by evidence, the letter that stands for it
    stationery: Stationery
    cache: Cache
    press: WordPress
    draft: bool  # their pages are marked as a draft


def begin_letters(job: LettersJob, hands: Hands) -> Callable[[], object]:
    """Begin to write letters, and give what waits until all are there."""
    return hands.begin(write_letters, [job])


def write_letters(job: LettersJob) -> None:
    """Write letters that have no draft: as Word files, as PDFs, and as they are bound."""
    rendered = render_letters(job.letters, job.exhibits, job.stationery, job.cache)
    for one in print_letters(rendered, Drafts(), job.cache, job.press):
        bound = FileToBind(one.pdf, one.planned.title, one.planned.kind, job.draft)
        make_segment(SegmentJob(bound, job.cache))
