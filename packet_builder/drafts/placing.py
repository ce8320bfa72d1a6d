"""A block that is inserted finds its place, so that rejecting it gives back what was there."""

from __future__ import annotations

from lxml import etree

from packet_builder.documents.word.word import W
from packet_builder.drafts.deleting import ends_section
from packet_builder.drafts.marks import (
    COME,
    GONE,
    Pen,
    copied,
    format_of_mark,
    paragraph_mark,
    properties_of,
)

_PARAGRAPH = f"{W}p"
_BLOCKS = (_PARAGRAPH, f"{W}tbl", f"{W}sdt", f"{W}customXml", f"{W}tr")
_NOT_LAYOUT = frozenset({f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"})
_HEADS = frozenset({f"{W}tcPr", f"{W}tblPr", f"{W}tblGrid", f"{W}tblPrEx", f"{W}trPr"})


def place_first(parent: etree._Element, block: etree._Element) -> None:
    """Place a block before all others of a container."""
    first = next((each for each in parent if each.tag in _BLOCKS), None)
    if first is not None:
        first.addprevious(block)
    else:
        parent.insert(sum(each.tag in _HEADS for each in parent), block)


def place_behind(anchor: etree._Element, block: etree._Element, pen: Pen) -> None:
    """Place an inserted block behind another one.

    A paragraph that is rejected joins the next one. Where none follows, the mark of the anchor
    is the inserted one and the new paragraph keeps the mark that was there, as Word does it.
    """
    follows = any(each.tag in _BLOCKS for each in anchor.itersiblings())
    anchor.addnext(block)
    if follows or not _can_lend(anchor, pen) or block.tag != _PARAGRAPH:
        return
    lent = anchor.find(f"{W}pPr/{W}pPrChange")
    for mark in COME:
        _drop(paragraph_mark(block, (mark,)))
    if lent is not None:
        properties_of(block).append(lent)
    else:
        _lend_format(anchor, block, pen)
    pen.mark_paragraph(anchor, "ins")


def _can_lend(anchor: etree._Element, pen: Pen) -> bool:
    lent = anchor.find(f"{W}pPr/{W}pPrChange")
    return (
        anchor.tag == _PARAGRAPH
        and (lent is None or pen.wrote(lent))
        and paragraph_mark(anchor, (*COME, *GONE)) is None
        and not ends_section(anchor)
    )


def _lend_format(anchor: etree._Element, block: etree._Element, pen: Pen) -> None:
    """Let the block's layout be a change of the anchor's, whose mark it takes over.

    Where nothing changes, none is written: of a paragraph whose layout has changed into itself,
    LibreOffice 7.4 takes the first insertion for settled.
    """
    former = [*map(copied, _layout_of(anchor))]
    if [*map(_bare, former)] != [*map(_bare, _layout_of(block))]:
        change = pen.mark("pPrChange")
        etree.SubElement(change, f"{W}pPr").extend(former)
        properties_of(block).append(change)
    own, theirs = format_of_mark(block), format_of_mark(anchor)
    own[:] = [copied(each) for each in theirs]


def _layout_of(block: etree._Element) -> list[etree._Element]:
    return [each for each in properties_of(block) if each.tag not in _NOT_LAYOUT]


def _bare(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True)


def _drop(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if parent is not None and element is not None:
        parent.remove(element)
