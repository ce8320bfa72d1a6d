"""A conflict becomes a comment in the attorney's copy, at the place that it is about."""

from __future__ import annotations

from lxml import etree

from packet_builder.documents.word.word import DOCUMENT, W
from packet_builder.drafts.marks import AUTHOR, SPACE, Pen, properties_of
from packet_builder.drafts.package import Package, related_part

_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INITIALS = "pb"


def comment(package: Package, pen: Pen, at: etree._Element | None, text: str) -> None:
    """Write a comment of ours beside a block; without one, or in a note, at the very top."""
    paragraph = _paragraph(package, at)
    if paragraph is None:
        return
    note = _note(pen, text)
    number = note.get(f"{W}id", "")
    _comments(package).append(note)
    paragraph.insert(
        paragraph.index(properties_of(paragraph)) + 1, _edge("commentRangeStart", number)
    )
    paragraph.append(_edge("commentRangeEnd", number))
    run = etree.SubElement(paragraph, f"{W}r")
    run.append(_edge("commentReference", number))


def _paragraph(package: Package, at: etree._Element | None) -> etree._Element | None:
    body = package.tree(DOCUMENT)
    paragraphs = [] if at is None else [*at.iterancestors(f"{W}p"), *at.iter(f"{W}p")]
    inside = [each for each in paragraphs if each.getroottree().getroot() is body]
    outer = (each for each in inside if next(each.iterancestors(f"{W}p"), None) is None)
    return next(outer, next(body.iter(f"{W}p"), None))


def _comments(package: Package) -> etree._Element:
    part = related_part(package.word, "comments")
    if part is not None:
        return package.tree(part)
    if not package.has(_PART):
        tree = etree.fromstring(f'<w:comments xmlns:w="{W[1:-1]}"/>')
        package.add_tree(_PART, tree, _TYPE)
        package.link(DOCUMENT, "comments", _PART)
    return package.tree(_PART)


def _note(pen: Pen, text: str) -> etree._Element:
    note = pen.mark("comment")
    note.set(f"{W}author", AUTHOR)
    note.set(f"{W}initials", _INITIALS)
    line = etree.SubElement(etree.SubElement(etree.SubElement(note, f"{W}p"), f"{W}r"), f"{W}t")
    line.text = text
    line.set(SPACE, "preserve")
    return note


def _edge(tag: str, number: str) -> etree._Element:
    edge = etree.Element(f"{W}{tag}")
    edge.set(f"{W}id", number)
    return edge
