"""Three versions of a container become one: paragraphs, tables, rows, cells, block by block.

The attorney's blocks stay where and as they are. What the new render changes is written into them
as tracked changes; what both changed stays hers, and is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from packet_builder.documents.word.word import W
from packet_builder.drafts.align import Shape, paired
from packet_builder.drafts.carry import Porter, list_number
from packet_builder.drafts.deleting import ends_section, mark_deleted
from packet_builder.drafts.edits import can_write, changes, letters_changed, written
from packet_builder.drafts.inline import Cited, Reader, Token
from packet_builder.drafts.marks import COME, GONE, LIVE_NAMES, copied, paragraph_mark, rename
from packet_builder.drafts.placing import place_behind, place_first
from packet_builder.drafts.rewriting import Edit, rewrite
from packet_builder.drafts.three_way import Key

_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_CONTROL = f"{W}sdt"
_BLOCKS = frozenset({_PARAGRAPH, _TABLE, _CONTROL, f"{W}customXml"})


class Deed(StrEnum):
    """What was done at a place."""

    UPDATED = "updated"  # the facts changed a paragraph that she had left alone
    MERGED = "merged"  # the facts changed words of a paragraph that she had edited
    INSERTED = "inserted"
    DELETED = "deleted"
    RELETTERED = "re-lettered"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a merge did, or could not do."""

    deed: Deed
    hers: str  # what stands in her copy
    ours: str  # what the facts say now
    why: str = ""  # of a conflict


@dataclass(frozen=True, slots=True)
class Three:
    """The same place in the three versions."""

    base: etree._Element
    edited: etree._Element
    new: etree._Element


@dataclass(frozen=True, slots=True)
class Complaint:
    """A conflict that she is to be told of at a place."""

    at: etree._Element | None
    text: str


@dataclass(slots=True)
class Record:
    """What a merge found out."""

    entries: list[Entry] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    inner: list[Three] = field(default_factory=list)  # paragraphs that all three have
    ours: list[etree._Element] = field(default_factory=list)  # blocks that were inserted

    def conflict(self, at: etree._Element | None, hers: str, ours: str, why: str) -> None:
        """Record what both changed; her copy does not have what the facts say now."""
        now = f' The facts now give: "{ours}"' if ours else ""
        self._conflict(at, Entry(Deed.CONFLICT, hers, ours, why), now)

    def side_by_side(self, at: etree._Element, hers: str, ours: str) -> None:
        """Record words that both changed; ours follow hers as a tracked paragraph."""
        why = "the attorney and the facts changed the same words"
        now = " What the facts give now follows as a tracked paragraph."
        self._conflict(at, Entry(Deed.CONFLICT, hers, ours, why), now)

    def _conflict(self, at: etree._Element | None, entry: Entry, now: str) -> None:
        if entry not in self.entries:  # a text box stands twice in a document, for old readers
            self.entries.append(entry)
            self.complaints.append(Complaint(at, f"Conflict: {entry.why}.{now}"))


