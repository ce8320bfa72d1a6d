"""A Word document becomes one in which dxpdf 0.8.1 finds spelled out what it would misread."""

from __future__ import annotations

import unicodedata

from lxml import etree

from packet_builder.documents.word.repair import changed, property_of, story_trees
from packet_builder.documents.word.styles import Styles, is_on, styles_of
from packet_builder.documents.word.word import W, Word

_WRAPPERS = ("sdt", "smartTag", "customXml")
_SOFT_HYPHEN = "\u00ad"


def normalised(word: Word) -> Word:
    """Unwrap controls, write capitals and table sizes out, compose letters, drop soft hyphens."""
    return changed(word, _unwrap, _spell_capitals, _write_table_sizes, _compose)


def _unwrap(word: Word) -> None:
    # Content controls inside a line are dropped with their text.
    for tree in story_trees(word):
        for tag in _WRAPPERS:
            for wrapper in list(tree.iter(f"{W}{tag}")):
                _replace(wrapper, wrapper.find(f"{W}sdtContent") if tag == "sdt" else wrapper)


def _replace(wrapper: etree._Element, content: etree._Element | None) -> None:
    parent = wrapper.getparent()
    assert parent is not None  # noqa: S101 - only a root has none, and none of these is a root
    inner = [] if content is None else [each for each in content if each.tag not in _NOT_TEXT]
    place = parent.index(wrapper)
    parent[place : place + 1] = inner


def _spell_capitals(word: Word) -> None:
    # w:caps is ignored.
    styles = styles_of(word)
    for tree in story_trees(word):
        for run in tree.iter(f"{W}r"):
            if is_on(styles.run_property(run, "caps")):
                for text in run.iter(f"{W}t"):
                    text.text = (text.text or "").upper()


def _write_table_sizes(word: Word) -> None:
    # Inside tables the size comes from the document's default and not from the style.
    styles = styles_of(word)
    for tree in story_trees(word):
        for cell in tree.iter(f"{W}tc"):
            for run in cell.iter(f"{W}r"):
                _write_size(run, styles)


def _write_size(run: etree._Element, styles: Styles) -> None:
    size = styles.styled(run, "sz")
    if size is not None and run.find(f"{W}rPr/{W}sz") is None:
        property_of(run, "sz").set(f"{W}val", size.get(f"{W}val", ""))


def _compose(word: Word) -> None:
    # Accents that stand as characters of their own are set beside their letter; soft hyphens
    # are drawn.
    for tree in story_trees(word):
        etree.strip_elements(tree, f"{W}softHyphen", with_tail=False)
        for text in tree.iter(f"{W}t"):
            if text.text and not text.text.isascii():
                composed = unicodedata.normalize("NFC", text.text)
                text.text = composed.replace(_SOFT_HYPHEN, "")


_NOT_TEXT = frozenset({f"{W}smartTagPr", f"{W}customXmlPr"})
