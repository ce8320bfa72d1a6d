"""A Word document's styles become the property that holds for one run or paragraph."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from packet_builder.documents.word.word import W, Word

_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by their ids, and what holds where no style says anything."""

    by_id: Mapping[str, etree._Element]
    defaults: etree._Element | None
    plain: str | None  # the paragraph style where a paragraph names none
    found: dict[tuple[str | None, str], etree._Element | None] = field(default_factory=dict)

    def run_property(self, run: etree._Element, tag: str) -> etree._Element | None:
        """Give the element that sets a property of a run: its own, its styles', the default."""
        own = run.find(f"{W}rPr/{W}{tag}")
        if own is not None:
            return own
        styled = self.styled(run, tag)
        return self._default(f"rPr/{tag}") if styled is None else styled

    def styled(self, run: etree._Element, tag: str) -> etree._Element | None:
        """Give the element by which the styles of a run set a property."""
        by_run = self._of_style(named(run, "rPr/rStyle"), f"rPr/{tag}")
        if by_run is not None:
            return by_run
        return self._of_style(self.style_of(paragraph_of(run)), f"rPr/{tag}")

    def paragraph_property(self, paragraph: etree._Element, tag: str) -> etree._Element | None:
        """Give the element that sets a property of a paragraph, found by the same order."""
        own = paragraph.find(f"{W}pPr/{W}{tag}")
        if own is not None:
            return own
        styled = self._of_style(self.style_of(paragraph), f"pPr/{tag}")
        return self._default(f"pPr/{tag}") if styled is None else styled

    def style_of(self, paragraph: etree._Element | None) -> str | None:
        """Give the id of a paragraph's style."""
        return self.plain if paragraph is None else named(paragraph, "pPr/pStyle") or self.plain

    def _of_style(self, style: str | None, path: str) -> etree._Element | None:
        if (style, path) not in self.found:
            properties = (_below(each, path) for each in self.chain(style))
            present = (element for element in properties if element is not None)
            self.found[style, path] = next(present, None)
        return self.found[style, path]

    def chain(self, style: str | None) -> Iterator[etree._Element]:
        """Give a style and those that it is based on, nearest first."""
        seen = set()
        while style is not None and style in self.by_id and style not in seen:
            seen.add(style)
            yield self.by_id[style]
            style = named(self.by_id[style], "basedOn")

    def _default(self, path: str) -> etree._Element | None:
        if self.defaults is None:
            return None
        return _below(self.defaults, f"{path[:3]}Default/{path}")


def styles_of(word: Word) -> Styles:
    """Read the styles of a document."""
    trees = [word.trees[part] for part in word.related("styles")]
    styles = {
        key: style for tree in trees for style in tree.iter(f"{W}style") if (key := _id(style))
    }
    plain = (
        key
        for key, style in styles.items()
        if style.get(f"{W}type") == "paragraph" and is_set(style.get(f"{W}default"), absent=False)
    )
    defaults = (tree.find(f"{W}docDefaults") for tree in trees)
    return Styles(styles, next(defaults, None), next(plain, None))


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a property such as bold holds."""
    return element is not None and is_set(element.get(f"{W}val"), absent=True)


def is_set(value: str | None, *, absent: bool) -> bool:
    """Tell what the value of a switch says; `absent` is what no value means."""
    return absent if value is None else value not in _OFF


def named(element: etree._Element, path: str) -> str | None:
    """Give the value of the element at a path such as "rPr/rStyle" below `element`."""
    found = _below(element, path)
    return None if found is None else found.get(f"{W}val")


def paragraph_of(element: etree._Element) -> etree._Element | None:
    """Give the paragraph that an element stands in."""
    return next(element.iterancestors(f"{W}p"), None)


@functools.cache
def _path(path: str) -> str:
    return "/".join(f"{W}{step}" for step in path.split("/"))


def _below(element: etree._Element, path: str) -> etree._Element | None:
    return element.find(_path(path))


def _id(style: etree._Element) -> str | None:
    return style.get(f"{W}styleId")
