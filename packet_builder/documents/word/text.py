"""A Word document becomes its visible paragraphs, in order, with a mark where engines count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from lxml import etree

from packet_builder.documents.word.fields import Field, field_of
from packet_builder.documents.word.styles import Styles, is_on, styles_of
from packet_builder.documents.word.word import W, Word, open_word

# Control characters cannot stand in XML, so these never meet a character of the text.
NUMBER = "\x01"  # a number that the engine counts: a page, a page total
NOTE = "\x02"  # the mark of a footnote or endnote

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SHOWN_WORDS = 8
_SHOWN_LETTERS = 120  # of words that are none


class Story(StrEnum):
    """Where a paragraph stands."""

    BODY = "paragraph"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A visible paragraph."""

    story: Story
    part: str  # the part that it stands in
    number: int  # among the visible ones of its story and part, 1-based
    text: str  # with NUMBER, NOTE, tabs and line breaks
    element: etree._Element

    @property
    def plain(self) -> str:
        """Give the text as a person would read it out."""
        return " ".join(re.sub(f"[{NUMBER}{NOTE}]", " ", self.text).split())

    @property
    def place(self) -> str:
        """Say where it is: 'paragraph 12 ("We ask that the officer …")'."""
        words = self.plain.split()
        shown = " ".join(words[:_SHOWN_WORDS])
        cut = " …" if len(words) > _SHOWN_WORDS else ""
        if len(shown) > _SHOWN_LETTERS:
            shown, cut = shown[:_SHOWN_LETTERS], "…"
        return f'{self.story} {self.number} ("{shown}{cut}")'


