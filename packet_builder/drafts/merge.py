"""The base, the attorney's copy and the new render become her copy with our changes tracked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from packet_builder.documents.word.word import DOCUMENT, R, W, Word, packed
from packet_builder.drafts.blocks import Entry, Merger, Record, Three
from packet_builder.drafts.carry import Porter
from packet_builder.drafts.citations import Lettering
from packet_builder.drafts.comments import comment
from packet_builder.drafts.inline import Reader
from packet_builder.drafts.marks import Pen, first_free_number
from packet_builder.drafts.package import Package, related_part

_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_BOX = f"{W}txbxContent"
_EDGES = (f"{W}headerReference", f"{W}footerReference")


@dataclass(frozen=True, slots=True)
class Version:
    """A document, with the letters that its exhibits had when it was made."""

    word: Word
    letters: Mapping[str, str]  # by evidence id

    @property
    def lettering(self) -> Lettering:
        """Give which exhibit a letter means."""
        return Lettering.of(self.letters)


@dataclass(frozen=True, slots=True)
class Merged:
    """Her copy with what the facts changed."""

    content: bytes | None  # None: there is nothing to change in her copy
    entries: tuple[Entry, ...]


def merge(base: Version, edited: Word, new: Version, date: dt.date) -> Merged:
    """Merge what changed from `base` to `new` into the attorney's copy.

    Every change is a tracked one of packet_builder's; nothing of hers is removed or rewritten.
    """
    pen = Pen(date, first_free_number(edited.trees.values()))
    desk = _Desk(base, Version(edited, base.letters), new, Package(edited), pen, Record())
    desk.merge()
    if not desk.record.entries:
        return Merged(None, ())
    return Merged(packed(desk.package.finished()), tuple(desk.record.entries))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Goes through the parts of the three versions."""

    base: Version
    edited: Version
    new: Version
    package: Package
    pen: Pen
    record: Record

    def merge(self) -> None:
        body = self._merger(DOCUMENT, DOCUMENT, DOCUMENT)
        root = self.package.tree(DOCUMENT)
        base, new = self.base.word.body, self.new.word.body
        path = f"{W}body"
        body.container(Three(_found(base, path), _found(root, path), _found(new, path)))
        for three in list(self.record.inner):
            self._things(body, three)
        body.reletter_hers(root)
        self._edges(root)
        for kind in _NOTES.values():
            part = related_part(self.edited.word, kind)
            if part is not None:
                self._merger(part, part, part).reletter_hers(self.package.tree(part))
        for complaint in self.record.complaints:
            comment(self.package, self.pen, complaint.at, complaint.text)

    def _merger(self, base: str, edited: str, new: str) -> Merger:
        porter = Porter(self.new.word, self.package, self.pen, {}, edited, new)
        return Merger(
            _reader(self.base, base),
            _reader(self.edited, edited),
            _reader(self.new, new),
            porter,
            self.record,
        )

    def _things(self, body: Merger, three: Three) -> None:
        """Merge the notes and the text boxes of a paragraph that all three have."""
        if next(three.new.iter(_BOX, *_NOTES), None) is None:
            return
        readers = (body.base, body.edited, body.new)
        elements = (three.base, three.edited, three.new)
        things = [
            [token.node for token in reader.tokens(element) if token.node is not None]
            for reader, element in zip(readers, elements, strict=True)
        ]
        for boxes in zip_longest(*map(_boxes, things)):
            self._inner(body, boxes, "a text box")
        for tag, kind in _NOTES.items():
            self._notes(things, tag, kind)

    def _notes(self, things: Sequence[Sequence[etree._Element]], tag: str, kind: str) -> None:
        versions = (self.base, self.edited, self.new)
        parts = [related_part(version.word, kind) for version in versions]
        if not all(parts):
            return
        merger = self._merger(*(part or "" for part in parts))
        notes = [
            _notes(self._tree(version, part or ""), _numbers(found, tag))
            for version, part, found in zip(versions, parts, things, strict=True)
        ]
        for found in zip_longest(*notes):
            self._inner(merger, found, "a note")

    def _tree(self, version: Version, part: str) -> etree._Element:
        return self.package.tree(part) if version is self.edited else version.word.trees[part]

    def _inner(self, merger: Merger, found: tuple[etree._Element | None, ...], what: str) -> None:
        """Merge one container that hangs on a paragraph; what both changed is a conflict."""
        base, edited, new = found
        if base is None or edited is None or new is None:
            return
        three = Three(base, edited, new)
        hers_same, ours_same = merger.same(three)
        if ours_same:
            return
        if hers_same:
            merger.container(three)
            return
        said = (merger.said(merger.edited, edited), merger.said(merger.new, new))
        if said[0] != said[1]:
            self.record.conflict(edited, *said, f"the attorney and the facts changed {what}")

    def _edges(self, root: etree._Element) -> None:
        """Merge headers and footers, section by section."""
        versions = (self.base.word.body, root, self.new.word.body)
        words = (self.base.word, self.edited.word, self.new.word)
        named = [dict(_edges_of(word, tree)) for word, tree in zip(words, versions, strict=True)]
        done: set[str] = set()
        for place in dict.fromkeys((*named[0], *named[2])):
            base, edited, new = (parts.get(place) for parts in named)
            if new is None or edited in done:
                continue
            if base is None or edited is None:
                self._without_partner(base, new, f"a {place[1]}")
                continue
            done.add(edited)
            merger = self._merger(base, edited, new)
            trees = (self.base.word.trees[base], self.package.tree(edited))
            self._inner(merger, (*trees, self.new.word.trees[new]), f"a {place[1]}")
            merger.reletter_hers(self.package.tree(edited))

    def _without_partner(self, base: str | None, new: str, what: str) -> None:
        """Tell of a header or footer that her copy does not have, and that says something new."""
        ours = _said(_reader(self.new, new), self.new.word.trees[new])
        was = "" if base is None else _said(_reader(self.base, base), self.base.word.trees[base])
        if ours != was:
            self.record.conflict(None, "", ours, f"the attorney's copy has no such {what[2:]}")


def _reader(version: Version, part: str) -> Reader:
    return Reader(version.word, part, version.lettering)


def _said(reader: Reader, tree: etree._Element) -> str:
    lines = (reader.text(each) for each in tree.iter(f"{W}p"))
    return " ".join(" ".join(lines).split())


def _found(tree: etree._Element, path: str) -> etree._Element:
    found = tree.find(path)
    assert found is not None  # noqa: S101 - open_word refuses a document without a body
    return found


def _boxes(things: Sequence[etree._Element]) -> list[etree._Element]:
    return [box for thing in things for box in thing.iter(_BOX)]


def _numbers(things: Sequence[etree._Element], tag: str) -> list[str]:
    return [thing.get(f"{W}id", "") for thing in things if thing.tag == tag]


def _notes(tree: etree._Element, numbers: Sequence[str]) -> list[etree._Element]:
    by_number = {each.get(f"{W}id", ""): each for each in tree}
    return [by_number[number] for number in numbers if number in by_number]


def _edges_of(word: Word, tree: etree._Element) -> Iterator[tuple[tuple[int, str, str], str]]:
    targets = {link.id: link.target for link in word.relationships()}
    for number, section in enumerate(tree.iter(f"{W}sectPr")):
        for edge in section.iterchildren(*_EDGES):
            part = targets.get(edge.get(f"{R}id", ""), "")
            if part in word.trees:
                kind = etree.QName(edge).localname.removesuffix("Reference")
                yield (number, kind, edge.get(f"{W}type", "default")), part
