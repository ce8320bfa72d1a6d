"""A Word document becomes what a reader sees of it, so that a mere re-save is no edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from packet_builder.documents.word.families import Families, families_in
from packet_builder.documents.word.labels import Labels, labels_of
from packet_builder.documents.word.styles import is_on, named
from packet_builder.documents.word.word import R, W, Word
from packet_builder.drafts.inline import Atom, Reader
from packet_builder.drafts.marks import COME, GONE, paragraph_mark, within_paragraph
from packet_builder.drafts.package import related_part
from packet_builder.drafts.rewriting import run_around

#: A length counts as the same where it is no further off: LibreOffice keeps hundredths of a mm.
_TOLERANCE = 3
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_EMU_A_TWIP = 635

Value: TypeAlias = "str | int | tuple[Value, ...]"

_SWITCHES = ("b", "i", "strike", "dstrike", "caps", "smallCaps", "vanish")
_VALUES = {"u": "none", "vertAlign": "baseline", "color": "auto", "highlight": "none"}
_KEPT_TOGETHER = ("keepNext", "keepLines")
_RUN_LENGTHS = ("spacing", "position")
_SIDES = ("left", "right", "firstLine", "hanging")
_SAME_SIDE = {"left": "start", "right": "end"}
_SPACES = ("before", "after", "line")
_ALIGNED = {"start": "left", "end": "right", "both": "both"}
_PAPER = (("pgSz", ("w", "h")), ("pgMar", ("top", "right", "bottom", "left")))
_REVISIONS = frozenset((*COME, *GONE))


def same_content(one: Word, other: Word) -> bool:
    """Tell whether two documents show the same: words, formats, changes, comments, pictures."""
    return next(content_differences(one, other), None) is None


def content_differences(one: Word, other: Word) -> Iterator[tuple[Value, Value]]:
    """Give what two documents show differently, piece by piece."""
    yield from _differences(_content(one), _content(other))


def _differences(one: Value, other: Value) -> Iterator[tuple[Value, Value]]:
    if isinstance(one, int) and isinstance(other, int):
        if abs(one - other) > _TOLERANCE:
            yield one, other
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from _differences(first, second)
    elif one != other:
        yield one, other


def _content(word: Word) -> Value:
    labels = labels_of(word)
    families = families_in(word, labels.styles)
    body = _View(Reader(word), labels, families)
    edges = (
        _View(Reader(word, part), labels, families).of(word.trees[part])
        for kind in ("header", "footer")
        for part in _edges(word, kind)
    )
    notes = (tuple(_notes(word, kind)) for kind in ("footnote", "endnote"))
    paper = (_paper(section) for section in word.body.iter(f"{W}sectPr"))
    shown = (body.of(word.body), tuple(edges), tuple(notes), tuple(_comments(word)))
    return (*shown, tuple(paper))


def _edges(word: Word, kind: str) -> Iterator[str]:
    """Name the headers or footers that say something, section by section, kind by kind."""
    targets = {link.id: link.target for link in word.relationships()}
    for section in word.body.iter(f"{W}sectPr"):
        marks = section.findall(f"{W}{kind}Reference")
        for mark in sorted(marks, key=lambda each: each.get(f"{W}type", "default")):
            part = targets.get(mark.get(f"{R}id", ""), "")
            if part in word.trees and _says_something(word.trees[part]):
                yield part


def _says_something(tree: etree._Element) -> bool:
    return next(tree.iter(f"{W}t", f"{W}drawing", f"{W}pict"), None) is not None


def _notes(word: Word, kind: str) -> Iterator[Value]:
    part = related_part(word, f"{kind}s")
    if part is None:
        return
    reader = Reader(word, part)
    notes = {note.get(f"{W}id"): note for note in word.trees[part]}
    for mark in word.body.iter(f"{W}{kind}Reference"):
        note = notes.get(mark.get(f"{W}id"))
        if note is not None:
            yield _words(reader, note)


def _comments(word: Word) -> Iterator[Value]:
    part = related_part(word, "comments")
    if part is not None:
        reader = Reader(word, part)
        for comment in word.trees[part]:
            yield (comment.get(f"{W}author", ""), _words(reader, comment))


def _words(reader: Reader, root: etree._Element) -> str:
    """Give the words below an element, without their formats."""
    lines = (reader.text(each) for each in root.iter(f"{W}p"))
    return " ".join(" ".join(lines).split())


def _paper(section: etree._Element) -> Value:
    found = ((section.find(f"{W}{tag}"), names) for tag, names in _PAPER)
    sizes = tuple(
        _length(element.get(f"{W}{name}"))
        for element, names in found
        if element is not None
        for name in names
    )
    columns = section.find(f"{W}cols")
    return (sizes, "1" if columns is None else columns.get(f"{W}num", "1"))


@dataclass(frozen=True, slots=True)
class _View:
    reader: Reader
    labels: Labels
    families: Families
    formats: dict[etree._Element, tuple[Value, ...]] = field(default_factory=dict)

    def of(self, root: etree._Element) -> Value:
        """Give all paragraphs and rows below an element, in order."""
        return tuple(self._seen(root))

    def _seen(self, root: etree._Element) -> Iterator[Value]:
        for element in root.iter(f"{W}p", f"{W}tr"):
            if element.tag == f"{W}tr":
                yield self._row(element)
            else:
                yield (self._layout(element), *self._pieces(element))

    def _row(self, row: etree._Element) -> Value:
        marks = [tag for tag in ("ins", "del") if row.find(f"{W}trPr/{W}{tag}") is not None]
        spans = [named(cell, "tcPr/gridSpan") or "1" for cell in row.findall(f"{W}tc")]
        height = row.find(f"{W}trPr/{W}trHeight")
        shades = [self._fill(cell.find(f"{W}tcPr/{W}shd")) for cell in row.findall(f"{W}tc")]
        return ("row", *marks, *spans, *shades, _length(_value(height)))

    def _pieces(self, paragraph: etree._Element) -> Iterator[Value]:
        atoms = [*self.reader.atoms(paragraph)]
        for who, deleted in groupby(paragraph.iter(f"{W}delText"), _deleted_by):
            yield ("deleted", who, "".join(each.text or "" for each in deleted))
        for look, group in groupby(atoms, self._look):
            alike = list(group)
            sizes = (size for atom in alike for size in _sizes(atom))
            yield (look, "".join(map(_said, alike)), *sizes)

    def _look(self, atom: Atom) -> Value:
        node = atom.nodes[0]
        marks = [each for each in within_paragraph(node) if each.tag in _REVISIONS]
        who = tuple(f"{etree.QName(each).localname} {each.get(f'{W}author')}" for each in marks)
        run = run_around(node)
        if run is None or atom.thing is not None or atom.text.isspace():
            return (who,)
        return (who, self._target(node), *self._format(run))

    def _target(self, node: etree._Element) -> str:
        """Say where a link leads."""
        link = next((each for each in within_paragraph(node) if each.tag == f"{W}hyperlink"), None)
        if link is None:
            return ""
        targets = {
            each.id: each.target for each in self.reader.word.relationships(self.reader.part)
        }
        return link.get(f"{W}anchor") or targets.get(link.get(f"{R}id", ""), "")

    def _format(self, run: etree._Element) -> tuple[Value, ...]:
        """Give how a run looks; it is asked for each piece of its words."""
        if run not in self.formats:
            self.formats[run] = tuple(self._formatted(run))
        return self.formats[run]

    def _formatted(self, run: etree._Element) -> Iterator[Value]:
        styles = self.labels.styles
        for switch in _SWITCHES:
            yield str(is_on(styles.run_property(run, switch)))
        for tag, absent in _VALUES.items():
            found = styles.run_property(run, tag)
            value = absent if found is None else found.get(f"{W}val", absent)
            yield value.casefold()
        yield self._fill(styles.run_property(run, "shd"))
        for tag in _RUN_LENGTHS:
            yield _length(_value(styles.run_property(run, tag)))
        size = styles.run_property(run, "sz")
        yield _length(None if size is None else size.get(f"{W}val")) * _TOLERANCE * 2
        yield self.families.of(run)

    def _layout(self, paragraph: etree._Element) -> Value:
        aligned = self._attribute(paragraph, "jc", "val") or "left"
        marks = paragraph_mark(paragraph, _REVISIONS)
        return (
            _ALIGNED.get(aligned, aligned),
            "" if marks is None else str(marks.tag),
            str(is_on(self.labels.styles.paragraph_property(paragraph, "pageBreakBefore"))),
            self.labels.shape_of(paragraph) or "",
            *(str(is_on(self._of_layout(paragraph, tag))) for tag in _KEPT_TOGETHER),
            self._fill(self._of_layout(paragraph, "shd")),
            self._edges_drawn(paragraph),
            self._stops(paragraph),
            *(self._side(paragraph, side) for side in _SIDES),
            *(_length(self._attribute(paragraph, "spacing", name)) for name in _SPACES),
        )

    def _of_layout(self, paragraph: etree._Element, tag: str) -> etree._Element | None:
        return self.labels.styles.paragraph_property(paragraph, tag)

    def _fill(self, shade: etree._Element | None) -> str:
        fill = "" if shade is None else shade.get(f"{W}fill", "").casefold()
        return "" if fill in {"auto", "ffffff"} else fill

    def _edges_drawn(self, paragraph: etree._Element) -> Value:
        borders = self._of_layout(paragraph, "pBdr")
        drawn = [] if borders is None else list(borders)
        kinds = ((etree.QName(each).localname, each.get(f"{W}val", "none")) for each in drawn)
        return tuple(sorted(kind for kind in kinds if kind[1] not in {"none", "nil"}))

    def _stops(self, paragraph: etree._Element) -> Value:
        """Give the tab stops that a paragraph sets itself."""
        stops = paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab")
        found = [(each.get(f"{W}val", ""), _length(each.get(f"{W}pos"))) for each in stops]
        return tuple(sorted(stop for stop in found if stop[0] not in {"clear", "num"}))

    def _side(self, paragraph: etree._Element, side: str) -> int:
        return _length(
            self._attribute(paragraph, "ind", side)
            or self._attribute(paragraph, "ind", _SAME_SIDE.get(side, side))
        )

    def _attribute(self, paragraph: etree._Element, tag: str, name: str) -> str | None:
        """Give an attribute of a paragraph's layout: its own, its list's, its styles'."""
        for properties in self._layers(paragraph):
            found = properties.find(f"{W}{tag}")
            if found is not None and found.get(f"{W}{name}") is not None:
                return found.get(f"{W}{name}")
        return None

    def _layers(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        styles = self.labels.styles
        level = self.labels.level_of(paragraph)
        own = [paragraph] if level is None else [paragraph, level]
        defaults = [] if styles.defaults is None else styles.defaults.findall(f"{W}pPrDefault")
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        around = None if table is None else named(table, "tblPr/tblStyle")
        chains = (*styles.chain(styles.style_of(paragraph)), *styles.chain(around))
        for each in (*own, *chains, *defaults):
            found = each.find(f"{W}pPr")
            if found is not None:
                yield found


def _deleted_by(text: etree._Element) -> str:
    marks = (each for each in within_paragraph(text) if each.tag in GONE)
    return next((mark.get(f"{W}author", "") for mark in marks), "")


def _sizes(atom: Atom) -> Iterator[int]:
    """Give width and height of a picture from a file, in twentieths of a point."""
    if atom.thing is not None and atom.thing.kind == "picture" and atom.thing.what:
        for extent in atom.nodes[0].iter(_EXTENT):
            yield from (round(int(extent.get(side, "0")) / _EMU_A_TWIP) for side in ("cx", "cy"))


def _said(atom: Atom) -> str:
    if atom.thing is None:
        return atom.text
    return f"[{atom.thing.kind} {atom.thing.what}]"


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _length(value: str | None) -> int:
    try:
        return round(float(value or "0"))
    except ValueError:
        return 0
