"""A Word document becomes one that every engine reads as Word does, word for word the same."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from packet_builder.documents.word.styles import Styles, named, styles_of
from packet_builder.documents.word.symbols import PICTURE_FONTS, unicode_of
from packet_builder.documents.word.word import W, Word, relationships_of, story_parts

_SETTINGS = "word/settings.xml"
_COMPATIBILITY_URI = "http://schemas.microsoft.com/office/word"


def repaired(word: Word) -> Word:
    """Take out what engines fetch or hide by mistake, and spell out picture fonts."""
    return changed(
        word, _local_template, _shown_web_text, _plain_symbols, _plain_bullets, _todays_layout
    )


def changed(word: Word, *steps: Callable[[Word], None]) -> Word:
    """Give a copy that `steps` have changed, its bytes and trees alike."""
    links = relationships_of(_SETTINGS)
    touched = {*story_parts(word), *word.related("numbering"), _SETTINGS, links} & set(word.trees)
    copies = {part: copy.deepcopy(word.trees[part]) for part in sorted(touched)}
    result = Word(word.name, word.parts, {**word.trees, **copies})
    for step in steps:
        step(result)
    written = {part: _bytes(tree) for part, tree in copies.items()}
    return Word(word.name, {**word.parts, **written}, result.trees)


def story_trees(word: Word) -> Iterator[etree._Element]:
    """Give the trees that hold text."""
    return (word.trees[part] for part in story_parts(word))


def property_of(element: etree._Element, tag: str) -> etree._Element:
    """Give an element's own run property, made where it has none."""
    properties = element.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        element.insert(0 if element.tag == f"{W}r" else len(element), properties)
    found = properties.find(f"{W}{tag}")
    return etree.SubElement(properties, f"{W}{tag}") if found is None else found


def _local_template(word: Word) -> None:
    # LibreOffice fetches whatever is linked, and the template says nothing about the text.
    settings = word.trees.get(_SETTINGS)
    if settings is not None:
        etree.strip_elements(settings, f"{W}attachedTemplate")
    links = word.trees.get(relationships_of(_SETTINGS))
    if links is not None:
        for link in list(links):
            if link.get("Type", "").endswith("/attachedTemplate"):
                links.remove(link)


def _shown_web_text(word: Word) -> None:
    # LibreOffice 7.4 leaves out text that is hidden in web pages only; Word prints it.
    for tree in story_trees(word):
        etree.strip_elements(tree, f"{W}webHidden", with_tail=False)


def _plain_symbols(word: Word) -> None:
    styles = styles_of(word)
    for tree in story_trees(word):
        for symbol in list(tree.iter(f"{W}sym")):
            _spell_symbol(symbol)
        for run in tree.iter(f"{W}r"):
            _spell_run(run, styles)


def _spell_symbol(symbol: etree._Element) -> None:
    code = chr(int(symbol.get(f"{W}char", "F020"), 16))
    drawn = unicode_of(symbol.get(f"{W}font", ""), code)
    symbol.tag = f"{W}t"
    symbol.attrib.clear()
    symbol.text = drawn


def _spell_run(run: etree._Element, styles: Styles) -> None:
    fonts = styles.run_property(run, "rFonts")
    font = None if fonts is None else fonts.get(f"{W}ascii")
    if font not in PICTURE_FONTS:
        return
    for text in run.iter(f"{W}t"):
        text.text = unicode_of(font, text.text or "")
    _name_plain_font(run)


def _plain_bullets(word: Word) -> None:
    # With the shipped fonts LibreOffice 7.4 prints nothing for a bullet of the Symbol font.
    for part in word.related("numbering"):
        for level in word.trees[part].iter(f"{W}lvl"):
            fonts = level.find(f"{W}rPr/{W}rFonts")
            font = None if fonts is None else fonts.get(f"{W}ascii")
            text = level.find(f"{W}lvlText")
            if font in PICTURE_FONTS and text is not None and named(level, "numFmt") == "bullet":
                text.set(f"{W}val", unicode_of(font, text.get(f"{W}val", "")))
                _name_plain_font(level)


def _name_plain_font(element: etree._Element) -> None:
    fonts = property_of(element, "rFonts")
    fonts.attrib.clear()
    for which in ("ascii", "hAnsi", "cs"):
        fonts.set(f"{W}{which}", "Times New Roman")


def _todays_layout(word: Word) -> None:
    # Below mode 15 the edges of tables lie 5.4 pt apart in the two engines.
    settings = word.trees.get(_SETTINGS)
    if settings is None:
        return
    for setting in settings.iter(f"{W}compatSetting"):
        if setting.get(f"{W}name") == "compatibilityMode":
            setting.set(f"{W}val", "15")
            return
    compat = settings.find(f"{W}compat")
    if compat is None:
        compat = etree.SubElement(settings, f"{W}compat")
    setting = etree.SubElement(compat, f"{W}compatSetting")
    setting.set(f"{W}name", "compatibilityMode")
    setting.set(f"{W}uri", _COMPATIBILITY_URI)
    setting.set(f"{W}val", "15")


def _bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
