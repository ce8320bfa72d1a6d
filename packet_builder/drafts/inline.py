"""A paragraph becomes tokens: words, spaces, citations, and things such as notes and pictures.

What somebody deleted is no token; what somebody inserted is one like any other.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from packet_builder.documents.word.fields import field_of
from packet_builder.documents.word.word import DOCUMENT, R, W, Word
from packet_builder.drafts.citations import Lettering, letters_in
from packet_builder.drafts.marks import GONE
from packet_builder.drafts.three_way import Key

THING = "\ufffc"  # stands for a thing in the text that is cut into words

_WORD = re.compile(r"\s+|[\w$][\w,.$/-]*\w|\w|[^\w\s]")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS: Mapping[str, str] = {
    f"{W}tab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_NOTES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_PICTURES = frozenset(
    {f"{W}drawing", f"{W}pict", f"{W}object", f"{_COMPATIBILITY}AlternateContent"}
)
#: What has no width, or prints nothing.
_NOTHING = frozenset(
    f"{W}{tag}"
    for tag in (
        *("rPr", "pPr", "proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
        *("permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart"),
        *("customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "delText", "delInstrText"),
    )
)
# What is read through: what stands in it counts.
_WRAPPERS = frozenset(
    f"{W}{tag}"
    for tag in ("hyperlink", "ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "r")
) | {f"{W}dir", f"{W}bdo"}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a line that is no text; two that are alike are equal."""

    kind: Literal["note", "picture", "field", "sign", "other"]
    what: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """The letter of a citation, by the exhibit that it means."""

    evidence: str


@dataclass(frozen=True, slots=True)
class Atom:
    """One character, or one thing."""

    text: str
    nodes: tuple[etree._Element, ...]  # what in the XML it is made of
    index: int | None = None  # its place in the text of its node
    thing: Thing | None = None
    fixed: bool = False  # cannot be deleted without breaking something elsewhere


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a stretch of space, a sign, a letter of a citation, or a thing."""

    key: Key
    text: str
    start: int  # its atoms
    end: int
    fixed: bool = False
    node: etree._Element | None = None  # of a thing

    @property
    def thing(self) -> Thing | None:
        """Give the thing that it is."""
        return self.key if isinstance(self.key, Thing) else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the paragraphs of one part of a document."""

    word: Word
    part: str = DOCUMENT
    lettering: Lettering = field(default_factory=Lettering)

    def tokens(self, paragraph: etree._Element) -> tuple[Token, ...]:
        """Give the tokens of what counts in a paragraph."""
        return tuple(self._tokens(self.atoms(paragraph)))

    def keys(self, paragraph: etree._Element) -> tuple[Key, ...]:
        """Give what the tokens are compared by."""
        return tuple(token.key for token in self.tokens(paragraph))

    def text(self, paragraph: etree._Element) -> str:
        """Give what counts in a paragraph as text, things left out."""
        return "".join(atom.text for atom in self.atoms(paragraph) if atom.thing is None)

    def atoms(self, paragraph: etree._Element) -> list[Atom]:
        """Give the characters and things that count in a paragraph."""
        return list(_fields_joined(list(self._walked(paragraph))))

    def _walked(self, element: etree._Element) -> Iterator[Atom]:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _NOTHING or tag in GONE:
                continue
            if tag in _WRAPPERS:
                yield from self._walked(child)
            elif tag == f"{W}t":
                yield from (Atom(sign, (child,), at) for at, sign in enumerate(child.text or ""))
            else:
                yield self._lone(child)

    def _lone(self, element: etree._Element) -> Atom:
        tag = str(element.tag)
        if tag in _SIGNS:
            return Atom(_SIGNS[tag], (element,))
        if tag == f"{W}br" and element.get(f"{W}type", "textWrapping") == "textWrapping":
            return Atom("\n", (element,))
        fixed = tag.startswith(_MATH) or tag in {f"{W}fldChar", f"{W}instrText"}
        return Atom(THING, (element,), None, self._thing(element), fixed=fixed)

    def _thing(self, element: etree._Element) -> Thing:
        tag = str(element.tag)
        if tag in _NOTES:
            return Thing("note")
        if tag in _PICTURES:
            return Thing("picture", self._pictured(element))
        if tag == f"{W}sym":
            return Thing("sign", f"{element.get(f'{W}font')} {element.get(f'{W}char')}")
        if tag == f"{W}fldSimple":
            return _field_thing(element.get(f"{W}instr", ""), "".join(_texts(element)))
        if tag == f"{W}br":
            return Thing("sign", f"break {element.get(f'{W}type')}")
        text = "".join(_texts(element))
        return Thing("other", f"{etree.QName(element).localname} {text}")

    def _pictured(self, element: etree._Element) -> str:
        """Say what a picture shows, by the bytes of its file; a text box is one like any other."""
        targets = {link.id: link.target for link in self.word.relationships(self.part)}
        names = [str(v) for each in element.iter() for k, v in each.attrib.items() if R in str(k)]
        shown = [self.word.parts.get(posixpath.normpath(targets.get(name, ""))) for name in names]
        digests = {hashlib.sha256(content).hexdigest() for content in shown if content}
        return " ".join(sorted(digests))

    def _tokens(self, atoms: Sequence[Atom]) -> Iterator[Token]:
        text = "".join(atom.text if atom.thing is None else THING for atom in atoms)
        cited = dict(letters_in(text)) if "Ex" in text else {}
        at = 0
        while at < len(text):
            end = cited.get(at) or _end_of_word(text, at)
            between = [start for start in cited if at < start < end]
            end = min([end, *between])
            key = self._key(atoms[at], text[at:end], cited=at in cited)
            node = None if atoms[at].thing is None else atoms[at].nodes[0]
            yield Token(key, text[at:end], at, end, atoms[at].fixed, node)
            at = end

    def _key(self, atom: Atom, text: str, *, cited: bool) -> Key:
        if atom.thing is not None:
            return atom.thing
        if cited and text in self.lettering.by_letter:
            return Cited(self.lettering.by_letter[text])
        return " " if text.isspace() and "\n" not in text and "\t" not in text else text


