"""Revision marks of Word: which content still counts, and how a change of ours is written."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from packet_builder.documents.word.word import W

AUTHOR = "packet_builder"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
GONE = frozenset({f"{W}del", f"{W}moveFrom"})
COME = frozenset({f"{W}ins", f"{W}moveTo"})
#: What deleted content is called; the rest keeps its name.
DELETED_NAMES = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
LIVE_NAMES = {gone: live for live, gone in DELETED_NAMES.items()}
# In a paragraph's properties these come behind the format of its mark.
_AFTER_MARK = (f"{W}sectPr", f"{W}pPrChange")
_BEFORE_ROW_PROPERTIES = (f"{W}tblPrEx",)


@dataclass(slots=True)
class Pen:
    """Writes changes that carry our name, the filing's date, and numbers that are free."""

    date: dt.date
    before: int  # the highest number that was there
    last: int = -1

    def __post_init__(self) -> None:
        self.last = max(self.last, self.before)

    def wrote(self, mark: etree._Element) -> bool:
        """Tell whether a mark is one of this pen's."""
        number = mark.get(f"{W}id", "")
        return number.isdecimal() and int(number) > self.before

    def mark(self, tag: str) -> etree._Element:
        """Give an empty mark of a kind such as "ins"."""
        self.last += 1
        mark = etree.Element(f"{W}{tag}")
        mark.set(f"{W}id", str(self.last))
        mark.set(f"{W}author", AUTHOR)
        mark.set(f"{W}date", f"{self.date.isoformat()}T00:00:00Z")
        return mark

    def delete(self, run: etree._Element) -> None:
        """Mark a run as deleted; one that is already is left alone."""
        if is_gone(run):
            return
        mark = self.mark("del")
        run.addprevious(mark)
        mark.append(run)
        rename(run, DELETED_NAMES)

    def insert(self, run: etree._Element) -> etree._Element:
        """Give the mark around a run that is to be inserted."""
        mark = self.mark("ins")
        mark.append(run)
        return mark

    def mark_paragraph(self, paragraph: etree._Element, tag: str) -> None:
        """Mark the end of a paragraph as inserted or deleted."""
        format_of_mark(paragraph).insert(0, self.mark(tag))

    def mark_row(self, row: etree._Element, tag: str) -> None:
        """Mark a table row as inserted or deleted."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            row.insert(sum(each.tag in _BEFORE_ROW_PROPERTIES for each in row), properties)
        change = properties.find(f"{W}trPrChange")
        at = len(properties) if change is None else properties.index(change)
        properties.insert(at, self.mark(tag))


def first_free_number(trees: Iterable[etree._Element]) -> int:
    """Give the highest number of any mark, so that the next one is free."""
    numbers = (each.get(f"{W}id", "") for tree in trees for each in tree.iter(etree.Element))
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def rename(run: etree._Element, names: dict[str, str]) -> None:
    """Give the text of a run its deleted, or its live, name."""
    for child in run.iter(*names):
        child.tag = names[str(child.tag)]
        child.set(SPACE, "preserve")


def is_gone(element: etree._Element) -> bool:
    """Tell whether an element stands in what somebody deleted, within its paragraph."""
    return any(each.tag in GONE for each in within_paragraph(element))


def within_paragraph(element: etree._Element) -> Iterator[etree._Element]:
    """Give what is around an element, up to its paragraph."""
    for each in element.iterancestors():
        if each.tag == f"{W}p":
            return
        yield each


def paragraph_mark(paragraph: etree._Element, tags: Iterable[str]) -> etree._Element | None:
    """Give the revision of a paragraph's end, where there is one of these kinds."""
    found = (paragraph.find(f"{W}pPr/{W}rPr/{tag}") for tag in tags)
    return next((each for each in found if each is not None), None)


def format_of_mark(paragraph: etree._Element) -> etree._Element:
    """Give the format of a paragraph's end, made where there is none."""
    properties = properties_of(paragraph)
    found = properties.find(f"{W}rPr")
    if found is None:
        found = etree.Element(f"{W}rPr")
        behind = [at for at, each in enumerate(properties) if each.tag in _AFTER_MARK]
        properties.insert(behind[0] if behind else len(properties), found)
    return found


def properties_of(paragraph: etree._Element) -> etree._Element:
    """Give a paragraph's properties, made where there are none."""
    found = paragraph.find(f"{W}pPr")
    if found is None:
        found = etree.Element(f"{W}pPr")
        paragraph.insert(0, found)
    return found


def copied(element: etree._Element) -> etree._Element:
    """Give a copy that stands alone."""
    result = copy.deepcopy(element)
    result.tail = None
    return result
