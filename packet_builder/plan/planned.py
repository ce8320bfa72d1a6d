"""What a document is before paper: everything that its renderer may read, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class DocumentKind(StrEnum):
    """What stands on a document's pages."""

    LETTER = "letter"
    FORM = "form"
    ADDENDUM = "addendum"
    SLIP = "slip"
    NOTICE = "notice"
    ENCLOSURE = "enclosure"  # a paper of somebody else, as it came, without an exhibit letter
    INDEX = "index"
    SEPARATOR = "separator"
    EXHIBIT = "exhibit"
    INTERNAL = "internal"  # lies beside the packet, and is refused in it


#: Their pages come from the office's files, and are nobody's of ours.
OF_OTHERS = frozenset({DocumentKind.EXHIBIT, DocumentKind.ENCLOSURE})


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of an exhibit, in its place."""

    name: str  # the path as the facts give it
    title: str | None = None  # where the exhibit has several files: "English translation"


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that is planned. Its digest is its freshness."""

    id: str  # unique in the packet, stable from build to build
    kind: DocumentKind
    title: str
    template: str | None = None  # the template's name below its folder
    context: Mapping[str, Any] | None = None  # words ready to print: text, bools, lists, mappings
    files: tuple[PlannedFile, ...] = ()  # an exhibit's files, in order
    exhibit: str | None = None  # the exhibit's letter

    @property
    def text(self) -> str:
        """Give all that the renderer may read, template and files apart, as plain values."""
        content = {
            "document": [self.id, self.kind, self.title, self.template, self.exhibit],
            "context": self.context,
            "files": [[file.name, file.title] for file in self.files],
        }
        return json.dumps(content, sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """Give the sha256 of that text."""
        return hashlib.sha256(self.text.encode()).hexdigest()
