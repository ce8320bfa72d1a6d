"""Open changes and comments become plain text that every engine prints, for a draft to be read.

What was inserted is blue and underlined, what was deleted red in brackets, a comment stands in
brackets where it was made. A citation in deleted text or in a comment is no citation.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from packet_builder.documents.word.word import W, Word, packed, story_parts
from packet_builder.drafts.citations import letters_in
from packet_builder.drafts.marks import COME, GONE, SPACE, paragraph_mark
from packet_builder.drafts.package import Package, related_part
from packet_builder.drafts.resolve import drop_comments, settle

_INSERTED, _DELETED, _COMMENT = "1F4FBF", "B00020", "7A4A00"
# The order in which a run's properties stand; what is not named here comes where it was.
_BEFORE_COLOUR = frozenset(
    f"{W}{tag}"
    for tag in (
        *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike"),
        *("outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish"),
        *("webHidden",),
    )
)
_BEFORE_UNDERLINE = _BEFORE_COLOUR | {
    f"{W}{tag}" for tag in ("color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight")
}
_OF_TABLES = (*COME, *GONE, *(f"{W}{tag}" for tag in ("cellIns", "cellDel", "cellMerge")))
_PILCROW = "\u00b6"


def shown(word: Word, *, struck: bool) -> bytes:
    """Give a document without open changes and comments, in which all of them can be read.

    `struck` says whether the engine can strike text out.
    """
    package = Package(word)
    comments = dict(_comments(word))
    for part in story_parts(word):
        tree = package.tree(part)
        for mark in list(tree.iter(f"{W}commentReference")):
            _show_comment(mark, comments.get(mark.get(f"{W}id", ""), ""))
        for paragraph in list(tree.iter(f"{W}p")):
            _show_end(paragraph)
        for mark in list(tree.iter(*_OF_TABLES)):
            _remove_property(mark)
        for mark in list(tree.iter(*COME)):
            for run in mark.iter(f"{W}r"):
                _paint(run, _INSERTED, underlined=True)
        for mark in list(tree.iter(*GONE)):
            if len(mark):
                _show_deleted(mark, struck=struck)
        settle(tree, lambda _: True, accept=True)
    drop_comments(package, lambda _: True)
    return packed(package.finished())


def _comments(word: Word) -> Iterator[tuple[str, str]]:
    part = related_part(word, "comments")
    if part is not None:
        for comment in word.trees[part]:
            text = " ".join("".join(each.text or "" for each in comment.iter(f"{W}t")).split())
            yield comment.get(f"{W}id", ""), f"{comment.get(f'{W}author', '')}: {text}"


def _show_comment(mark: etree._Element, text: str) -> None:
    run = mark.getparent()
    if run is None or run.tag != f"{W}r":
        return
    fresh = _run(f" [Comment, {without_citations(text)}] ")
    _paint(fresh, _COMMENT, underlined=False)
    run.addnext(fresh)


def _show_end(paragraph: etree._Element) -> None:
    """Show a paragraph's end that was inserted or deleted, where the paragraph goes on."""
    come, gone = paragraph_mark(paragraph, COME), paragraph_mark(paragraph, GONE)
    for mark, text in ((come, _PILCROW), (gone, f"[{_PILCROW}]")):
        if mark is not None:
            fresh = _run(text)
            _paint(fresh, _INSERTED if mark is come else _DELETED, underlined=False)
            paragraph.append(fresh)
            parent = mark.getparent()
            if parent is not None:
                parent.remove(mark)


def _remove_property(mark: etree._Element) -> None:
    """Take the mark off a row or a cell that was deleted, so that its text can be shown."""
    parent = mark.getparent()
    if parent is not None and parent.tag in {f"{W}trPr", f"{W}tcPr"}:
        parent.remove(mark)


def _show_deleted(mark: etree._Element, *, struck: bool) -> None:
    """Put deleted text, in brackets, behind what was inserted in its place."""
    text = "".join(each.text or "" for each in mark.iter(f"{W}t", f"{W}delText"))
    following = mark.getnext()
    place = following if following is not None and following.tag in COME else mark
    if text.strip():
        fresh = _run(f"[{without_citations(text)}]")
        _paint(fresh, _DELETED, underlined=False)
        if struck:
            properties = fresh[0]
            properties.insert(0, etree.Element(f"{W}strike"))
        _behind(place, fresh)


def _behind(place: etree._Element, fresh: etree._Element) -> None:
    parent = place.getparent()
    while parent is not None and parent.tag in COME:  # hers, around a deletion of ours
        place, parent = parent, parent.getparent()
    place.addnext(fresh)


def without_citations(text: str) -> str:
    """Give a text with the letter of each citation in brackets, so that none is a link."""
    for start, end in sorted(letters_in(text), reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}rPr")
    piece = etree.SubElement(run, f"{W}t")
    piece.text = text
    piece.set(SPACE, "preserve")
    return run


def _paint(run: etree._Element, colour: str, *, underlined: bool) -> None:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    _set(properties, "color", colour, _BEFORE_COLOUR)
    if underlined:
        _set(properties, "u", "single", _BEFORE_UNDERLINE)


def _set(properties: etree._Element, tag: str, value: str, before: frozenset[str]) -> None:
    for old in properties.findall(f"{W}{tag}"):
        properties.remove(old)
    element = etree.Element(f"{W}{tag}")
    element.set(f"{W}val", value)
    properties.insert(sum(each.tag in before for each in properties), element)
