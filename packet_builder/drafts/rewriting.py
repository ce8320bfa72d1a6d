"""Edits of a paragraph's tokens become tracked changes in its XML; what stays is not touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from packet_builder.documents.word.word import W
from packet_builder.drafts.inline import Atom, Reader
from packet_builder.drafts.marks import SPACE, Pen, copied

_PIECES = re.compile(r"[\t\n\u2011\u00ad]|[^\t\n\u2011\u00ad]+")
_SIGNS = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen", "\u00ad": "softHyphen"}
_RUN = f"{W}r"


@dataclass(frozen=True, slots=True)
class Edit:
    """Atoms from `start` to `end` give way to a text."""

    start: int
    end: int
    text: str


def rewrite(paragraph: etree._Element, edits: Sequence[Edit], reader: Reader, pen: Pen) -> None:
    """Write edits, which do not overlap, into a paragraph."""
    for edit in sorted(edits, key=lambda each: (each.start, each.end), reverse=True):
        _split(paragraph, edit.start, reader)
        _split(paragraph, edit.end, reader)
        atoms = reader.atoms(paragraph)
        if edit.text:
            _insert(paragraph, atoms, edit, pen)
        for run in _runs(atoms[edit.start : edit.end]):
            pen.delete(run)


def run_of_text(text: str, like: etree._Element | None) -> etree._Element:
    """Give a run that prints a text in the format of another run."""
    run = etree.Element(_RUN)
    properties = None if like is None else like.find(f"{W}rPr")
    if properties is not None:
        run.append(copied(properties))
        for change in run.findall(f"{W}rPr/{W}rPrChange"):
            run[0].remove(change)
    for piece in _PIECES.findall(text):
        child = etree.SubElement(run, f"{W}{_SIGNS.get(piece, 't')}")
        if piece not in _SIGNS:
            child.text = piece
            child.set(SPACE, "preserve")
    return run


def run_around(node: etree._Element) -> etree._Element | None:
    """Give the run that a node stands in."""
    return next((each for each in node.iterancestors() if each.tag == _RUN), None)


def _runs(atoms: Sequence[Atom]) -> list[etree._Element]:
    """Give the runs of atoms, those within a field of the simple kind among them."""
    found: dict[etree._Element, None] = {}
    for atom in atoms:
        for node in atom.nodes:
            run = run_around(node)
            inner = list(node.iter(_RUN)) if run is None else [run]
            found |= dict.fromkeys(inner)
    return list(found)


def _insert(paragraph: etree._Element, atoms: Sequence[Atom], edit: Edit, pen: Pen) -> None:
    model = _model(atoms, edit)
    mark = pen.insert(run_of_text(edit.text, model))
    before = atoms[edit.end - 1].nodes[-1] if edit.end > 0 else None
    behind = atoms[edit.end].nodes[0] if edit.end < len(atoms) else None
    if before is not None:
        _place_behind(_outer(before), mark, pen)
    elif behind is not None:
        _place_before(_outer(behind), mark)
    else:
        paragraph.append(mark)


def _model(atoms: Sequence[Atom], edit: Edit) -> etree._Element | None:
    """Give the run whose format the new text takes: what it replaces, else what is before it."""
    before = atoms[edit.start - 1 : edit.start] if edit.start else []
    around = [*atoms[edit.start : edit.end], *before, *atoms[edit.end :]]
    runs = (run_around(atom.nodes[0]) for atom in around if atom.thing is None)
    return next((run for run in runs if run is not None), None)


def _outer(node: etree._Element) -> etree._Element:
    """Give what beside which a change can stand: the run, or the thing that is in none."""
    run = run_around(node)
    return node if run is None else run


def _place_behind(run: etree._Element, mark: etree._Element, pen: Pen) -> None:
    parent = run.getparent()
    assert parent is not None  # noqa: S101 - a run stands in a paragraph
    if parent.tag not in {f"{W}ins", f"{W}moveTo"}:
        run.addnext(mark)
        return
    rest = list(run.itersiblings())
    parent.addnext(mark)
    if rest:  # somebody's insertion: it is cut in two, so that ours stands between
        second = _like(parent)
        pen.last += 1
        second.set(f"{W}id", str(pen.last))
        second.extend(rest)
        mark.addnext(second)


def _place_before(run: etree._Element, mark: etree._Element) -> None:
    parent = run.getparent()
    assert parent is not None  # noqa: S101 - a run stands in a paragraph
    (parent if parent.tag in {f"{W}ins", f"{W}moveTo"} else run).addprevious(mark)


def _split(paragraph: etree._Element, at: int, reader: Reader) -> None:
    """Let a run begin at an atom, where one reaches over that place."""
    atoms = reader.atoms(paragraph)
    if not 0 < at < len(atoms):
        return
    before, node = atoms[at - 1].nodes[-1], atoms[at].nodes[0]
    run = run_around(node)
    if run is None or run_around(before) is not run:
        return
    rest = _like(run)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        rest.append(copied(properties))
    moved = list(_child_of(run, node).itersiblings())
    if before is node:
        rest.append(_cut(node, atoms[at].index or 0))
    else:
        moved.insert(0, _child_of(run, node))
    rest.extend(moved)
    run.addnext(rest)


def _child_of(run: etree._Element, node: etree._Element) -> etree._Element:
    return node if node.getparent() is run else next(c for c in run if node in c.iter())


def _cut(node: etree._Element, at: int) -> etree._Element:
    text = node.text or ""
    second = copied(node)
    node.text, second.text = text[:at], text[at:]
    for each in (node, second):
        each.set(SPACE, "preserve")
    return second


def _like(element: etree._Element) -> etree._Element:
    """Give an empty element with the name and the attributes of another."""
    result = etree.Element(str(element.tag))
    for key, value in element.items():
        result.set(key, value)
    return result
