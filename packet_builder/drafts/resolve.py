"""Tracked changes are accepted or rejected, as Word does it; comments are taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from packet_builder.documents.word.word import W, Word, story_parts
from packet_builder.drafts.marks import COME, GONE, LIVE_NAMES, paragraph_mark, rename
from packet_builder.drafts.package import Package, related_part


class Whose(Protocol):
    """Tells whether a change is one of those that are meant."""

    def __call__(self, mark: etree._Element, /) -> bool:
        """Look at a mark."""
        ...


_PARAGRAPH, _ROW = f"{W}p", f"{W}tr"
_FORMER = tuple(
    f"{W}{tag}"
    for tag in (
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("tblGridChange", "trPrChange", "tcPrChange", "numberingChange"),
    )
)
_BLOCKS = frozenset({_PARAGRAPH, f"{W}tbl", f"{W}sdt", f"{W}customXml"})
_KEPT_IN_PARAGRAPH = frozenset({f"{W}rPr", f"{W}sectPr"})
_RANGES = tuple(
    f"{W}{tag}"
    for tag in (
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart"),
        *("customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
    )
)
_COMMENT = tuple(
    f"{W}{tag}" for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
)


def accepted(word: Word) -> dict[str, bytes]:
    """Give the parts of a document with every change accepted and every comment gone."""
    package = Package(word)
    drop_comments(package, _everybody)
    drop_threads(package)
    for part in story_parts(word):
        settle(package.tree(part), _everybody, accept=True)
        for tag in _RANGES:
            for each in list(package.tree(part).iter(tag)):
                _remove(each)
    return package.finished()


def rejected(word: Word, whose: Whose) -> dict[str, bytes]:
    """Give the parts of a document without somebody's changes and comments."""
    package = Package(word)
    drop_comments(package, whose)
    for part in story_parts(word):
        settle(package.tree(part), whose, accept=False)
    return package.finished()


def _everybody(_: etree._Element) -> bool:
    return True


def settle(tree: etree._Element, whose: Whose, *, accept: bool) -> None:
    """Accept or reject somebody's changes in a part."""
    _Settling(whose, COME if accept else GONE, GONE if accept else COME, accept=accept).all(tree)


@dataclass(frozen=True, slots=True)
class _Settling:
    whose: Whose
    stays: frozenset[str]  # the marks whose content stays
    goes: frozenset[str]
    accept: bool

    def all(self, tree: etree._Element) -> None:
        """Settle rows and cells, then what stands in lines, then the ends of paragraphs."""
        for row in list(tree.iter(_ROW)):
            self._row(row)
        for cell in list(tree.iter(f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge")):
            self._cell(cell)
        for mark in list(tree.iter(*self.goes)):
            if self.whose(mark) and not _is_property(mark):
                _remove(mark)
        for mark in list(tree.iter(*self.stays)):
            if self.whose(mark) and not _is_property(mark):
                _unwrap(mark)
        for change in list(tree.iter(*_FORMER)):
            self._format(change)
        for paragraph in list(tree.iter(_PARAGRAPH)):
            self._end(paragraph)

    def _row(self, row: etree._Element) -> None:
        if self._take(row, "trPr", self.goes):
            table = row.getparent()
            _remove(row)
            if table is not None and table.find(_ROW) is None and table.tag == f"{W}tbl":
                _remove(table)
        else:
            self._take(row, "trPr", self.stays)

    def _take(self, element: etree._Element, properties: str, tags: Iterable[str]) -> bool:
        """Take a mark out of properties; tell whether there was one."""
        found = [element.find(f"{W}{properties}/{tag}") for tag in tags]
        marks = [mark for mark in found if mark is not None and self.whose(mark)]
        for mark in marks:
            _remove(mark)
        return bool(marks)

    def _cell(self, mark: etree._Element) -> None:
        if not self.whose(mark):
            return
        goes = mark.tag == (f"{W}cellDel" if self.accept else f"{W}cellIns")
        cell = next(mark.iterancestors(f"{W}tc"), None)
        _remove(mark)
        if goes and cell is not None:
            _remove(cell)

    def _format(self, change: etree._Element) -> None:
        parent = change.getparent()
        if parent is None or not self.whose(change):
            return
        parent.remove(change)
        former = change[0] if len(change) else None
        if self.accept or former is None:
            return
        kept = [each for each in parent if each.tag in _KEPT_IN_PARAGRAPH]
        parent[:] = [*former, *(kept if parent.tag == f"{W}pPr" else _marks_of(parent))]

    def _end(self, paragraph: etree._Element) -> None:
        """Settle the end of a paragraph: where it goes, the paragraph joins the next one."""
        gone = paragraph_mark(paragraph, self.goes)
        if gone is not None and self.whose(gone):
            _remove(gone)
            _join(paragraph)
            return
        for tag in self.stays:
            mark = paragraph_mark(paragraph, (tag,))
            if mark is not None and self.whose(mark):
                _remove(mark)


def drop_comments(package: Package, whose: Whose) -> None:
    """Take out somebody's comments with all that marks their places."""
    part = related_part(package.word, "comments")
    if part is None:
        return
    comments = package.tree(part)
    mine = [each for each in comments if whose(each)]
    numbers = {each.get(f"{W}id") for each in mine}
    for each in mine:
        _remove(each)
    for story in story_parts(package.word):
        for edge in list(package.tree(story).iter(*_COMMENT)):
            if edge.get(f"{W}id") in numbers:
                _drop_edge(edge)


def drop_threads(package: Package) -> None:
    """Take out what Word keeps beside comments: who answered whom, and which are resolved."""
    for kind in ("commentsExtended", "commentsIds", "commentsExtensible"):
        part = related_part(package.word, kind)
        if part is not None:
            package.tree(part)[:] = []


def _drop_edge(edge: etree._Element) -> None:
    run = edge.getparent()
    _remove(edge)
    if run is not None and run.tag == f"{W}r" and all(each.tag == f"{W}rPr" for each in run):
        _remove(run)


def _join(paragraph: etree._Element) -> None:
    following = next((each for each in paragraph.itersiblings() if each.tag in _BLOCKS), None)
    content = [each for each in paragraph if each.tag != f"{W}pPr"]
    if following is not None and following.tag == _PARAGRAPH:
        at = 1 if following.find(f"{W}pPr") is not None else 0
        following[at:at] = content
        _remove(paragraph)
    elif not content and not _is_needed(paragraph):
        _remove(paragraph)


def _is_needed(paragraph: etree._Element) -> bool:
    """Tell whether a cell, a note or the like would be without its last paragraph."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return True
    others = [each for each in parent.iterchildren(_PARAGRAPH) if each is not paragraph]
    before = paragraph.getprevious()
    return not others or (parent.tag == f"{W}tc" and (before is None or before.tag != _PARAGRAPH))


def _is_property(mark: etree._Element) -> bool:
    parent = mark.getparent()
    return parent is not None and parent.tag in {f"{W}rPr", f"{W}trPr", f"{W}numPr", f"{W}ctrlPr"}


def _marks_of(properties: etree._Element) -> list[etree._Element]:
    return [each for each in properties if each.tag in COME | GONE]


def _unwrap(mark: etree._Element) -> None:
    if mark.tag in GONE:
        rename(mark, LIVE_NAMES)
    parent = mark.getparent()
    if parent is not None:
        at = parent.index(mark)
        parent[at : at + 1] = list(mark)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
