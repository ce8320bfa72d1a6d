"""A .docx file becomes its parts, after every check that must come before anything reads them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from packet_builder.documents.word.errors import (
    NotWordError,
    OldWordFormatError,
    RemotePartError,
    StrictWordError,
    WordDamagedError,
    WordDoctypeError,
    WordEncryptedError,
    WordFileMissingError,
    WordLockFileError,
    WordMacroError,
    WordTooLargeError,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOCUMENT = "word/document.xml"

_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # an OLE stream of that name
_MOST_ENTRIES = 2_000
_MOST_BYTES = 200 << 20
_MOST_RATIO = 200
_ALLOWED_OUTSIDE = frozenset({"hyperlink", "attachedTemplate"})
_ENCRYPTION_BIT = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class Relationship:
    """How one part names another."""

    id: str
    kind: str  # the last word of its type: "header", "footnotes", "hyperlink"
    target: str  # the part's name, or the address outside
    external: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A Word document that may be read: its parts as bytes, and the XML ones as trees."""

    name: str  # as the user knows it
    parts: Mapping[str, bytes]
    trees: Mapping[str, etree._Element]  # read only; copy before changing

    @property
    def body(self) -> etree._Element:
        """Give the main document's root."""
        return self.trees[DOCUMENT]

    def relationships(self, part: str = DOCUMENT) -> tuple[Relationship, ...]:
        """Give what a part names, the main document unless told otherwise."""
        tree = self.trees.get(relationships_of(part))
        return () if tree is None else tuple(_relationships(tree, posixpath.dirname(part)))

    def related(self, kind: str) -> tuple[str, ...]:
        """Give the names of the parts of one kind that the main document names."""
        found = (link.target for link in self.relationships() if link.kind == kind)
        return tuple(target for target in found if target in self.trees)


def story_parts(word: Word) -> Iterator[str]:
    """Name the parts that hold text: body, headers, footers, notes."""
    yield DOCUMENT
    for kind in ("header", "footer", "footnotes", "endnotes"):
        yield from word.related(kind)


def open_word(path: Path, name: str | None = None) -> Word:
    """Read a .docx file; `name` is what messages call it.

    Raises one of the errors of word_errors for a file that is no safe and whole Word document.
    """
    name = name or path.name
    if path.name.startswith("~$"):
        raise WordLockFileError(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WordFileMissingError(name, error.strerror or "unknown reason") from error
    return word_of(content, name)


def word_of(content: bytes, name: str) -> Word:
    """Read a .docx file that is in memory, with the checks of open_word."""
    if content.startswith(_OLE):
        raise WordEncryptedError(name) if _ENCRYPTED in content else OldWordFormatError(name)
    if not content.startswith(b"PK"):
        raise NotWordError(name)
    parts = _unpacked(content, name)
    if "[Content_Types].xml" not in parts or DOCUMENT not in parts:
        raise NotWordError(name)
    trees = {
        part: _tree(data, name, part)
        for part, data in parts.items()
        if part.endswith((".xml", ".rels"))
    }
    word = Word(name, parts, trees)
    _check_kind(word)
    _check_macros(word)
    _check_outside(word)
    return word


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Give the parts as a .docx file, the same bytes for the same parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data)
    return stream.getvalue()


def relationships_of(part: str) -> str:
    """Give the name of the part that holds the relationships of `part`."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _unpacked(content: bytes, name: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(archive.infolist(), name)
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        raise WordDamagedError(name, "its zip archive is broken") from error


def _check_size(entries: list[zipfile.ZipInfo], name: str) -> None:
    declared = sum(entry.file_size for entry in entries)
    packed_size = sum(entry.compress_size for entry in entries)
    if len(entries) > _MOST_ENTRIES:
        raise WordTooLargeError(name, f"{len(entries):,} parts")
    if declared > _MOST_BYTES:
        raise WordTooLargeError(name, f"{declared >> 20:,} MB")
    if declared > _MOST_RATIO * max(packed_size, 1):
        raise WordTooLargeError(name, f"{declared // max(packed_size, 1):,} times its own size")
    if any(entry.flag_bits & _ENCRYPTION_BIT for entry in entries):
        raise WordEncryptedError(name)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise WordDamagedError(name, "it is packed in a way that Word does not use")
    if len({entry.filename for entry in entries}) < len(entries):
        raise WordDamagedError(name, "it has one part twice")


def _tree(data: bytes, name: str, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data:
            raise WordDoctypeError(name, part) from error
        raise WordDamagedError(name, f"its part {part} cannot be read") from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise WordDoctypeError(name, part)
    return tree


def _check_kind(word: Word) -> None:
    if word.body.tag == f"{_STRICT}document":
        raise StrictWordError(word.name)
    if word.body.tag != f"{W}document" or word.body.find(f"{W}body") is None:
        raise WordDamagedError(word.name, f"{DOCUMENT} holds no document")


def _check_macros(word: Word) -> None:
    types = word.parts["[Content_Types].xml"]
    if b"macroEnabled" in types or any("vbaproject" in part.lower() for part in word.parts):
        raise WordMacroError(word.name)


def _check_outside(word: Word) -> None:
    for part in word.trees:
        if part.endswith(".rels"):
            for link in _relationships(word.trees[part], ""):
                if link.external and link.kind not in _ALLOWED_OUTSIDE:
                    raise RemotePartError(word.name, link.kind, link.target)


def _relationships(tree: etree._Element, folder: str) -> Iterator[Relationship]:
    for link in tree.iterchildren("{*}Relationship"):
        external = link.get("TargetMode", "").casefold() == "external"
        target = link.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = link.get("Type", "").rpartition("/")[2]
        yield Relationship(link.get("Id", ""), kind, target, external)
