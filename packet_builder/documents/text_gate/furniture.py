"""A Word document's sections become the headers and footers that each page must show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from packet_builder.documents.word.styles import is_on
from packet_builder.documents.word.text import Paragraph, Story
from packet_builder.documents.word.word import R, W, Word

_SETTINGS = "word/settings.xml"


@dataclass(frozen=True, slots=True)
class Furniture:
    """The headers and footers of a document."""

    paragraphs: Mapping[str, tuple[Paragraph, ...]]  # by part, in order
    sections: tuple[Mapping[str, tuple[str, ...]], ...]  # the parts of each kind of page
    first_differs: tuple[bool, ...]  # by section
    even_differs: bool

    def possible(self) -> tuple[str, ...]:
        """Give the parts that may be on a page."""
        kinds = ("first", "even", "default")
        return tuple(
            dict.fromkeys(
                part
                for section in self.sections
                for kind in kinds
                for part in section.get(kind, ())
            )
        )

    def of_page(self, page: int) -> tuple[str, ...]:
        """Give the parts that a page (1-based) of a document of one section must show."""
        section = self.sections[0]
        if page == 1 and self.first_differs[0]:
            return section.get("first", ())
        if self.even_differs and page % 2 == 0:
            return section.get("even", ())
        return section.get("default", ())

    def somewhere(self) -> tuple[str, ...]:
        """Give the parts that some page must show, however many pages a section has."""
        kinds = ("first" if differs else "default" for differs in self.first_differs)
        pairs = zip(self.sections, kinds, strict=True)
        return tuple(part for section, kind in pairs for part in section.get(kind, ()))


def furniture_of(word: Word, paragraphs: Sequence[Paragraph]) -> Furniture:
    """Read the sections of a document."""
    targets = {link.id: link.target for link in word.relationships()}
    sections = list(word.body.iter(f"{W}sectPr"))
    settings = word.trees.get(_SETTINGS)
    even = None if settings is None else settings.find(f"{W}evenAndOddHeaders")
    return Furniture(
        {part: tuple(_of_part(part, paragraphs)) for part in targets.values()},
        tuple(_kinds(section, targets, is_on(even)) for section in sections),
        tuple(is_on(section.find(f"{W}titlePg")) for section in sections),
        is_on(even),
    )


def _kinds(
    section: etree._Element,
    targets: Mapping[str, str],
    even_differs: bool,  # noqa: FBT001
) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
        kind = reference.get(f"{W}type", "default")
        if kind != "even" or even_differs:
            part = targets.get(reference.get(f"{R}id", ""), "")
            kinds[kind] = (*kinds.get(kind, ()), part)
    return kinds


def _of_part(part: str, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        if paragraph.part == part and paragraph.story in {Story.HEADER, Story.FOOTER}:
            yield paragraph
