"""What was filed before becomes what letters and the index say of it: letter, and where it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from packet_builder.model.filed import Filed, FiledPacket
from packet_builder.model.narrative import Citation
from packet_builder.plan.citations import Letters, Submitted, position_of
from packet_builder.plan.exhibits import Exhibit
from packet_builder.plan.wording import long_date


def submitted_exhibits(exhibits: Sequence[Exhibit], filed: Filed) -> Mapping[str, Submitted]:
    """Give what was filed before and does not go with the filing again, by evidence id."""
    again = {exhibit.evidence.id for exhibit in exhibits}
    found: dict[str, Submitted] = {}
    for packet in filed.packets:
        for one in packet.exhibits:
            if one.id not in again and one.id not in found:
                found[one.id] = Submitted(
                    one.letter, one.title, one.pages, one.first_page, packet_words(packet)
                )
    return found


def cited_before(citations: Iterable[Citation], letters: Letters) -> tuple[Submitted, ...]:
    """Give what is cited of packets that were filed before, in the order of the letters."""
    found = {
        citation.evidence: cited
        for citation in citations
        if isinstance(cited := letters.get(citation.evidence), Submitted)
    }
    return tuple(sorted(found.values(), key=lambda one: position_of(one.letter)))


def packet_words(packet: FiledPacket) -> str:
    """Name a packet that was filed: "the packet filed December 1, 2026"."""
    what = "response" if packet.is_answer else "packet"
    return f"the {what} filed {long_date(packet.date)}"
