"""A Word document becomes what in it dxpdf 0.8.1 prints wrongly, or leaves out without a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree

from packet_builder.documents.engines.engine import FeatureError
from packet_builder.documents.word.repair import story_trees
from packet_builder.documents.word.styles import Styles, is_on, named, styles_of
from packet_builder.documents.word.text import Paragraph, Reading, Story, place_of, read
from packet_builder.documents.word.word import R, W, Word

# Each was seen to be lost or drawn wrongly, beside LibreOffice's page.
_RUN_SWITCHES: Mapping[str, str] = {
    "strike": "struck-through text",
    "dstrike": "double struck-through text",
    "smallCaps": "small capitals",
    "outline": "outlined text",
    "shadow": "shadowed text",
    "emboss": "embossed text",
    "imprint": "engraved text",
    "rtl": "right-to-left text",
}
_RUN_VALUES: Mapping[str, tuple[str, frozenset[str]]] = {
    "u": ("an underline other than a single line", frozenset({"single", "none"})),
    "em": ("emphasis marks", frozenset({"none"})),
    "bdr": ("a border around words", frozenset({"none", "nil"})),
    "position": ("raised or lowered text", frozenset({"0"})),
    "fitText": ("text fitted to a width", frozenset()),
}
_ELEMENTS: Mapping[str, str] = {
    f"{W}txbxContent": "a text box",
    f"{W}pict": "a drawing or watermark of an older Word",
    f"{W}object": "an embedded object",
    f"{W}ffData": "a form field",
    f"{W}framePr": "a frame or drop capital",
    f"{W}textDirection": "turned text",
    f"{W}ruby": "text above text",
    f"{W}bdo": "text of forced direction",
    f"{W}dir": "text of forced direction",
    f"{W}bidi": "a right-to-left paragraph",
    f"{W}pgNum": "a page number of an older Word",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": "an equation",
}
_STYLE_NAMES = (f"{W}pStyle", f"{W}rStyle")
_SECTION: Mapping[str, str] = {
    "pgBorders": "page borders",
    "lnNumType": "line numbers",
    "bidi": "a right-to-left section",
}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
# dxpdf prints the stored result of these; only PAGE and NUMPAGES in headers and footers are live.
_STORED = frozenset({"SECTIONPAGES", "SECTION", "PAGEREF", "SEQ", "AUTONUM", "LISTNUM", "TOC"})
_LIVE = frozenset({"PAGE", "NUMPAGES"})
# Their letters join or move, which dxpdf does not do, or does so that no text can be read back.
_SHAPED: tuple[tuple[int, int], ...] = (
    (0x0590, 0x05CF),
    (0x05EB, 0x109F),
    (0x1780, 0x18AF),
    (0x1900, 0x1AAF),
    (0x1B00, 0x1CFF),
)
_SHAPED += ((0xA800, 0xABFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))


def features_refused(word: Word) -> tuple[FeatureError, ...]:
    """Give one error for each kind of thing that dxpdf cannot print, with its first place."""
    reading = read(word)
    found: dict[str, str] = {}
    for look in _LOOKS:
        for feature, place in look(word, reading):
            found.setdefault(feature, place)
    return tuple(FeatureError(word.name, feature, place) for feature, place in found.items())


def _runs(word: Word, reading: Reading) -> Iterator[tuple[str, str]]:
    styles = styles_of(word)
    if not _used(word, styles):  # as in nearly every letter; asking run by run takes 10 ms a page
        return
    for tree in story_trees(word):
        for run in tree.iter(f"{W}r"):
            if _shows(run) and not is_on(styles.run_property(run, "vanish")):
                for feature in _of_run(run, styles):
                    yield feature, place_of(run, reading.paragraphs)


def _used(word: Word, styles: Styles) -> bool:
    trees = list(story_trees(word))
    names = [each.get(f"{W}val") for tree in trees for each in tree.iter(*_STYLE_NAMES)]
    chains = (style for name in {*names, styles.plain} for style in styles.chain(name))
    parts = (*trees, *chains, *([] if styles.defaults is None else [styles.defaults]))
    switches = [f"{W}{tag}" for tag in _RUN_SWITCHES]
    values = {f"{W}{tag}": allowed for tag, (_, allowed) in _RUN_VALUES.items()}
    return any(
        element.tag not in values or element.get(f"{W}val", "single") not in values[element.tag]
        for tree in parts
        for element in tree.iter(*switches, *values)
    )


def _shows(run: etree._Element) -> bool:
    return any((text.text or "").strip() for text in run.iter(f"{W}t"))


def _of_run(run: etree._Element, styles: Styles) -> Iterator[str]:
    for tag, feature in _RUN_SWITCHES.items():
        if is_on(styles.run_property(run, tag)):
            yield feature
    for tag, (feature, allowed) in _RUN_VALUES.items():
        element = styles.run_property(run, tag)
        if element is not None and element.get(f"{W}val", "single") not in allowed:
            yield feature


def _elements(word: Word, reading: Reading) -> Iterator[tuple[str, str]]:
    for tree in story_trees(word):
        for element in tree.iter(*_ELEMENTS):
            if element.tag != f"{W}bidi" or is_on(element):
                yield _ELEMENTS[str(element.tag)], place_of(element, reading.paragraphs)


def _sections(word: Word, _: Reading) -> Iterator[tuple[str, str]]:
    for section in word.body.iter(f"{W}sectPr"):
        for tag, feature in _SECTION.items():
            if section.find(f"{W}{tag}") is not None:
                yield feature, "the page set-up"
        numbers = section.find(f"{W}pgNumType")
        if numbers is not None and numbers.get(f"{W}fmt", "decimal") != "decimal":
            yield "page numbers that are not 1, 2, 3", "the page set-up"
        if named(section, "vAlign") not in {None, "top"}:
            yield "text centred between top and bottom", "the page set-up"
        if section.find(f"{W}footnotePr/{W}numFmt") is not None:
            yield "footnotes that are not numbered 1, 2, 3", "the page set-up"


def _pictures(word: Word, reading: Reading) -> Iterator[tuple[str, str]]:
    parts = ("word/document.xml", *(part for kind in _WITH_PICTURES for part in word.related(kind)))
    for part in parts:
        files = {link.id: link.target for link in word.relationships(part)}
        for graphic in word.trees[part].iter(_GRAPHIC):
            if graphic.find(_PICTURE) is None:
                yield "a drawing, chart or diagram", place_of(graphic, reading.paragraphs)
        for blip in word.trees[part].iter(_BLIP):
            if not files.get(blip.get(f"{R}embed", ""), "").lower().endswith(_PICTURES):
                yield "a picture that is neither PNG nor JPEG", place_of(blip, reading.paragraphs)


def _fields(_: Word, reading: Reading) -> Iterator[tuple[str, str]]:
    for placed in reading.fields:
        command, paragraph = placed.field.command, placed.paragraph
        in_text = paragraph.story not in {Story.HEADER, Story.FOOTER}
        if command in _STORED or (command in _LIVE and in_text):
            yield f"a {command} field", paragraph.place
        if command in _LIVE and not placed.field.is_plain_number:
            yield "a page number that is not 1, 2, 3", paragraph.place


def _scripts(_: Word, reading: Reading) -> Iterator[tuple[str, str]]:
    for paragraph in reading.paragraphs:
        if not paragraph.text.isascii() and any(map(_is_shaped, _signs(paragraph))):
            yield f"{_script(paragraph)} script", paragraph.place


def _is_shaped(sign: str) -> bool:
    if unicodedata.combining(sign):
        return True
    return any(first <= ord(sign) <= last for first, last in _SHAPED)


def _script(paragraph: Paragraph) -> str:
    sign = next(filter(_is_shaped, _signs(paragraph)))
    return unicodedata.name(sign, "unknown").split()[0].capitalize()


def _signs(paragraph: Paragraph) -> Iterable[str]:
    return dict.fromkeys(unicodedata.normalize("NFC", paragraph.text))


_WITH_PICTURES = ("header", "footer", "footnotes", "endnotes")
_LOOKS: tuple[Callable[[Word, Reading], Iterator[tuple[str, str]]], ...] = (
    _runs, _elements, _sections, _pictures, _fields, _scripts,
)  # fmt: skip