def _end_of_word(text: str, at: int) -> int:
    if text[at] == THING:
        return at + 1
    found = _WORD.match(text, at)
    assert found is not None  # noqa: S101 - every character is a space, a letter, or neither
    return found.end()


def _texts(element: etree._Element) -> Iterator[str]:
    yield from (each.text or "" for each in element.iter(f"{W}t", f"{_MATH}t"))


def _field_thing(instruction: str, result: str) -> Thing:
    found = field_of(instruction)
    shown = "" if found.is_counted else result
    return Thing("field", f"{found.command} {found.argument or ''}|{shown}")


def _fields_joined(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """Make one thing of each field that begins and ends here, with all between."""
    at = 0
    while at < len(atoms):
        begins = atoms[at].thing is not None and _field_mark(atoms[at]) == "begin"
        end = _end_of_field(atoms, at) if begins else None
        if end is None:
            yield atoms[at]
            at += 1
        else:
            yield _field_atom(atoms[at:end])
            at = end


def _end_of_field(atoms: Sequence[Atom], start: int) -> int | None:
    depth = 0
    for at in range(start, len(atoms)):
        depth += {"begin": 1, "end": -1}.get(_field_mark(atoms[at]), 0)
        if depth == 0:
            return at + 1 if at > start else None
    return None


def _field_mark(atom: Atom) -> str:
    node = atom.nodes[0]
    return node.get(f"{W}fldCharType", "") if node.tag == f"{W}fldChar" else ""


def _field_atom(atoms: Sequence[Atom]) -> Atom:
    nodes = tuple(dict.fromkeys(node for atom in atoms for node in atom.nodes))
    instruction = "".join(node.text or "" for node in nodes if node.tag == f"{W}instrText")
    result = "".join(node.text or "" for node in nodes if node.tag == f"{W}t")
    return Atom(THING, nodes, None, _field_thing(instruction, result))
