"""A numbered paragraph's list definition becomes the shape that its printed label must have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from packet_builder.documents.word.styles import Styles, named, styles_of
from packet_builder.documents.word.word import W, Word

_SHAPES: Mapping[str, str] = {
    "decimal": r"\d+",
    "decimalZero": r"\d+",
    "upperRoman": "[ivxlcdm]+",  # texts are compared without regard to case
    "lowerRoman": "[ivxlcdm]+",
    "upperLetter": "[a-z]+",
    "lowerLetter": "[a-z]+",
}
_PLACEHOLDER = re.compile(r"(%[1-9])")


@dataclass(frozen=True, slots=True)
class Labels:
    """The list definitions of a document."""

    styles: Styles
    lists: Mapping[str, Mapping[str, etree._Element]]  # levels by list and level number

    def shape_of(self, paragraph: etree._Element) -> str | None:
        """Give a pattern for the label of a paragraph, without spaces; None where it has none."""
        level = self.level_of(paragraph)
        if level is None:
            return None
        if named(level, "numFmt") == "bullet":
            return re.escape((named(level, "lvlText") or "").strip()) or None
        parts = _PLACEHOLDER.split("".join((named(level, "lvlText") or "").split()))
        shape = "".join(self._shape(paragraph, part) for part in parts)
        return shape or None

    def level_of(self, paragraph: etree._Element) -> etree._Element | None:
        """Give the level of the list that a paragraph is an item of; None where it is none."""
        numbering = self.styles.paragraph_property(paragraph, "numPr")
        if numbering is None:
            return None
        own = paragraph.find(f"{W}pPr/{W}numPr")
        level = named(own if own is not None else numbering, "ilvl") or named(numbering, "ilvl")
        levels = self.lists.get(named(numbering, "numId") or "", {})
        return levels.get(level or self._level_of_style(paragraph, levels))

    def _level_of_style(
        self, paragraph: etree._Element, levels: Mapping[str, etree._Element]
    ) -> str:
        style = self.styles.style_of(paragraph)
        linked = (key for key, level in levels.items() if named(level, "pStyle") == style)
        return next(linked, "0")

    def _shape(self, paragraph: etree._Element, part: str) -> str:
        if not _PLACEHOLDER.fullmatch(part):
            return re.escape(part)
        numbering = self.styles.paragraph_property(paragraph, "numPr")
        levels = {} if numbering is None else self.lists.get(named(numbering, "numId") or "", {})
        level = levels.get(str(int(part[1]) - 1))
        form = "decimal" if level is None else named(level, "numFmt") or "decimal"
        return "" if form == "none" else _SHAPES.get(form, r"\w+")


def labels_of(word: Word) -> Labels:
    """Read the list definitions of a document."""
    trees = [word.trees[part] for part in word.related("numbering")]
    kinds = {
        kind.get(f"{W}abstractNumId"): kind
        for tree in trees
        for kind in tree.iterchildren(f"{W}abstractNum")
    }
    lists = {
        key: _levels(entry, kinds.get(named(entry, "abstractNumId")))
        for tree in trees
        for entry in tree.iterchildren(f"{W}num")
        if (key := entry.get(f"{W}numId"))
    }
    return Labels(styles_of(word), lists)


def _levels(entry: etree._Element, kind: etree._Element | None) -> dict[str, etree._Element]:
    own = [] if kind is None else kind.findall(f"{W}lvl")
    changed = entry.findall(f"{W}lvlOverride/{W}lvl")
    return {key: level for level in (*own, *changed) if (key := level.get(f"{W}ilvl"))}
