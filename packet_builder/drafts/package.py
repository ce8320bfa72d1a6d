"""A Word document that is being changed: its trees are copies, and parts can be added to it."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from packet_builder.documents.word.word import R, Word, relationships_of, story_parts
from packet_builder.drafts.marks import copied

_OFFICE = R.strip("{}")
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(slots=True)
class Package:
    """The parts of a document under change."""

    word: Word
    parts: dict[str, bytes] = field(default_factory=dict)  # added or changed, not as trees
    trees: dict[str, etree._Element] = field(default_factory=dict)  # copied, or made anew

    def tree(self, part: str) -> etree._Element:
        """Give a part that may be changed."""
        if part not in self.trees:
            self.trees[part] = copied(self.word.trees[part])
        return self.trees[part]

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return part in self.trees or part in self.parts or part in self.word.parts

    def finished(self) -> dict[str, bytes]:
        """Give all parts as they are written; a tree that is as it was keeps its bytes."""
        written = {part: tree_bytes(tree) for part, tree in sorted(self.trees.items())}
        same = {
            part
            for part in written
            if part in self.word.trees and written[part] == tree_bytes(self.word.trees[part])
        }
        changed = {part: content for part, content in written.items() if part not in same}
        return {**self.word.parts, **self.parts, **changed}

    def link(self, part: str, kind: str, target: str, *, outside: bool = False) -> str:
        """Let a part name another part, or an address outside; give the name's id."""
        tree = self._links(part)
        taken = {each.get("Id") for each in tree}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdPb{n}" not in taken)
        link = etree.SubElement(tree, f"{{{_LINKS}}}Relationship")
        link.set("Id", f"rIdPb{number}")
        link.set("Type", f"{_OFFICE}/{kind}")
        link.set("Target", target if outside else f"/{target}")
        if outside:
            link.set("TargetMode", "External")
        return f"rIdPb{number}"

    def add_tree(self, part: str, tree: etree._Element, content_type: str) -> None:
        """Add a part made of XML."""
        self.trees[part] = tree
        override = etree.SubElement(self.tree(_CONTENT_TYPES), f"{{{_TYPES}}}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)

    def add_picture(self, content: bytes, extension: str) -> str:
        """Add a picture's file; give the name of its part."""
        part = f"word/media/{hashlib.sha256(content).hexdigest()[:16]}{extension}"
        self.parts[part] = content
        types = self.tree(_CONTENT_TYPES)
        known = {each.get("Extension", "").casefold() for each in types}
        if extension.removeprefix(".").casefold() not in known:
            default = etree.Element(f"{{{_TYPES}}}Default")
            default.set("Extension", extension.removeprefix("."))
            kind = extension.removeprefix(".").casefold()
            default.set("ContentType", f"image/{'jpeg' if kind == 'jpg' else kind}")
            types.insert(0, default)
        return part

    def story_trees(self) -> Iterator[etree._Element]:
        """Give the trees that hold text, those that were changed as they are now."""
        for part in story_parts(self.word):
            yield self.trees.get(part, self.word.trees[part])

    def _links(self, part: str) -> etree._Element:
        name = relationships_of(part)
        if not self.has(name):
            self.trees[name] = etree.fromstring(f'<Relationships xmlns="{_LINKS}"/>')
        return self.tree(name)


def related_part(word: Word, kind: str) -> str | None:
    """Name the part of a kind of which a document has one at most."""
    return next(iter(word.related(kind)), None)


def extension_of(part: str) -> str:
    """Give the end of a part's name, with its point."""
    return posixpath.splitext(part)[1]


def tree_bytes(tree: etree._Element) -> bytes:
    """Give a part's XML as it is written."""
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
