"""What an attorney does to a Word file: words, tracked changes, comments, paragraphs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from docx import Document
from lxml import etree

from packet_builder.documents.word.word import DOCUMENT, W, Word, open_word, packed
from packet_builder.drafts.comments import comment
from packet_builder.drafts.inline import Reader
from packet_builder.drafts.marks import AUTHOR, Pen, copied, first_free_number
from packet_builder.drafts.package import Package
from packet_builder.drafts.resolve import accepted
from packet_builder.drafts.rewriting import Edit, rewrite

HER = "Marisol Vale"
_DAY = dt.date(2026, 11, 25)


def paragraph_with(root: etree._Element, word: Word, text: str) -> etree._Element:
    reader = Reader(word)
    return next(each for each in root.iter(f"{W}p") if text in reader.text(each))


def edit(path: Path, change: Callable[[Package, etree._Element, Pen], None]) -> None:
    """Change a Word file in place, as Word does when it saves."""
    word = open_word(path)
    package = Package(word)
    root = package.tree(DOCUMENT)
    change(package, root, Pen(_DAY, first_free_number(word.trees.values())))
    path.write_bytes(packed(package.finished()))


def type_over(path: Path, old: str, new: str) -> None:
    """Type other words, without tracking."""

    def change(package: Package, root: etree._Element, _: Pen) -> None:
        paragraph = paragraph_with(root, package.word, old)
        (text,) = [each for each in paragraph.iter(f"{W}t") if old in (each.text or "")]
        text.text = (text.text or "").replace(old, new)

    edit(path, change)


def track(path: Path, old: str, new: str) -> None:
    """Type other words, tracked."""

    def change(package: Package, root: etree._Element, pen: Pen) -> None:
        paragraph = paragraph_with(root, package.word, old)
        reader = Reader(package.word)
        at = reader.text(paragraph).index(old)
        rewrite(paragraph, [Edit(at, at + len(old), new)], reader, pen)
        _sign(root, pen)

    edit(path, change)


def remark(path: Path, beside: str, text: str) -> None:
    """Comment on a paragraph."""

    def change(package: Package, root: etree._Element, pen: Pen) -> None:
        comment(package, pen, paragraph_with(root, package.word, beside), text)
        _sign(package.tree("word/comments.xml"), pen)

    edit(path, change)


def add_paragraph(path: Path, behind: str, text: str) -> None:
    """Write a new paragraph behind another one."""

    def change(package: Package, root: etree._Element, _: Pen) -> None:
        paragraph = paragraph_with(root, package.word, behind)
        fresh = copied(paragraph)
        fresh[:] = [each for each in fresh if each.tag == f"{W}pPr"]
        etree.SubElement(etree.SubElement(fresh, f"{W}r"), f"{W}t").text = text
        paragraph.addnext(fresh)

    edit(path, change)


def settle(path: Path) -> None:
    """Accept all changes and delete all comments, in place."""
    path.write_bytes(packed(accepted(open_word(path))))


def resave(path: Path) -> None:
    """Save without changing anything; python-docx writes all parts anew."""
    before = path.read_bytes()
    document = Document(str(path))
    document.core_properties.author = "somebody"
    document.save(str(path))
    assert path.read_bytes() != before


def _sign(tree: etree._Element, pen: Pen) -> None:
    for mark in tree.iter(etree.Element):
        if mark.get(f"{W}author") == AUTHOR and pen.wrote(mark):
            mark.set(f"{W}author", HER)
