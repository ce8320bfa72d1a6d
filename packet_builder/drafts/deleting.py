"""A paragraph or a row of the attorney's copy is marked as deleted; whatever it holds stays."""

from __future__ import annotations

from lxml import etree

from packet_builder.documents.word.word import W
from packet_builder.drafts.marks import GONE, Pen, paragraph_mark


def mark_deleted(block: etree._Element, pen: Pen) -> None:
    """Mark a block as deleted, with all paragraphs and rows in it."""
    for row in block.iter(f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            pen.mark_row(row, "del")
    for paragraph in list(block.iter(f"{W}p")):
        _mark_paragraph(paragraph, pen, block)


def _mark_paragraph(paragraph: etree._Element, pen: Pen, block: etree._Element) -> None:
    for run in list(paragraph.iter(f"{W}r")):
        if next(run.iterancestors(f"{W}p"), None) is paragraph:
            pen.delete(run)
    in_row = block.tag in {f"{W}tr", f"{W}tbl"}
    if not in_row and paragraph_mark(paragraph, GONE) is None and not ends_section(paragraph):
        pen.mark_paragraph(paragraph, "del")


def ends_section(paragraph: etree._Element) -> bool:
    """Tell whether the layout of a section hangs on the end of a paragraph."""
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None