@dataclass(frozen=True, slots=True)
class PlacedField:
    """A field and the paragraph that it stands in."""

    field: Field
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a document shows."""

    paragraphs: tuple[Paragraph, ...]
    fields: tuple[PlacedField, ...]


def visible_paragraphs(docx: Path) -> tuple[str, ...]:
    """Give the text of each visible paragraph: body, notes, then headers and footers."""
    return tuple(paragraph.plain for paragraph in read(open_word(docx)).paragraphs)


def read(word: Word) -> Reading:
    """Read what a document shows, empty paragraphs left out."""
    styles = styles_of(word)
    walks = [_walked(word, styles, story, part) for story, part in _stories(word)]
    return Reading(
        tuple(paragraph for paragraphs, _ in walks for paragraph in paragraphs),
        tuple(placed for _, fields in walks for placed in fields),
    )


def _stories(word: Word) -> Iterator[tuple[Story, str]]:
    yield Story.BODY, "word/document.xml"
    for story, kind in (
        (Story.FOOTNOTE, "footnotes"),
        (Story.ENDNOTE, "endnotes"),
        (Story.HEADER, "header"),
        (Story.FOOTER, "footer"),
    ):
        for part in word.related(kind):
            yield story, part


def _walked(
    word: Word, styles: Styles, story: Story, part: str
) -> tuple[list[Paragraph], list[PlacedField]]:
    walker = _Walker(styles)
    for root in _roots(word.trees[part], story):
        walker.walk(root)
    paragraphs: list[Paragraph] = []
    fields: list[PlacedField] = []
    for draft in walker.drafts:
        text = "".join(draft.pieces)
        number = len(paragraphs) + 1
        paragraph = Paragraph(story, part, number, text, draft.element)
        fields += [PlacedField(each, paragraph) for each in draft.fields]
        if text.strip():
            paragraphs.append(paragraph)
    return paragraphs, fields


def _roots(tree: etree._Element, story: Story) -> Iterator[etree._Element]:
    if story not in {Story.FOOTNOTE, Story.ENDNOTE}:
        yield tree
        return
    for note in tree.iterchildren(f"{W}{story}"):
        if note.get(f"{W}type", "normal") == "normal":  # others are separator lines
            yield note


@dataclass(slots=True)
class _Draft:
    element: etree._Element
    pieces: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)


@dataclass(slots=True)
class _OpenField:
    instruction: str = ""
    in_result: bool = False
    hides_result: bool = False


@dataclass(slots=True)
class _Walker:
    """Goes through a story in reading order; fields may reach over paragraphs."""

    styles: Styles
    drafts: list[_Draft] = field(default_factory=list)
    inside: list[_Draft] = field(default_factory=list)  # the paragraphs around this place
    open_fields: list[_OpenField] = field(default_factory=list)

    def walk(self, element: etree._Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:
            return
        if tag == f"{W}r" and is_on(self.styles.run_property(element, "vanish")):
            self._fields_of_hidden(element)
        elif step := _STEPS.get(tag):
            step(self, element)
        else:
            self.children(element)

    def children(self, element: etree._Element) -> None:
        for child in element:
            self.walk(child)

    def paragraph(self, element: etree._Element) -> None:
        draft = _Draft(element)
        self.drafts.append(draft)
        self.inside.append(draft)
        self.children(element)
        self.inside.pop()

    def write(self, text: str) -> None:
        hidden = any(not each.in_result or each.hides_result for each in self.open_fields)
        if self.inside and not hidden:
            self.inside[-1].pieces.append(text)

    def text(self, element: etree._Element) -> None:
        self.write(element.text or "")

    def note(self, element: etree._Element) -> None:
        if not is_on_attribute(element, "customMarkFollows"):
            self.write(NOTE)

    def symbol(self, element: etree._Element) -> None:
        self.write(chr(int(element.get(f"{W}char", "F020"), 16)))

    def instruction(self, element: etree._Element) -> None:
        if self.open_fields:
            self.open_fields[-1].instruction += element.text or ""

    def field_mark(self, element: etree._Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.open_fields.append(_OpenField())
        elif self.open_fields and kind == "separate":
            self._start_result()
        elif self.open_fields and kind == "end":
            self._end_field()

    def simple_field(self, element: etree._Element) -> None:
        self.open_fields.append(_OpenField(element.get(f"{W}instr", "")))
        self._start_result()
        self.children(element)
        self._end_field()

    def _start_result(self) -> None:
        last = self.open_fields[-1]
        if not last.in_result:
            self._record(field_of(last.instruction))
            last.in_result = True

    def _record(self, found: Field) -> None:
        if self.inside:
            self.inside[-1].fields.append(found)
        if found.is_counted:
            self.open_fields[-1].in_result = True
            self.write(NUMBER)
            self.open_fields[-1].hides_result = True

    def _end_field(self) -> None:
        self._start_result()  # a field may have no result
        self.open_fields.pop()

    def _fields_of_hidden(self, run: etree._Element) -> None:
        for mark in run.iter(f"{W}fldChar", f"{W}instrText"):
            _STEPS[mark.tag](self, mark)


def place_of(element: etree._Element, paragraphs: Sequence[Paragraph]) -> str:
    """Say where an element is, by the paragraph around it or else the first one inside it."""
    around = (element, *element.iterancestors(f"{W}p"), *element.iter(f"{W}p"))
    by_element = {id(paragraph.element): paragraph for paragraph in paragraphs}
    places = (by_element[id(each)].place for each in around if id(each) in by_element)
    return next(places, "a place without text")


def is_on_attribute(element: etree._Element, name: str) -> bool:
    """Tell whether an attribute such as customMarkFollows is set to true."""
    return element.get(f"{W}{name}", "0") in {"1", "true", "on"}


def header_row_of(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph stands in a table row that is printed again on each page."""
    rows = paragraph.element.iterancestors(f"{W}tr")
    return any(is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows)


def _writing(text: str) -> Callable[[_Walker, etree._Element], None]:
    return lambda walker, _: walker.write(text)


_STEPS: Mapping[str, Callable[[_Walker, etree._Element], None]] = {
    f"{W}p": _Walker.paragraph,
    f"{W}t": _Walker.text,
    f"{_MATH}t": _Walker.text,
    f"{W}tab": _writing("\t"),
    f"{W}ptab": _writing("\t"),
    f"{W}br": _writing("\n"),
    f"{W}cr": _writing("\n"),
    f"{W}noBreakHyphen": _writing("\u2011"),
    f"{W}pgNum": _writing(NUMBER),
    f"{W}sym": _Walker.symbol,
    f"{W}footnoteReference": _Walker.note,
    f"{W}endnoteReference": _Walker.note,
    f"{W}footnoteRef": _Walker.note,
    f"{W}endnoteRef": _Walker.note,
    f"{W}instrText": _Walker.instruction,
    f"{W}fldChar": _Walker.field_mark,
    f"{W}fldSimple": _Walker.simple_field,
}
# Properties, deleted text, and the older twin of what AlternateContent holds.
_UNSEEN = frozenset(
    [f"{W}{tag}" for tag in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr")]
    + [f"{W}del", f"{W}moveFrom", f"{W}delText", f"{_COMPATIBILITY}Fallback"]
)