@dataclass(frozen=True, slots=True)
class Merger:
    """Merges containers of one part."""

    base: Reader
    edited: Reader
    new: Reader
    porter: Porter
    record: Record

    def container(self, three: Three) -> None:
        """Merge all that stands in a body, a cell, a header, a note, a text box."""
        base, edited, new = (_content(each) for each in (three.base, three.edited, three.new))
        self._siblings(edited, _blocks(base), _blocks(edited), _blocks(new))

    def same(self, three: Three) -> tuple[bool, bool]:
        """Tell whether she left a container alone, and whether the facts did."""
        base = shape_of(self.base, three.base).keys
        hers, ours = shape_of(self.edited, three.edited).keys, shape_of(self.new, three.new).keys
        return base == hers and not _is_touched(three.edited), base == ours

    def reletter_hers(self, root: etree._Element) -> None:
        """Re-letter what stands in her copy only, and complain of exhibits that are gone."""
        merged = {three.edited for three in self.record.inner}
        ours = {each for block in self.record.ours for each in block.iter(_PARAGRAPH)}
        for paragraph in list(root.iter(_PARAGRAPH)):
            if paragraph not in merged and paragraph not in ours:
                self._reletter(paragraph, self.edited.tokens(paragraph))

    def said(self, reader: Reader, block: etree._Element) -> str:
        """Give what a block says, on one line."""
        return " ".join(" ".join(reader.text(each) for each in block.iter(_PARAGRAPH)).split())

    def _siblings(
        self,
        parent: etree._Element,
        base: Sequence[etree._Element],
        edited: Sequence[etree._Element],
        new: Sequence[etree._Element],
    ) -> None:
        shapes = [shape_of(self.base, each) for each in base]
        hers = paired(shapes, [shape_of(self.edited, each) for each in edited])
        ours = paired(shapes, [shape_of(self.new, each) for each in new])
        anchor: etree._Element | None = None
        anchors: dict[int, etree._Element | None] = {}
        for at, block in enumerate(base):
            now = new[ours[at]] if at in ours else None
            if at in hers:
                anchor = self._block(block, edited[hers[at]], now)
            elif now is not None:
                self._gone_from_hers(block, now, anchor)
            if at in ours:
                anchors[ours[at]] = anchor
        self._insert(parent, new, anchors)

    def _block(
        self, base: etree._Element, edited: etree._Element, new: etree._Element | None
    ) -> etree._Element:
        """Merge one block; give behind what new blocks come that follow it."""
        if new is None:
            self._dropped(base, edited)
            return edited
        three = Three(base, edited, new)
        if base.tag == _PARAGRAPH:
            return self._paragraph(three)
        if base.tag == _TABLE:
            rows = [each.findall(_ROW) for each in (base, edited, new)]
            self._siblings(edited, *rows)
        elif base.tag == _ROW:
            self._cells(three)
        else:
            self.container(three)
        return edited

    def _gone_from_hers(
        self, base: etree._Element, new: etree._Element, near: etree._Element | None
    ) -> None:
        if shape_of(self.base, base) != shape_of(self.new, new):
            why = "the attorney deleted a passage whose facts have changed since"
            self.record.conflict(near, "", self.said(self.new, new), why)

    def _dropped(self, base: etree._Element, edited: etree._Element) -> None:
        if _is_marked_gone(edited):
            return
        said = self.said(self.edited, edited)
        if shape_of(self.base, base) != shape_of(self.edited, edited) or _is_touched(edited):
            why = "the facts no longer give a passage that the attorney edited"
            self.record.conflict(edited, said, "", why)
        elif any(ends_section(each) for each in edited.iter(_PARAGRAPH)):
            why = "a section ends with a passage that the facts no longer give"
            self.record.conflict(edited, said, "", why)
        else:
            mark_deleted(edited, self.porter.pen)
            self.record.entries.append(Entry(Deed.DELETED, said, ""))

    def _cells(self, three: Three) -> None:
        base, edited, new = (each.findall(_CELL) for each in (three.base, three.edited, three.new))
        if len(base) == len(edited) == len(new):
            for cells in zip(base, edited, new, strict=True):
                self.container(Three(*cells))
        elif shape_of(self.base, three.base) != shape_of(self.new, three.new):
            hers, ours = self.said(self.edited, three.edited), self.said(self.new, three.new)
            self.record.conflict(three.edited, hers, ours, "a table row has other columns")

    def _paragraph(self, three: Three) -> etree._Element:
        self.record.inner.append(three)
        self.porter.learn(list_number(three.base), list_number(three.edited))
        base, edited = self.base.tokens(three.base), self.edited.tokens(three.edited)
        new = self.new.tokens(three.new)
        keys = [[token.key for token in tokens] for tokens in (base, edited, new)]
        if keys[2] in (keys[0], keys[1]):
            self._reletter(three.edited, edited)
            return three.edited
        if _is_marked_gone(three.edited):
            self._gone_from_hers(three.base, three.new, three.edited)
            return three.edited
        found = changes(*keys)
        if found is None or not can_write(found, edited, new):
            return self._both_changed(three, edited)
        deed = Deed.UPDATED if keys[0] == keys[1] else Deed.MERGED
        self._write(three.edited, edited, [written(each, edited, new) for each in found], deed)
        return three.edited

    def _both_changed(self, three: Three, edited: Sequence[Token]) -> etree._Element:
        hers, ours = self.said(self.edited, three.edited), self.said(self.new, three.new)
        inserted = self._inserted(three.new)
        place_behind(three.edited, inserted, self.porter.pen)
        self._reletter(three.edited, edited)
        self.record.side_by_side(three.edited, hers, ours)
        return inserted

    def _insert(
        self,
        parent: etree._Element,
        new: Sequence[etree._Element],
        anchors: dict[int, etree._Element | None],
    ) -> None:
        tails: dict[etree._Element | None, etree._Element] = {}
        origin: etree._Element | None = None
        for position, outer in enumerate(new):
            if position in anchors:
                origin = anchors[position]
                continue
            for block in _flat(outer):
                inserted = self._inserted(block)
                behind = tails.get(origin, origin)
                if behind is None:
                    place_first(parent, inserted)
                else:
                    place_behind(behind, inserted, self.porter.pen)
                tails[origin] = inserted
                self.record.entries.append(Entry(Deed.INSERTED, "", self.said(self.new, block)))

    def _inserted(self, block: etree._Element) -> etree._Element:
        inserted = self.porter.inserted(block)
        self.record.ours.append(inserted)
        return inserted

    def _reletter(self, paragraph: etree._Element, tokens: Sequence[Token]) -> None:
        self._write(paragraph, tokens, [], Deed.RELETTERED)

    def _write(
        self,
        paragraph: etree._Element,
        tokens: Sequence[Token],
        edits: Sequence[Edit],
        deed: Deed,
    ) -> None:
        letters = {evidence: letter for letter, evidence in self.new.lettering.by_letter.items()}
        for token in tokens:
            if isinstance(token.key, Cited) and token.key.evidence not in letters:
                why = f"Exhibit {token.text} ({token.key.evidence}) is no longer filed"
                said = self.edited.text(paragraph)
                if not any(edit.start <= token.start < edit.end for edit in edits):
                    self.record.conflict(paragraph, said, "", why)
        both = [*edits, *letters_changed(tokens, letters, edits)]
        if both:
            said = self.edited.text(paragraph)
            rewrite(paragraph, both, self.edited, self.porter.pen)
            self.record.entries.append(Entry(deed, said, self.edited.text(paragraph)))


