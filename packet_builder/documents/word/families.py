"""A Word document becomes the font families that its words are set in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from packet_builder.documents.word.styles import Styles, named, paragraph_of, styles_of
from packet_builder.documents.word.word import W, Word, story_parts

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Families:
    """What says in which family a run is set: its styles, and the theme of the document."""

    styles: Styles
    themes: Mapping[str, str]  # the family of headings, "major", and of text, "minor"

    def of(self, run: etree._Element) -> str:
        """Give the family of a run: its own, its styles', the default; "" where none is named."""
        styles = self.styles
        kinds = (named(run, "rPr/rStyle"), styles.style_of(paragraph_of(run)))
        chains = (style for kind in kinds for style in styles.chain(kind))
        defaults = () if styles.defaults is None else styles.defaults.findall(f"{W}rPrDefault")
        for each in (run, *chains, *defaults):
            fonts = each.find(f"{W}rPr/{W}rFonts")
            if fonts is None:
                continue
            if theme := fonts.get(f"{W}asciiTheme"):
                return self.themes.get(theme[:5], str(theme))
            if family := fonts.get(f"{W}ascii"):
                return str(family)
        return ""


def families_in(word: Word, styles: Styles) -> Families:
    """Read what a document says of its families."""
    return Families(styles, dict(_themes(word)))


def families_of(word: Word) -> tuple[str, ...]:
    """Give the families of what a document shows, each once, in the order of the document."""
    families = families_in(word, styles_of(word))
    found = (
        families.of(run)
        for part in story_parts(word)
        for run in word.trees[part].iter(f"{W}r")
        if any((text.text or "").strip() for text in run.iter(f"{W}t"))
    )
    return tuple(dict.fromkeys(filter(None, found)))


def _themes(word: Word) -> Iterator[tuple[str, str]]:
    for part in word.related("theme"):
        for which in ("major", "minor"):
            latin = word.trees[part].find(f".//{_DRAWING}{which}Font/{_DRAWING}latin")
            if latin is not None:
                yield which, latin.get("typeface", "")
