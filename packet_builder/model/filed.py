"""What was filed before: the exhibits of earlier packets, their letters and their pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FiledExhibit:
    """An exhibit of a packet that was filed."""

    id: str  # of the evidence
    letter: str
    title: str
    pages: int
    first_page: int  # of that packet
    files: tuple[str, ...]  # the digest of each file, as the office put it there


@dataclass(frozen=True, slots=True)
class FiledPacket:
    """A final packet. Its letters and pages never change again."""

    filing: str  # its id
    folder: str  # of the final packet: its name
    sha256: str
    date: dt.date  # that it carries
    pages: int
    exhibits: tuple[FiledExhibit, ...]
    notice: str | None = None  # the event that it answers

    @property
    def is_answer(self) -> bool:
        """Tell whether it answers a notice, rather than being what was asked for first."""
        return self.notice is not None


@dataclass(frozen=True, slots=True)
class Filed:
    """The packets that a filing continues: the request, and answers that followed it."""

    packets: tuple[FiledPacket, ...] = ()  # the request first
    finals: int = 0  # how many final packets there are of the request; the newest counts
    elsewhere: dt.date | None = None  # the day, where the request was filed without this program
    last_letter: str | None = None  # that it used then

    @property
    def is_known(self) -> bool:
        """Tell whether it is known what was filed."""
        return self.date is not None

    @property
    def date(self) -> dt.date | None:
        """Give the date of the request."""
        return self.packets[0].date if self.packets else self.elsewhere

    @property
    def letters(self) -> frozenset[str]:
        """Give every letter that an exhibit has."""
        found = (one.letter for packet in self.packets for one in packet.exhibits)
        return frozenset((*found, *((self.last_letter,) if self.last_letter else ())))

    def exhibit(self, identifier: str) -> tuple[FiledPacket, FiledExhibit] | None:
        """Give an exhibit and the packet that it was first filed with, by evidence id."""
        for packet in self.packets:
            for one in packet.exhibits:
                if one.id == identifier:
                    return packet, one
        return None