def shape_of(reader: Reader, block: etree._Element) -> Shape:
    """Give what a block is compared by; one that was struck out by what it said before."""
    keys: list[Key] = []
    for paragraph in block.iter(_PARAGRAPH):
        found = reader.keys(paragraph)
        keys += found or reader.keys(_restored(paragraph))
        keys.append("\n")
    return Shape(str(block.tag), tuple(keys[:-1]))


def _restored(paragraph: etree._Element) -> etree._Element:
    if next(paragraph.iter(*GONE), None) is None:
        return paragraph
    result = copied(paragraph)
    rename(result, LIVE_NAMES)
    for mark in list(result.iter(*GONE)):
        parent = mark.getparent()
        if parent is not None:
            at = parent.index(mark)
            parent[at : at + 1] = list(mark)
    return result


def _content(container: etree._Element) -> etree._Element:
    found = container.find(f"{W}sdtContent") if container.tag == _CONTROL else None
    return container if found is None else found


def _blocks(container: etree._Element) -> list[etree._Element]:
    return [each for each in container if each.tag in _BLOCKS]


def _flat(block: etree._Element) -> Iterator[etree._Element]:
    """Give a block, or what a control around blocks holds."""
    if block.tag in {_PARAGRAPH, _TABLE, _ROW}:
        yield block
    else:
        for inner in _blocks(_content(block)):
            yield from _flat(inner)


def _is_marked_gone(block: etree._Element) -> bool:
    """Tell whether somebody struck out a whole block."""
    if block.tag == _ROW:
        return block.find(f"{W}trPr/{W}del") is not None
    paragraphs = list(block.iter(_PARAGRAPH))
    return bool(paragraphs) and all(
        paragraph_mark(each, GONE) is not None and _has_no_live_run(each) for each in paragraphs
    )


def _has_no_live_run(paragraph: etree._Element) -> bool:
    texts = (each for each in paragraph.iter(f"{W}t"))
    return all(next(each.iterancestors(*GONE), None) is not None for each in texts)


def _is_touched(block: etree._Element) -> bool:
    """Tell whether somebody left marks in a block: changes, or a comment."""
    marks = (*GONE, *COME, f"{W}commentReference", f"{W}commentRangeStart")
    return next(block.iter(*marks), None) is not None
