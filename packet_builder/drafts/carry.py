"""A paragraph or a row of the new render becomes one that can stand in the attorney's copy."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from packet_builder.documents.word.styles import named
from packet_builder.documents.word.word import DOCUMENT, R, Relationship, W, Word
from packet_builder.drafts.marks import COME, GONE, Pen, copied
from packet_builder.drafts.package import Package, extension_of, related_part
from packet_builder.drafts.rewriting import run_of_text

_LEFT_BEHIND = frozenset(
    f"{W}{tag}"
    for tag in (
        *("sectPr", "proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd"),
        *("pPrChange", "rPrChange", "trPrChange", "tcPrChange", "tblPrChange", "tblPrExChange"),
    )
)
_STYLED = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
# What is carried is text: a link or a control around it stays behind, and rejecting leaves nothing.
_WRAPPERS = tuple(f"{W}{tag}" for tag in ("hyperlink", "sdt", "smartTag", "customXml", "fldSimple"))
_NOT_CONTENT = frozenset(f"{W}{tag}" for tag in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_ORIGIN = ("rsid", "paraId", "textId")
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


@dataclass(slots=True)
class Porter:
    """Carries blocks from one document into another."""

    source: Word
    target: Package
    pen: Pen
    lists: dict[str, str] = field(default_factory=dict)  # number of each list, there and here
    part: str = DOCUMENT  # where the blocks come to stand; in the source it has the same place
    source_part: str = DOCUMENT

    def learn(self, there: str | None, here: str | None) -> None:
        """Learn from a paragraph that both have which number a list has here."""
        if there and here:
            self.lists.setdefault(there, here)

    def inserted(self, block: etree._Element) -> etree._Element:
        """Give a copy of a block with all of it marked as inserted."""
        result = self._carried(block)
        for row in result.iter(f"{W}tr"):
            self.pen.mark_row(row, "ins")
        for paragraph in result.iter(f"{W}p"):
            self._mark(paragraph)
        return result

    def _mark(self, paragraph: etree._Element) -> None:
        for run in list(paragraph.iter(f"{W}r")):
            if next(run.iterancestors(f"{W}p"), None) is paragraph:
                place = run.getparent()
                assert place is not None  # noqa: S101 - it stands in the paragraph
                at = place.index(run)
                place.insert(at, self.pen.insert(run))
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is None:
            self.pen.mark_paragraph(paragraph, "ins")

    def _carried(self, block: etree._Element) -> etree._Element:
        result = copied(block)
        for each in list(result.iter(*_LEFT_BEHIND)):
            _remove(each)
        for each in list(result.iter(*GONE)):
            _remove(each)
        for each in list(result.iter(*COME, *_WRAPPERS)):
            _unwrap(each)
        for each in result.iter(etree.Element):
            _forget_origin(each)
        self._name_styles(result)
        self._name_lists(result)
        for each in list(result.iter(*_NOTES)):
            self._carry_note(each)
        for each in list(result.iter(etree.Element)):
            self._carry_links(each)
        return result

    def _name_styles(self, block: etree._Element) -> None:
        there, here = _style_names(self.source), _style_names(self.target.word)
        ids = {name: key for key, name in here.items()}
        for each in list(block.iter(*_STYLED)):
            key = ids.get(there.get(each.get(f"{W}val", ""), ""))
            if key is None:
                _remove(each)
            else:
                each.set(f"{W}val", key)

    def _name_lists(self, block: etree._Element) -> None:
        same = _parts_alike(self.source, self.target.word, "numbering")
        for numbering in list(block.iter(f"{W}numPr")):
            number = numbering.find(f"{W}numId")
            known = "" if number is None else number.get(f"{W}val", "")
            if number is not None and known in self.lists:
                number.set(f"{W}val", self.lists[known])
            elif not same:
                _remove(numbering)

    def _carry_note(self, mark: etree._Element) -> None:
        kind = _NOTES[str(mark.tag)]
        there, here = related_part(self.source, kind), related_part(self.target.word, kind)
        number = mark.get(f"{W}id")
        notes = [] if there is None else list(self.source.trees[there])
        note = next((each for each in notes if each.get(f"{W}id") == number), None)
        if note is None or here is None or there is None:
            text = "" if note is None else "".join(t.text or "" for t in note.iter(f"{W}t"))
            _replace_in_run(mark, f" [{text.strip()}]")
            return
        tree = self.target.tree(here)
        taken = [int(each.get(f"{W}id", "0")) for each in tree]
        mark.set(f"{W}id", str(max(taken, default=0) + 1))
        porter = Porter(self.source, self.target, self.pen, self.lists, here, there)
        carried = porter._carried(note)
        carried.set(f"{W}id", mark.get(f"{W}id", ""))
        tree.append(carried)

    def _carry_links(self, element: etree._Element) -> None:
        for key, value in list(element.items()):
            if str(key).startswith(R):
                link = next(
                    (e for e in self.source.relationships(self.source_part) if e.id == value), None
                )
                name = None if link is None else self._linked(link)
                if name is None:
                    _leave_out(element, str(key))
                else:
                    element.set(key, name)

    def _linked(self, link: Relationship) -> str | None:
        """Give the id by which the target names what the source's link names."""
        if link.external:
            return self.target.link(self.part, link.kind, link.target, outside=True)
        content = self.source.parts.get(link.target)
        if link.kind != "image" or content is None:
            return None
        part = self.target.add_picture(content, extension_of(link.target))
        return self.target.link(self.part, link.kind, part)


def list_number(paragraph: etree._Element) -> str | None:
    """Give the number of the list that a paragraph itself names."""
    return named(paragraph, "pPr/numPr/numId")


def _style_names(word: Word) -> dict[str, str]:
    trees = [word.trees[part] for part in word.related("styles")]
    return {
        style.get(f"{W}styleId", ""): (named(style, "name") or "").casefold().replace(" ", "")
        for tree in trees
        for style in tree.iter(f"{W}style")
    }


def _parts_alike(one: Word, other: Word, kind: str) -> bool:
    first, second = related_part(one, kind), related_part(other, kind)
    if first is None or second is None:
        return first is second
    return one.parts[first] == other.parts[second]


def _replace_in_run(mark: etree._Element, text: str) -> None:
    for each in run_of_text(text, None):
        mark.addprevious(each)
    _remove(mark)


def _leave_out(element: etree._Element, key: str) -> None:
    """Take out a picture whose file cannot be carried; of a link only its target."""
    del element.attrib[key]
    around = (each for each in element.iterancestors(*_PICTURES))
    picture = next(around, None)
    if picture is not None:
        _remove(picture)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    content = element.find(f"{W}sdtContent") if element.tag == f"{W}sdt" else element
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        inner = [] if content is None else list(content)
        parent[at : at + 1] = [each for each in inner if each.tag not in _NOT_CONTENT]


def _forget_origin(element: etree._Element) -> None:
    """Drop what must be unique in a document, or tells of another editing session."""
    for key in list(element.keys()):
        if etree.QName(key).localname.startswith(_ORIGIN):
            del element.attrib[key]
