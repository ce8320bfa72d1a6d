"""The XML of a part becomes its canonical form: what Word writes anew at each save is left out."""

from __future__ import annotations

import re

from lxml import etree

from packet_builder.documents.word.word import W
from packet_builder.drafts.marks import COME, GONE, SPACE, copied

_NOISE = tuple(f"{W}{tag}" for tag in ("proofErr", "lastRenderedPageBreak", "noProof", "lang"))
_NOISE_ATTRIBUTES = re.compile(r"^(\{.*\})?(rsid\w*|paraId|textId)$")
_EMPTIED = tuple(f"{W}{tag}" for tag in ("rPr", "pPr", "trPr", "tcPr"))
_REVISIONS = (*COME, *GONE)
_TEXTS = frozenset({f"{W}t", f"{W}delText"})


def canonical(tree: etree._Element) -> bytes:
    """Give a part as canonical XML, its runs joined where they were only split."""
    result = copied(tree)
    for mark in list(result.iter(f"{W}bookmarkStart")):
        if mark.get(f"{W}name") == "_GoBack":
            _drop_bookmark(result, mark)
    etree.strip_elements(result, *_NOISE, with_tail=False)
    for element in result.iter(etree.Element):
        _drop_attributes(element)
    _drop_layout_of_xml(result)
    _drop_empty(result)
    _join_alike(result, (*_REVISIONS, f"{W}r"))
    _join_texts(result)
    return bytes(etree.tostring(result, method="c14n"))


def _drop_layout_of_xml(tree: etree._Element) -> None:
    for element in tree.iter():
        if element.tag not in _TEXTS and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None


def _drop_empty(tree: etree._Element) -> None:
    for tag in _EMPTIED:
        for element in list(tree.iter(tag)):
            if not len(element) and not element.attrib:
                _remove(element)
    for run in list(tree.iter(f"{W}r")):
        if all(child.tag == f"{W}rPr" for child in run):
            _remove(run)
    for mark in list(tree.iter(*_REVISIONS)):
        if not _is_property(mark) and not len(mark):
            _remove(mark)


def _drop_bookmark(tree: etree._Element, start: etree._Element) -> None:
    number = start.get(f"{W}id")
    for end in list(tree.iter(f"{W}bookmarkEnd")):
        if end.get(f"{W}id") == number:
            _remove(end)
    _remove(start)


def _drop_attributes(element: etree._Element) -> None:
    for key in list(element.keys()):
        name = str(key)
        if _NOISE_ATTRIBUTES.match(name) or name == SPACE:
            del element.attrib[key]
    if element.tag in _REVISIONS and f"{W}id" in element.attrib:
        del element.attrib[f"{W}id"]


def _join_alike(tree: etree._Element, tags: tuple[str, ...]) -> None:
    """Join neighbours that are alike in all but what they hold, outermost first."""
    for tag in tags:
        for element in list(tree.iter(tag)):
            before = element.getprevious()
            if before is None or before.tag != tag or _is_property(element):
                continue
            if _head(before) == _head(element):
                before.extend(each for each in list(element) if each.tag != f"{W}rPr")
                _remove(element)


def _head(element: etree._Element) -> tuple[object, ...]:
    properties = element.find(f"{W}rPr") if element.tag == f"{W}r" else None
    shown = b"" if properties is None else etree.tostring(properties, method="c14n")
    return (sorted(element.items()), shown)


def _join_texts(tree: etree._Element) -> None:
    for text in list(tree.iter(*_TEXTS)):
        before = text.getprevious()
        if before is not None and before.tag == text.tag:
            before.text = (before.text or "") + (text.text or "")
            _remove(text)


def _is_property(mark: etree._Element) -> bool:
    parent = mark.getparent()
    return parent is not None and parent.tag in {f"{W}rPr", f"{W}trPr"}


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
